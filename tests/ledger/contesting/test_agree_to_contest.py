"""Those a contested part is owed to agree that it is not hers: once all do, it is dropped."""

import pytest
from msgspec.structs import replace

from kernel.log.history import History
from kernel.refused import NotYours
from ledger.application import Ledger
from ledger.contesting.contest import ContestEnded
from tests.ledger.contesting.given import TYRES, agrees, apart, asked_for, contested, contests, known
from tests.ledger.given import ANNA, BEN, CHLOE, DAVID, DIE, asked


def test_it_is_dropped_and_stays_apart_until_it_is_taken_off(history: History) -> None:
    ledger, contest_id = contested(history)
    ledger.agree_to_contest(agrees(contest_id), asked(BEN), BEN)
    row = known(history, contest_id)
    assert (row.state, row.dropped, row.agreed) == ("agreed", True, (BEN,))
    assert apart(history) == {"Chloé": -3000, "Ben": 3000}
    assert asked_for(history) == {"Anna": -3000, "Ben": 3000}


def test_all_it_is_owed_to_have_to_agree(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    both = replace(TYRES, paid={BEN: 4_500, DAVID: 4_500}, among={CHLOE: 1})
    contest_id = contests(ledger, ledger.record_expense(both, asked(BEN)).stream_id)
    assert known(history, contest_id).across == {BEN: 4500, DAVID: 4500}
    ledger.agree_to_contest(agrees(contest_id), asked(BEN), BEN)
    ledger.agree_to_contest(agrees(contest_id), asked(BEN), BEN)
    assert (known(history, contest_id).state, known(history, contest_id).agreed) == ("open", (BEN,))
    ledger.agree_to_contest(agrees(contest_id), asked(DAVID), DAVID)
    assert known(history, contest_id).dropped


def test_nobody_agrees_for_another(history: History) -> None:
    ledger, contest_id = contested(history)
    for by in (ANNA, CHLOE):
        with pytest.raises(NotYours):
            ledger.agree_to_contest(agrees(contest_id), asked(by), by)


def test_it_ends_once(history: History) -> None:
    ledger, contest_id = contested(history)
    once = asked(BEN)
    assert len({ledger.agree_to_contest(agrees(contest_id), once, BEN) for _ in range(3)}) == 1
    with pytest.raises(ContestEnded):
        ledger.agree_to_contest(agrees(contest_id), asked(BEN), BEN)


def test_who_contests_it_agrees_for_no_other_account(history: History) -> None:
    ledger, contest_id = contested(history)
    with pytest.raises(NotYours):
        ledger.agree_to_contest(agrees(contest_id), asked(CHLOE), BEN)

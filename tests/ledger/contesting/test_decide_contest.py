"""Somebody who is no side of a contest decides it, for a reason: never who put it there, bears it or is owed it."""

import pytest

from kernel.log.history import History
from kernel.refused import NotYours
from ledger.contesting.contest import ContestEnded
from tests.ledger.contesting.given import apart, asked_for, contested, decides, known
from tests.ledger.given import ANNA, BEN, CHLOE, DAVID, asked


def test_she_bears_it_after_all(history: History) -> None:
    ledger, contest_id = contested(history)
    ledger.decide_contest(decides(contest_id, "borne"), asked(DAVID))
    row = known(history, contest_id)
    assert (row.state, row.dropped, row.decided_by) == ("decided", False, DAVID)
    assert apart(history) == {}
    assert asked_for(history) == {"Anna": -3000, "Ben": 6000, "Chloé": -3000}


def test_she_bears_it_no_more(history: History) -> None:
    ledger, contest_id = contested(history)
    ledger.decide_contest(decides(contest_id), asked(ANNA))
    assert (known(history, contest_id).state, known(history, contest_id).dropped) == ("decided", True)
    assert asked_for(history) == {"Anna": -3000, "Ben": 3000}


def test_its_reason_can_be_read(history: History) -> None:
    ledger, contest_id = contested(history)
    ledger.decide_contest(decides(contest_id), asked(DAVID))
    row = known(history, contest_id)
    with history.engine.connect() as connection:
        opened = [history.keyring.open(connection, sealed) for sealed in (row.reason, row.decision)]
    assert opened == ["I never drive it", "She was away"]


def test_no_side_of_it_decides(history: History) -> None:
    ledger, contest_id = contested(history)
    for by in (BEN, CHLOE):
        with pytest.raises(NotYours):
            ledger.decide_contest(decides(contest_id), asked(by))


def test_it_is_decided_once(history: History) -> None:
    ledger, contest_id = contested(history)
    once = asked(DAVID)
    assert len({ledger.decide_contest(decides(contest_id), once) for _ in range(3)}) == 1
    with pytest.raises(ContestEnded):
        ledger.decide_contest(decides(contest_id), asked(ANNA))

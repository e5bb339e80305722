"""Who contests her part may accept to bear it after all: it counts as before."""

import pytest

from kernel.log.history import History
from kernel.refused import NotYours
from ledger.contesting.contest import ContestEnded
from tests.ledger.contesting.given import apart, asked_for, contested, known, takes_back
from tests.ledger.given import BEN, CHLOE, DAVID, asked


def test_it_counts_as_before(history: History) -> None:
    ledger, contest_id = contested(history)
    ledger.take_contest_back(takes_back(contest_id), asked(CHLOE))
    assert apart(history) == {}
    assert asked_for(history) == {"Anna": -3000, "Ben": 6000, "Chloé": -3000}
    assert (known(history, contest_id).state, known(history, contest_id).dropped) == ("taken_back", False)


def test_nobody_else_takes_it_back(history: History) -> None:
    ledger, contest_id = contested(history)
    for by in (BEN, DAVID, None):
        with pytest.raises(NotYours):
            ledger.take_contest_back(takes_back(contest_id), asked(by))


def test_it_ends_once(history: History) -> None:
    ledger, contest_id = contested(history)
    once = asked(CHLOE)
    assert len({ledger.take_contest_back(takes_back(contest_id), once) for _ in range(3)}) == 1
    with pytest.raises(ContestEnded):
        ledger.take_contest_back(takes_back(contest_id), asked(CHLOE))

from datetime import timedelta
from uuid import UUID

import pytest

from governance.counting import Choice
from governance.events import ProposalClosed
from governance.votes.proposal import Proposal, VoteStillOpen
from tests.governance.given import DAY, NOON, closing, member, members, opened, voted

CLOSE = NOON + 7 * DAY


def test_a_vote_whose_hour_has_come_is_closed_and_counted() -> None:
    proposal = voted(
        opened(electorate=members(8)), {member(0): Choice.YES, member(1): Choice.YES, member(2): Choice.NO}
    )
    (event,) = closing(proposal, CLOSE)
    assert isinstance(event, ProposalClosed)
    assert event.passed
    assert (event.count.registered, event.count.cast, event.count.in_favour) == (8, 3, 2)


def test_without_its_quorum_it_fails() -> None:
    (event,) = closing(voted(opened(electorate=members(8)), {member(0): Choice.YES}), CLOSE)
    assert isinstance(event, ProposalClosed)
    assert not event.passed


def test_before_its_hour_it_stays_open() -> None:
    with pytest.raises(VoteStillOpen):
        closing(opened(), CLOSE - timedelta(microseconds=1))


def test_closing_it_again_changes_nothing() -> None:
    proposal = opened()
    assert closing(proposal.after(closing(proposal, CLOSE)), CLOSE + DAY) == ()


def test_what_it_decides_is_known_only_then() -> None:
    proposal = opened()
    for undecided in (Proposal(), proposal):
        with pytest.raises(VoteStillOpen):
            undecided.decision(UUID(int=9))
    closed = proposal.after(closing(proposal, CLOSE))
    assert not closed.decision(UUID(int=9)).passed

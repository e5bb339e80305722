"""Voting, and V5, Q3, Q5: the last ballot before the close counts, only one's own, only of those who could vote."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.commands import CastBallot
from governance.counting import Choice
from governance.events import BallotCast, BallotChanged
from governance.votes.proposal import NotAnElector, Proposal, VoteClosed
from tests.governance.given import COOP, DAY, NOON, member, members, opened, voted

CLOSE = NOON + 7 * DAY
choices = st.sampled_from(Choice)


def ballot(choice: Choice) -> CastBallot:
    return CastBallot(coop_id=COOP, proposal_id=UUID(int=9), choice=choice)


def test_a_first_ballot_is_cast() -> None:
    events = opened().cast(ballot(Choice.YES), by=member(1), at=NOON + DAY)
    assert events == (BallotCast(voter_id=member(1), choice=Choice.YES),)


def test_a_second_one_changes_it() -> None:
    proposal = voted(opened(), {member(1): Choice.YES})
    events = proposal.cast(ballot(Choice.BLANK), by=member(1), at=NOON + 2 * DAY)
    assert events == (BallotChanged(voter_id=member(1), choice=Choice.BLANK),)


def test_the_same_again_changes_nothing() -> None:
    proposal = voted(opened(), {member(1): Choice.YES})
    assert proposal.cast(ballot(Choice.YES), by=member(1), at=NOON + 2 * DAY) == ()


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), DAY])
def test_v5_from_the_closing_instant_on_no_ballot_is_taken_counted_or_not(late: timedelta) -> None:
    with pytest.raises(VoteClosed):
        opened().cast(ballot(Choice.YES), by=member(1), at=CLOSE + late)


def test_just_before_the_close_one_is() -> None:
    assert opened().cast(ballot(Choice.YES), by=member(1), at=CLOSE - timedelta(microseconds=1))


@given(st.lists(st.tuples(st.integers(0, 4), choices, st.integers(0, 9 * 24)), max_size=30))
def test_v5_the_last_ballot_before_the_close_counts_and_later_ones_have_no_effect(
    said: list[tuple[int, Choice, int]],
) -> None:
    proposal = opened(electorate=members(5))
    last: dict[UUID, Choice] = {}
    for number, choice, hours in sorted(said, key=lambda ballot: ballot[2]):
        at = NOON + timedelta(hours=hours)
        proposal = tried(proposal, choice, member(number), at)
        if at < CLOSE:
            last[member(number)] = choice
    assert proposal.ballots == last


def tried(proposal: Proposal, choice: Choice, by: UUID, at: datetime) -> Proposal:
    try:
        return proposal.after(proposal.cast(ballot(choice), by=by, at=at))
    except VoteClosed:
        return proposal


@pytest.mark.parametrize("by", [None, member(9)])
def test_q3_who_was_no_member_at_the_opening_cannot_vote(by: UUID | None) -> None:
    with pytest.raises(NotAnElector):
        opened().cast(ballot(Choice.YES), by=by, at=NOON + DAY)


@given(choices, choices)
def test_q5_a_ballot_is_only_ever_ones_own(mine: Choice, yours: Choice) -> None:
    """No field of the command names the voter: it is the member who asks."""
    proposal = voted(voted(opened(), {member(0): mine}), {member(1): yours})
    assert proposal.ballots == {member(0): mine, member(1): yours}
    assert "voter_id" not in CastBallot.__struct_fields__

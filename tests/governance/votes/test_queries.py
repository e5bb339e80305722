"""Votes on a real database, with Q1 and Q3: before the close nothing shown depends on the choices."""

from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from governance.counting import Choice
from governance.votes.proposal import NotAnElector, OnlyMembersPropose, VehicleUnknownHere, VoteClosed
from governance.votes.queries import (
    ProposalRow,
    decisions_to_enact,
    proposal,
    proposals_slice,
    votes_asked_of,
    votes_to_close,
)
from kernel.refused import Unknown
from tests.governance.given import COOP, DAY, KANGOO, NOON
from tests.governance.village import Village
from tests.kit.races import refused_at_once

CLOSE = NOON + 7 * DAY


def shown(village: Village, proposal_id: UUID, reader: UUID | None = None) -> ProposalRow:
    row = village.ask(proposal, COOP, proposal_id, reader or village.founder, village.now)
    assert isinstance(row, ProposalRow)
    return row


def test_an_open_vote_shows_the_rule_today_and_the_rule_proposed(village: Village) -> None:
    row = shown(village, village.propose())
    assert (row.rule.label, row.standing, row.value) == ("Price per km", "0.30", "0.34")
    assert (row.proposer_name, row.effective_from, row.closes_at) == ("Anna", date(2026, 4, 1), CLOSE)
    assert (row.state, row.registered, row.needed, row.voted) == ("open", 1, 1, 0)
    assert (row.may_vote, row.my_choice) == (True, None)


def test_q1_two_votes_that_differ_only_in_their_choices_look_the_same_to_others(village: Village) -> None:
    bruno, chloe = village.join("Bruno"), village.join("Chloé")
    one, other = village.propose(), village.propose()
    for proposal_id, choice in ((one, Choice.YES), (other, Choice.NO)):
        village.vote(proposal_id, bruno, choice)
    hidden = {"proposal_id": UUID(int=0), "rationale": None}
    rows = [replace(shown(village, proposal_id, chloe), **hidden) for proposal_id in (one, other)]
    assert rows[0] == rows[1]
    assert (rows[0].voted, rows[0].count, rows[0].explained, rows[0].my_choice) == (1, None, (), None)


def test_proposals_come_by_slices_too_and_one_opened_meanwhile_shifts_nothing(village: Village) -> None:
    opened = []
    for value in ("0.31", "0.32", "0.33"):
        opened.append(village.propose(value))
        village.now += DAY
    top = village.ask(partial(proposals_slice, most=2), COOP, village.founder, village.now)
    village.propose("0.35")
    rest = village.ask(partial(proposals_slice, after=top.after, most=2), COOP, village.founder, village.now)
    assert [row.proposal_id for row in (*top.items, *rest.items)] == opened[::-1]
    assert rest.after is None


def test_a_vote_is_asked_of_those_on_its_list_until_they_gave_it_or_it_is_over(village: Village) -> None:
    bruno = village.join("Bruno")
    first = village.propose("0.31")
    village.now += DAY
    second, chloe = village.propose("0.32"), village.join("Chloé")

    def asked_of(reader: UUID) -> list[UUID]:
        return [row.proposal_id for row in village.ask(votes_asked_of, COOP, reader, village.now)]

    assert (asked_of(bruno), asked_of(chloe)) == ([first, second], [])
    village.vote(first, bruno, Choice.BLANK)
    assert asked_of(bruno) == [second]
    village.now = CLOSE + DAY
    assert asked_of(bruno) == []


def test_each_reader_sees_her_own_ballot(village: Village) -> None:
    bruno, proposal_id = village.join("Bruno"), village.propose()
    village.vote(proposal_id, bruno, Choice.NO)
    village.vote(proposal_id, bruno, Choice.ABSTAIN)
    assert shown(village, proposal_id, bruno).my_choice is Choice.ABSTAIN
    assert shown(village, proposal_id).my_choice is None
    assert shown(village, proposal_id).voted == 1


def test_q3_joining_or_leaving_after_the_opening_changes_nothing(village: Village) -> None:
    bruno = village.join("Bruno")
    proposal_id = village.propose()
    chloe = village.join("Chloé")
    village.leave(bruno)
    with pytest.raises(NotAnElector):
        village.vote(proposal_id, chloe)
    village.vote(proposal_id, bruno, Choice.NO)
    assert not shown(village, proposal_id, chloe).may_vote
    village.now = CLOSE
    village.close(proposal_id)
    assert shown(village, proposal_id).registered == 2


def test_only_a_member_proposes(village: Village) -> None:
    bruno = village.join("Bruno")
    village.leave(bruno)
    village.founder = bruno
    with pytest.raises(OnlyMembersPropose):
        village.propose()


def test_a_vehicle_the_rulebook_knows_may_have_its_own_value(village: Village) -> None:
    with pytest.raises(VehicleUnknownHere):
        village.propose(vehicle_id=KANGOO)
    village.kangoo_enters("0.25")
    assert shown(village, village.propose(vehicle_id=KANGOO)).standing == "0.25"


def test_a_vote_whose_hour_has_come_is_due_and_takes_no_ballot(village: Village) -> None:
    proposal_id = village.propose()
    assert village.ask(votes_to_close, CLOSE - DAY) == ()
    village.now = CLOSE
    assert [due.proposal_id for due in village.ask(votes_to_close, CLOSE)] == [proposal_id]
    assert (shown(village, proposal_id).state, shown(village, proposal_id).may_vote) == ("counting", False)
    with pytest.raises(VoteClosed):
        village.vote(proposal_id, village.founder)


def test_a_counted_vote_explains_its_result(village: Village) -> None:
    row = shown(village, village.passed())
    assert row.state == "passed"
    assert row.count is not None
    assert row.count.in_favour == 1
    assert str(row.explained[0]) == "1 of 1 members voted: 1 for, 0 against, 0 abstaining, 0 blank."
    assert str(row.explained[-1]) == "The proposal passes."
    assert village.ask(votes_to_close, village.now) == ()


def test_a_failed_vote_is_never_due(village: Village) -> None:
    proposal_id = village.propose()
    village.now = CLOSE
    village.close(proposal_id)
    assert shown(village, proposal_id).state == "failed"
    assert village.ask(decisions_to_enact, NOON + 300 * DAY) == ()


def test_ballots_cast_at_the_same_moment_all_count(village: Village) -> None:
    voters = [village.join(name) for name in ("Bruno", "Chloé", "Dalila", "Émile")]
    proposal_id = village.propose()
    assert refused_at_once(*(lambda v=voter: village.vote(proposal_id, v) for voter in voters)) == [None] * 4
    assert shown(village, proposal_id).voted == 4


def test_proposals_are_listed_newest_first(village: Village) -> None:
    first = village.propose("0.31")
    village.now += DAY
    second = village.propose("0.32")
    listed = village.ask(proposals_slice, COOP, village.founder, village.now, most=9).items
    assert [row.proposal_id for row in listed] == [second, first]


def test_a_proposal_nobody_made_is_unknown(village: Village) -> None:
    assert village.ask(proposal, COOP, uuid4(), village.founder, NOON) is None
    with pytest.raises(Unknown):
        village.vote(uuid4(), village.founder)

"""Proposing a rule, and Q4, R10: what the vote is counted by is frozen at its opening."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from governance.counting import Base, Choice, Procedure, Ratio
from governance.events import ProposalClosed, ProposalOpened
from governance.rules.catalogue import UnknownRule, rule_of
from governance.rules.rule import NotAValue, OutOfBounds
from governance.rules.rulebook import NotPerVehicle
from governance.votes.proposal import (
    NothingToChange,
    OnlyMembersPropose,
    Proposal,
    RuleNeeded,
    TooFarAway,
    TooSoon,
    VehicleUnknownHere,
)
from governance.votes.proposal import procedure_for as procedure_of
from kernel.refused import Refused
from tests.governance.given import (
    COOP,
    DAY,
    KANGOO,
    NOON,
    PARIS,
    closing,
    dearer_km,
    decided,
    light_rules,
    member,
    members,
    opened,
    opening,
    rules_with_kangoo,
    sealed,
    voted,
)

LIGHT = Procedure(quorum=Ratio(1, 3), threshold=Ratio(1, 2), strictly=True, base=Base.EXPRESSED)


def test_a_proposal_opens_at_once_with_all_it_is_counted_by() -> None:
    (event,) = opening()
    assert event == ProposalOpened(
        parameter="price_per_km",
        vehicle_id=None,
        value="0.34",
        standing="0.30",
        effective_from=date(2026, 4, 1),
        effective_at=datetime(2026, 3, 31, 22, tzinfo=UTC),
        rationale=sealed(member(0), "Fuel costs more."),
        rulebook_version=1,
        electorate=members(3),
        procedure=LIGHT,
        closes_at=NOON + 7 * DAY,
    )


def test_the_vote_closes_at_the_same_hour_on_the_clock_over_a_change_of_hour() -> None:
    (event,) = opening(at=datetime(2026, 3, 25, 11, tzinfo=UTC), command=dearer_km(day=date(2026, 5, 1)))
    assert isinstance(event, ProposalOpened)
    assert event.closes_at == datetime(2026, 4, 1, 10, tzinfo=UTC)  # noon, summer time since 29 March


def test_a_vote_proposed_by_night_closes_in_the_morning() -> None:
    (event,) = opening(at=datetime(2026, 3, 2, 22, 30, tzinfo=UTC))  # 23:30 in Die
    assert isinstance(event, ProposalOpened)
    assert event.closes_at == datetime(2026, 3, 10, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),  # summer time begins that night, at 2
        (date(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),  # winter time begins that night, at 3
        (date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2027, 1, 1), datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_a_rule_takes_effect_at_the_co_ops_own_midnight(day: date, instant: datetime) -> None:
    (event,) = opening(dearer_km(day=day))
    assert isinstance(event, ProposalOpened)
    assert event.effective_at == instant


@pytest.mark.parametrize(
    ("refusal", "changed"),
    [
        (UnknownRule, {"parameter": "colour"}),
        (NotAValue, {"value": "cheap"}),
        (OutOfBounds, {"value": "0.71"}),
        (NothingToChange, {"value": "0.300"}),
        (RuleNeeded, {"value": None}),
        (TooSoon, {"effective_from": date(2026, 3, 9)}),
        (TooSoon, {"effective_from": date(1, 1, 1)}),
        (TooFarAway, {"effective_from": date(2027, 3, 12)}),
        (TooFarAway, {"effective_from": date(9999, 12, 31)}),
        (VehicleUnknownHere, {"vehicle_id": UUID(int=77)}),
        (NotPerVehicle, {"vehicle_id": KANGOO, "parameter": "max_active_bookings", "value": "4"}),
        (NothingToChange, {"vehicle_id": KANGOO, "value": "0.25"}),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(refusal: type[Refused], changed: dict[str, object]) -> None:
    with pytest.raises(refusal):
        opening(replace(dearer_km(), **changed), rulebook=rules_with_kangoo("0.25"))


def test_the_day_after_the_vote_is_soon_enough() -> None:
    assert opening(dearer_km(day=date(2026, 3, 10)))


def test_r3_a_rule_of_voting_gives_a_week_of_notice_and_asks_for_two_thirds() -> None:
    with pytest.raises(TooSoon, match="2026-03-17 at the earliest"):
        opening(dearer_km("1/2", parameter="quorum", day=date(2026, 3, 16)))
    (event,) = opening(dearer_km("1/2", parameter="quorum", day=date(2026, 3, 17)))
    assert isinstance(event, ProposalOpened)
    assert event.procedure == replace(LIGHT, threshold=Ratio(2, 3), strictly=False)


def test_only_members_propose() -> None:
    for stranger in (None, member(9)):
        with pytest.raises(OnlyMembersPropose):
            Proposal().open(
                dearer_km(),
                by=stranger,
                at=NOON,
                rulebook=light_rules(),
                electorate=members(3),
                time_zone=PARIS,
                seal=sealed,
            )


def test_a_vehicles_own_value_may_be_ended_so_that_the_co_ops_applies() -> None:
    (event,) = opening(dearer_km(None, vehicle_id=KANGOO), rulebook=rules_with_kangoo("0.25"))
    assert isinstance(event, ProposalOpened)
    assert (event.value, event.standing) == (None, "0.25")


def test_the_majority_in_force_is_the_one_that_counts() -> None:
    book = light_rules()
    book = book.after(book.enact(decided("three_quarters", parameter="majority"), at=NOON + 30 * DAY))
    at = NOON + 31 * DAY
    assert procedure_of(rule_of("price_per_km", "EUR"), book, at).threshold == Ratio(3, 4)
    assert procedure_of(rule_of("quorum", "EUR"), book, at).threshold == Ratio(3, 4)


def test_q4_r10_a_vote_is_counted_by_the_rules_of_its_opening() -> None:
    proposal = voted(opened(), {member(0): Choice.YES})
    book = light_rules().after(light_rules().enact(decided("1", parameter="quorum", at=NOON + DAY), at=NOON + DAY))
    under_new_rules = procedure_of(rule_of("price_per_km", "EUR"), book, NOON + 2 * DAY)
    (closed,) = closing(proposal, NOON + 7 * DAY)
    assert isinstance(closed, ProposalClosed)
    assert closed.passed
    assert not proposal.count(under_new_rules).passed


def test_the_rationale_is_sealed_for_its_writer() -> None:
    (event,) = opening()
    assert isinstance(event, ProposalOpened)
    assert (event.rationale.coop_id, event.rationale.subject) == (COOP, member(0))


def test_a_vote_that_goes_on_in_the_morning_is_too_soon_for_that_day() -> None:
    nine_in_the_evening = datetime(2026, 3, 9, 20, tzinfo=UTC) - 7 * DAY
    assert opening(dearer_km(day=date(2026, 3, 10)), at=nine_in_the_evening)
    with pytest.raises(TooSoon):
        opening(dearer_km(day=date(2026, 3, 10)), at=nine_in_the_evening + timedelta(microseconds=1))

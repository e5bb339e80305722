"""Roles: given, renewed, ended; a co-op is never without a référent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.commands import EndRole, GiveRole, LeaveCoop
from governance.events import RoleEnded, RoleGiven
from governance.mandates import LastReferent, MandateOver, Mandates, MandateTooLong, RolesForMembers
from governance.member import member_id_of
from governance.roles import Role
from kernel.refused import Refused
from tests.governance.given import COOP, DAY, NOON, PARIS, member, person, start

FOUNDER, NEIGHBOUR = member_id_of(COOP, person(0)), member(1)
A_YEAR_ON = datetime(2027, 3, 2, 11, tzinfo=UTC)


def founded() -> Mandates:
    return Mandates().after(Mandates().found(start(person(0)), at=NOON))


def give(role: Role, until: date | None = None) -> GiveRole:
    return GiveRole(coop_id=COOP, member_id=NEIGHBOUR, role=role, until=until)


def given(mandates: Mandates, command: GiveRole, at: datetime = NOON) -> Mandates:
    return mandates.after(mandates.give(command, is_member=True, at=at, time_zone=PARIS))


def test_the_founder_is_referent_and_treasurer_for_a_year() -> None:
    mandates = founded()
    assert {mandate.role for mandate in mandates.given.values()} == {Role.REFERENT, Role.TREASURER}
    assert {mandate.until for mandate in mandates.given.values()} == {A_YEAR_ON}


def test_a_role_is_given_until_a_local_day() -> None:
    events = founded().give(give(Role.STEWARD, date(2026, 7, 1)), is_member=True, at=NOON, time_zone=PARIS)
    until = datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert events == (RoleGiven(mandate=3, member_id=NEIGHBOUR, role=Role.STEWARD, since=NOON, until=until),)


def test_given_again_it_is_renewed() -> None:
    mandates = given(founded(), give(Role.STEWARD, date(2026, 7, 1)))
    ended, renewed = mandates.give(give(Role.STEWARD), is_member=True, at=NOON + DAY, time_zone=PARIS)
    assert ended == RoleEnded(mandate=3, member_id=NEIGHBOUR, role=Role.STEWARD, ended_at=NOON + DAY)
    assert isinstance(renewed, RoleGiven)
    assert (renewed.mandate, renewed.until) == (4, A_YEAR_ON + DAY)


def test_the_same_given_twice_changes_nothing() -> None:
    mandates = given(founded(), give(Role.STEWARD, date(2026, 7, 1)))
    assert given(mandates, give(Role.STEWARD, date(2026, 7, 1)), NOON + DAY) == mandates


@pytest.mark.parametrize(
    ("refusal", "until"),
    [
        (MandateOver, date(2026, 3, 2)),
        (MandateOver, date(1, 1, 1)),
        (MandateTooLong, date(2027, 3, 4)),
        (MandateTooLong, date(9999, 12, 31)),
    ],
)
def test_a_role_is_given_for_a_year_at_most_from_now(refusal: type[Refused], until: date) -> None:
    with pytest.raises(refusal):
        given(founded(), give(Role.STEWARD, until))
    assert given(founded(), give(Role.STEWARD, date(2027, 3, 3)))


def test_only_a_member_is_given_a_role() -> None:
    with pytest.raises(RolesForMembers):
        founded().give(give(Role.STEWARD), is_member=False, at=NOON, time_zone=PARIS)


def test_the_last_referent_neither_steps_down_nor_leaves() -> None:
    with pytest.raises(LastReferent):
        founded().end(EndRole(coop_id=COOP, member_id=FOUNDER, role=Role.REFERENT), at=NOON)
    with pytest.raises(LastReferent):
        founded().leave(LeaveCoop(coop_id=COOP, member_id=FOUNDER), at=NOON)


def test_with_another_referent_she_may_and_gives_up_all_roles() -> None:
    mandates = given(founded(), give(Role.REFERENT))
    mandates = mandates.after(mandates.leave(LeaveCoop(coop_id=COOP, member_id=FOUNDER), at=NOON + DAY))
    assert mandates.holds(NEIGHBOUR, Role.REFERENT, NOON + DAY)
    assert not any(mandates.holds(FOUNDER, role, NOON + DAY) for role in Role)


def test_ending_a_role_nobody_gave_changes_nothing() -> None:
    assert founded().end(EndRole(coop_id=COOP, member_id=NEIGHBOUR, role=Role.REFERENT), at=NOON) == ()
    assert founded().leave(LeaveCoop(coop_id=COOP, member_id=NEIGHBOUR), at=NOON) == ()


def test_who_held_a_role_last_carries_on_until_someone_is_given_it() -> None:
    late = A_YEAR_ON + 30 * DAY
    assert founded().holds(FOUNDER, Role.REFERENT, late)
    succeeded = given(founded(), give(Role.REFERENT), late)
    assert succeeded.holds(NEIGHBOUR, Role.REFERENT, late)
    assert not succeeded.holds(FOUNDER, Role.REFERENT, late)


def test_an_ended_role_is_not_carried_on() -> None:
    ended = founded().after(founded().end(EndRole(coop_id=COOP, member_id=FOUNDER, role=Role.TREASURER), at=NOON))
    assert not ended.holds(FOUNDER, Role.TREASURER, NOON)
    assert ended.holds(FOUNDER, Role.TREASURER, NOON - timedelta(seconds=1)) is False

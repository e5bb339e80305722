"""Who was given which role until when, for the whole co-op at once.

One stream holds them all, so that two référents who step down at the same moment cannot leave the co-op without one.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

from msgspec import field
from msgspec.structs import replace

from governance.commands import EndRole, GiveRole, LeaveCoop, StartCoop
from governance.events import RoleEnded, RoleGiven
from governance.local_time import days_later, first_day_from, start_of_day
from governance.member import member_id_of
from governance.roles import Mandate, Role, holding
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused

YEAR_DAYS = 365


class LastReferent(Refused):
    """The co-op would be left without a référent. Give someone else the role first."""


class RolesForMembers(Refused):
    """Only a current member can be given a role."""


class MandateTooLong(Refused):
    """A role is given for twelve months at most; it can be renewed."""


class MandateOver(Refused):
    """The role would end before it begins: choose a later date."""


def mandates_id(coop_id: UUID) -> UUID:
    """Return the id of the co-op's stream of mandates."""
    return uuid5(coop_id, "mandates")


class Mandates(Aggregate, frozen=True, kw_only=True):
    """Every mandate of a co-op by its number, from 1."""

    given: dict[int, Mandate] = field(default_factory=dict)

    def found(self, command: StartCoop, *, at: datetime) -> tuple[Event, ...]:
        """Return the founder's two roles, for a year."""
        member_id = member_id_of(command.coop_id, command.founder_id)
        until = days_later(at, YEAR_DAYS, command.time_zone)
        return tuple(
            RoleGiven(mandate=number, member_id=member_id, role=role, since=at, until=until)
            for number, role in enumerate((Role.REFERENT, Role.TREASURER), start=1)
        )

    def give(self, command: GiveRole, *, is_member: bool, at: datetime, time_zone: str) -> tuple[Event, ...]:
        """Return the new mandate, which ends the one it renews; nothing when the same is given already.

        Refuses someone who is not a member, a date that is past or more than twelve months away.
        """
        if not is_member:
            raise RolesForMembers
        until = _until(command.until, at, time_zone)
        former = self._open(command.member_id, command.role)
        if former and former.until == until:
            return ()
        number = len(self.given) + 1
        given = RoleGiven(mandate=number, member_id=command.member_id, role=command.role, since=at, until=until)
        return (*_ended([former] if former else [], at), given)

    def end(self, command: EndRole, *, at: datetime) -> tuple[Event, ...]:
        """Return the end of a mandate; nothing when there is none; refuses for the last référent."""
        mandate = self._open(command.member_id, command.role)
        if mandate is None:
            return ()
        if command.role is Role.REFERENT:
            self._keep_a_referent(command.member_id, at)
        return _ended([mandate], at)

    def leave(self, command: LeaveCoop, *, at: datetime) -> tuple[Event, ...]:
        """Return the end of all roles of a member who leaves; refuses for the last référent."""
        mandates = [mandate for role in Role if (mandate := self._open(command.member_id, role))]
        if any(mandate.role is Role.REFERENT for mandate in mandates):
            self._keep_a_referent(command.member_id, at)
        return _ended(mandates, at)

    def holds(self, member_id: UUID | None, role: Role, at: datetime) -> bool:
        """Tell whether a member holds a role at that instant."""
        return member_id in holding(role, self.given.values(), at)

    def evolve(self, event: Event) -> Self:
        """Return the mandates after `event`."""
        match event:
            case RoleGiven(mandate=number, member_id=member_id, role=role, since=since, until=until):
                given = Mandate(number=number, member_id=member_id, role=role, since=since, until=until)
                return replace(self, given={**self.given, number: given})
            case RoleEnded(mandate=number, ended_at=ended_at):
                ended = replace(self.given[number], ended_at=ended_at)
                return replace(self, given={**self.given, number: ended})
            case _:
                return self

    def _open(self, member_id: UUID, role: Role) -> Mandate | None:
        mine = (m for m in self.given.values() if (m.member_id, m.role, m.ended_at) == (member_id, role, None))
        return next(mine, None)

    def _keep_a_referent(self, without: UUID, at: datetime) -> None:
        others = [mandate for mandate in self.given.values() if mandate.member_id != without]
        if not holding(Role.REFERENT, others, at):
            raise LastReferent


def _until(day: date | None, at: datetime, time_zone: str) -> datetime:
    if day is None:
        return days_later(at, YEAR_DAYS, time_zone)
    tomorrow = first_day_from(at + timedelta(microseconds=1), time_zone)
    if day < tomorrow:
        raise MandateOver
    if day > tomorrow + timedelta(days=YEAR_DAYS):
        raise MandateTooLong
    return start_of_day(day, time_zone)


def _ended(mandates: Iterable[Mandate], at: datetime) -> tuple[Event, ...]:
    return tuple(RoleEnded(mandate=m.number, member_id=m.member_id, role=m.role, ended_at=at) for m in mandates)

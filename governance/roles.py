"""Roles members hold for a time, and who holds one at a given instant."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Role(StrEnum):
    """What a co-op may entrust to a member, besides being one."""

    REFERENT = "referent"
    TREASURER = "treasurer"
    STEWARD = "steward"
    MEDIATOR = "mediator"


class Mandate(msgspec.Struct, frozen=True, kw_only=True):
    """One member in one role from `since` included to `until` excluded, unless `ended_at` came first."""

    number: int
    member_id: UUID
    role: Role
    since: datetime
    until: datetime
    ended_at: datetime | None = None

    def stands(self, at: datetime) -> bool:
        """Tell whether it had begun and nobody had ended it at that instant, run out or not."""
        return self.since <= at and (self.ended_at is None or at < self.ended_at)


def holding(role: Role, mandates: Iterable[Mandate], at: datetime) -> frozenset[UUID]:
    """Return the members who hold `role` at that instant.

    When all its mandates have run out, the member who had the last one carries on until someone is given the role: a
    co-op must never find itself without anyone who may invite or keep the accounts.
    """
    given = [mandate for mandate in mandates if mandate.role is role and mandate.stands(at)]
    latest = max((mandate.until for mandate in given), default=at)
    return frozenset(mandate.member_id for mandate in given if mandate.until > at or mandate.until == latest <= at)


def roles_held(mandates: Iterable[Mandate], at: datetime) -> dict[UUID, tuple[Role, ...]]:
    """Return the roles each member holds at that instant, in the order of `Role`; who holds none is left out."""
    known = tuple(mandates)
    held: dict[UUID, tuple[Role, ...]] = {}
    for role in Role:
        for member_id in holding(role, known, at):
            held[member_id] = (*held.get(member_id, ()), role)
    return held


def holders(held: Mapping[UUID, Collection[Role]], *roles: Role) -> frozenset[UUID]:
    """Return the members who hold one of these roles, of those that each member holds."""
    return frozenset(member_id for member_id, hers in held.items() if not {*roles}.isdisjoint(hers))

"""With whom the keys of a vehicle are, before they are taken, booked, or looked for; and who hands them over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from booking.keys.queries import HoursHeld, beside, out
from booking.queries import BookingRow
from fleet.queries import VehicleCard
from governance.queries import members_reached, roles_of
from governance.roles import Role, holders
from usecases.actor import Actor
from usecases.neighbours import Neighbours

HANDED = ("in_person", "spare_key")
"""How keys change hands where a neighbour hands them over, or has the spare one."""

NEAR = timedelta(days=1)
"""How long before or after one's own hours another's are of interest."""


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """A neighbour, and how one reaches her."""

    member_id: UUID
    name: str | None
    phone: str | None
    email: str | None


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """Who has the vehicle just before or just after, `None` once erased: until when, or from when."""

    name: str | None
    at: datetime


class HasKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The driver who has a vehicle's keys, what she is called (`None` once erased), since when.

    `due_at` is until when she booked it; `late` once those hours are over.
    """

    driver_id: UUID
    name: str | None
    since: datetime
    due_at: datetime
    late: bool


def with_whom(actor: Actor, vehicle_id: UUID) -> HasKeys | None:
    """Return who has the keys of a vehicle, `None` when nobody has."""
    return who_have_keys(actor, [vehicle_id]).get(vehicle_id)


def who_have_keys(actor: Actor, vehicle_ids: Iterable[UUID] | None = None) -> dict[UUID, HasKeys]:
    """Return who has which keys, by vehicle: of some vehicles, or of all."""
    keys = out(actor.connection, actor.coop_id, vehicle_ids)
    neighbours = Neighbours(actor).meet(members=(known.driver_id for known in keys.values()))
    return {
        vehicle_id: HasKeys(
            driver_id=known.driver_id,
            name=neighbours.member(known.driver_id),
            since=known.since,
            due_at=known.due_at,
            late=actor.now > known.due_at,
        )
        for vehicle_id, known in keys.items()
    }


def who_hands_over(actor: Actor, vehicle: VehicleCard) -> tuple[Reached, ...]:
    """Return who hands over a vehicle's keys, or has the spare one: its owners; of the co-op's own, its référents.

    Never the reader; nobody where there is a box, or no key.
    """
    if vehicle.handover not in HANDED:
        return ()
    owners = {owner.member_id for owner in vehicle.owners}
    having = owners or holders(roles_of(actor.connection, actor.coop_id, actor.now), Role.REFERENT)
    return tuple(
        Reached(member_id=row.member_id, name=row.name, phone=row.phone, email=row.email)
        for row in members_reached(actor.connection, actor.coop_id, actor.now, having - {actor.me})
    )


def who_is_beside(actor: Actor, booking: BookingRow) -> tuple[Beside | None, Beside | None]:
    """Return who has the vehicle within a day before the hours of a booking, and after them; never the reader."""
    period = booking.period
    before, after = beside(actor.connection, actor.coop_id, booking.vehicle_id, period)
    neighbours = Neighbours(actor).meet(members=(held.driver_id for held in (before, after) if held))

    def near(held: HoursHeld | None, at: datetime, away: timedelta) -> Beside | None:
        if held is None or away > NEAR or held.driver_id == actor.me:
            return None
        return Beside(name=neighbours.member(held.driver_id), at=at)

    ends = before.period.end if before else period.start
    starts = after.period.start if after else period.end
    return near(before, ends, period.start - ends), near(after, starts, starts - period.end)

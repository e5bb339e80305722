"""With whom the keys of a vehicle are, by name: before they are taken, booked, or looked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from booking.keys.queries import out
from usecases.actor import Actor
from usecases.neighbours import Neighbours


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

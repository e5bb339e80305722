"""Vehicles as a table: what each is, where it stands, and what is done with it this month."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from booking.driven.queries import Distance, driven_by_vehicle, next_starts
from fleet.catalogue import VehicleKind
from fleet.listing.queries import ByColumn, FleetRow, vehicles_by
from kernel.slice import Slice
from ledger.days import month_of
from usecases.actor import Actor
from usecases.desk.driven import start_of


class VehicleInUse(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle in service; `papers_until` is the last day of the paper it needs that ends first.

    `held_from` is when it is held next, or since when it is; `trips` and `km` are of this month.
    """

    vehicle_id: UUID
    name: str
    kind: VehicleKind
    plate: str | None
    place: str
    odometer_km: int
    papers_until: date | None
    held_from: datetime | None
    trips: int
    km: int


def vehicles_in_use(
    actor: Actor, *, called: str = "", by: ByColumn = "name", after: str | None = None, most: int
) -> Slice[VehicleInUse]:
    """Return a slice of the vehicles in service, sorted; refuses a text that is not a cursor."""
    found = vehicles_by(actor.connection, actor.coop_id, called=called, by=by, after=after, most=most)
    shown = [row.vehicle_id for row in found.items]
    this_month = start_of(actor, month_of(actor.today))
    driven = driven_by_vehicle(actor.connection, actor.coop_id, shown, this_month)
    held = next_starts(actor.connection, actor.coop_id, shown, actor.now)
    return found.mapped(lambda row: _in_use(row, driven.get(row.vehicle_id, NONE), held.get(row.vehicle_id)))


NONE = Distance(0, 0)


def _in_use(row: FleetRow, driven: Distance, held_from: datetime | None) -> VehicleInUse:
    plain = {name: getattr(row, name) for name in FleetRow.__struct_fields__}
    return VehicleInUse(**plain, held_from=held_from, trips=driven.count, km=driven.km)

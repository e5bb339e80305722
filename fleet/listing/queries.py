"""What a table of vehicles asks: those in service, sorted. Distances are whole kilometres."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Connection, Date, RowMapping, func, literal, or_, select

from fleet.catalogue import NEEDED, VehicleKind
from fleet.queries import IN_USE, PLAIN_NAME, of_vehicle
from fleet.read_models import papers, readings, vehicles
from kernel.read_models.spelling import holds
from kernel.slice import Slice, in_order

ByColumn = Literal["name", "-name", "km", "-km", "papers", "-papers"]
"""By what a table of vehicles is sorted: rising, or falling where a minus stands before it."""


class FleetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle in service as a table lists it; `papers_until` is the last day of the needed paper that ends first."""

    vehicle_id: UUID
    name: str
    kind: VehicleKind
    plate: str | None
    place: str
    odometer_km: int
    papers_until: date | None


def vehicles_by(
    connection: Connection,
    coop_id: UUID,
    *,
    called: str = "",
    by: ByColumn = "name",
    after: str | None = None,
    most: int,
) -> Slice[FleetRow]:
    """Return a slice of the vehicles in service whose name or plate holds `called`; refuses what is no cursor."""
    first = {"km": _ODOMETER, "papers": _ENDS}.get(by.removeprefix("-"), PLAIN_NAME)
    plain = [vehicles.c[name] for name in ("vehicle_id", "name", "kind", "plate", "home")]
    query = select(*plain, PLAIN_NAME, _ODOMETER, _ENDS).where(vehicles.c.coop_id == coop_id, IN_USE)
    if called:
        query = query.where(or_(holds(vehicles.c.name, called), holds(vehicles.c.plate, called)))
    key, falling = (first, vehicles.c.vehicle_id), by.startswith("-")
    return in_order(connection, query, key, falling=falling, after=after, most=most, of="table").mapped(_fleet_row)


_SOUND = select(readings.c.km).where(of_vehicle(readings), readings.c.anomaly.is_(None))
_LAST_READ = _SOUND.order_by(readings.c.at.desc(), readings.c.position.desc()).limit(1).scalar_subquery()
_ODOMETER = func.coalesce(_LAST_READ, 0, type_=BigInteger).label("odometer_km")
_NEEDED_END = select(func.min(papers.c.valid_until)).where(of_vehicle(papers), papers.c.kind.in_(NEEDED))
_NO_END = date.max
_ENDS = func.coalesce(_NEEDED_END.scalar_subquery(), literal(_NO_END, Date), type_=Date).label("ends")


def _fleet_row(row: RowMapping) -> FleetRow:
    plain = {name: row[name] for name in ("vehicle_id", "name", "kind", "plate", "odometer_km")}
    return FleetRow(**plain, place=row["home"], papers_until=None if row["ends"] == _NO_END else row["ends"])

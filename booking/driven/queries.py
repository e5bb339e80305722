"""What tables of trips ask: some of those that are over, and what all of them come to. Distances are whole km."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Integer, Select, func, select, type_coerce

from booking.read_models import bookings, held, over
from kernel.slice import Slice, in_order

By = Literal["when", "-when", "km", "-km"]
"""By what trips are sorted: rising, or falling where a minus stands before it."""


class TripsMeant(msgspec.Struct, frozen=True, kw_only=True):
    """Which trips are meant: those that ended from one instant on, before another, of a vehicle, of a driver."""

    since: datetime | None = None
    before: datetime | None = None
    vehicle_id: UUID | None = None
    driver_id: UUID | None = None


class DrivenRow(msgspec.Struct, frozen=True, kw_only=True):
    """A trip that is over; an `odd` one waits for somebody to say that its readings are right."""

    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    started_at: datetime
    ended_at: datetime
    km: int
    odd: bool


class Distance(msgspec.Struct, frozen=True):
    """How many trips there are, and how far they went in all; odd readings are no kilometres."""

    count: int
    km: int


def trips_by(
    connection: Connection, coop_id: UUID, which: TripsMeant, *, by: By = "-when", after: str | None = None, most: int
) -> Slice[DrivenRow]:
    """Return a slice of some trips that are over, sorted; refuses a text that is not a cursor."""
    first = _KM if "km" in by else bookings.c.ended_at
    columns = [_KM if name == "km" else bookings.c[name] for name in DrivenRow.__struct_fields__]
    query, falling = _narrowed(select(*columns), coop_id, which), by.startswith("-")
    found = in_order(
        connection, query, (first, bookings.c.booking_id), falling=falling, after=after, most=most, of="trips"
    )
    return found.mapped(lambda row: DrivenRow(**{name: row[name] for name in DrivenRow.__struct_fields__}))


def trips_summed(connection: Connection, coop_id: UUID, which: TripsMeant) -> Distance:
    """Return what some trips that are over come to."""
    both: list[Any] = [func.count(), _FAR]
    count, km = connection.execute(_narrowed(select(*both), coop_id, which)).one()
    return Distance(count, int(km))


def driven_by_vehicle(
    connection: Connection, coop_id: UUID, vehicle_ids: Collection[UUID], since: datetime
) -> Mapping[UUID, Distance]:
    """Return what the trips of each of some vehicles that ended since an instant come to; none that had none."""
    query = select(bookings.c.vehicle_id, func.count(), _FAR).where(bookings.c.vehicle_id.in_(vehicle_ids))
    rows = connection.execute(_narrowed(query, coop_id, TripsMeant(since=since)).group_by(bookings.c.vehicle_id))
    return {vehicle_id: Distance(count, int(km)) for vehicle_id, count, km in rows}


def next_starts(
    connection: Connection, coop_id: UUID, vehicle_ids: Collection[UUID], at: datetime
) -> Mapping[UUID, datetime]:
    """Return from when each of some vehicles is held next, or has been held since; none that nobody asked for."""
    to_come = (bookings.c.coop_id == coop_id, bookings.c.vehicle_id.in_(vehicle_ids), held, bookings.c.ends_at > at)
    query = select(bookings.c.vehicle_id, func.min(bookings.c.starts_at)).where(*to_come)
    return {row[0]: row[1] for row in connection.execute(query.group_by(bookings.c.vehicle_id))}


_KM = type_coerce(bookings.c.odometer_in_km - bookings.c.odometer_out_km, Integer).label("km")
_FAR = func.coalesce(func.sum(_KM).filter(bookings.c.odd.is_(False)), 0)


def _narrowed(query: Select[Any], coop_id: UUID, which: TripsMeant) -> Select[Any]:
    query = query.where(bookings.c.coop_id == coop_id, over)
    if which.since is not None:
        query = query.where(bookings.c.ended_at >= which.since)
    if which.before is not None:
        query = query.where(bookings.c.ended_at < which.before)
    if which.vehicle_id is not None:
        query = query.where(bookings.c.vehicle_id == which.vehicle_id)
    return query if which.driver_id is None else query.where(bookings.c.driver_id == which.driver_id)

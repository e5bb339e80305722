"""What is asked of keys: whose trip was under way at an instant, and with whom they are now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Subquery, and_, bindparam, func, select, union_all

from booking.keys.around import Around, Out
from booking.read_models import HELD, begun, bookings, keys_out
from kernel.period import Period


class KeysOut(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of a vehicle with a driver: since when, and until when she booked it."""

    vehicle_id: UUID
    booking_id: UUID
    driver_id: UUID
    since: datetime
    due_at: datetime


class Driven(msgspec.Struct, frozen=True, kw_only=True):
    """A trip as a vehicle's odometer saw it: when it began and ended (`None`: it has not), and what was read then.

    Told after the next one began, it ended by then, before its return is told too.
    """

    booking_id: UUID
    since: datetime
    until: datetime | None
    odometer_out_km: int
    odometer_in_km: int | None


class HoursHeld(msgspec.Struct, frozen=True):
    """Hours of a vehicle, and for whom they are held, or were."""

    driver_id: UUID
    period: Period


def around(connection: Connection, coop_id: UUID, vehicle_id: UUID, at: datetime) -> Around:
    """Return the trips of a vehicle around an instant: of those that had begun by then the last, and the next."""
    asked = {"coop": coop_id, "vehicle": vehicle_id, "at": at}
    trips = [Out(**row) for row in connection.execute(_AROUND, asked).mappings()]
    begun_by_then = [trip for trip in trips if trip.since <= at]
    following = [trip.since for trip in trips if trip.since > at]
    return Around(last=next(iter(begun_by_then), None), next_at=next(iter(following), None))


def driven(connection: Connection, coop_id: UUID, vehicle_id: UUID, *, before: datetime, most: int) -> list[Driven]:
    """Return the last trips of a vehicle that began before an instant, the last to begin first."""
    asked = {"coop": coop_id, "vehicle": vehicle_id, "before": before, "most": most}
    return [Driven(**row) for row in connection.execute(_READ, asked).mappings()]


def beside(connection: Connection, coop_id: UUID, vehicle_id: UUID, period: Period) -> tuple[HoursHeld | None, ...]:
    """Return whose hours of a vehicle are the last before a period, and whose the first after it."""
    asked = {"coop": coop_id, "vehicle": vehicle_id, "start": period.start, "end": period.end}
    held = [HoursHeld(row.driver_id, Period(row.starts_at, row.ends_at)) for row in connection.execute(_BESIDE, asked)]
    before = next((hours for hours in held if hours.period.end <= period.start), None)
    return before, next((hours for hours in held if hours is not before), None)


def passed_on(connection: Connection, coop_id: UUID, booking_id: UUID, driver_id: UUID) -> UUID | None:
    """Return the booking under which a driver still has the keys of another's vehicle; `None` when she has not."""
    return connection.execute(_PASSED_ON, {"coop": coop_id, "booking": booking_id, "driver": driver_id}).scalar()


def passed_on_by(connection: Connection, coop_id: UUID, booking_id: UUID) -> UUID | None:
    """Return the booking whose trip ended as the keys were given to the driver of another; mostly `None`."""
    return connection.execute(_PASSED_ON_BY, {"coop": coop_id, "booking": booking_id}).scalar()


def keys_of(connection: Connection, coop_id: UUID, vehicle_id: UUID) -> KeysOut | None:
    """Return with whom the keys of a vehicle are; `None` when they are with nobody."""
    return out(connection, coop_id, [vehicle_id]).get(vehicle_id)


def out(connection: Connection, coop_id: UUID, vehicle_ids: Iterable[UUID] | None = None) -> dict[UUID, KeysOut]:
    """Return the keys that are out, by vehicle: of some vehicles, or of all."""
    query = _OUT.where(keys_out.c.coop_id == coop_id)
    if vehicle_ids is not None:
        query = query.where(keys_out.c.vehicle_id.in_([*vehicle_ids]))
    # Of two that overlap in an old log, whoever took them last has them.
    rows = connection.execute(query.order_by(keys_out.c.since)).mappings()
    return {row["vehicle_id"]: KeysOut(**row) for row in rows}


def _first(columns: Iterable[Any], by: ColumnElement[Any], *where: ColumnElement[bool]) -> Subquery:
    """Ask for the first of some bookings, `by` an order."""
    return select(*columns).where(*where).order_by(by).limit(1).subquery()


_TRIP_END = func.coalesce(bookings.c.ended_at, bookings.c.back_by).label("until")
_TRIP = (bookings.c.booking_id, bookings.c.driver_id, bookings.c.started_at.label("since"), _TRIP_END)
_DRIVEN = and_(bookings.c.coop_id == bindparam("coop"), bookings.c.vehicle_id == bindparam("vehicle"), begun)
_LAST = _first(_TRIP, bookings.c.started_at.desc(), _DRIVEN, bookings.c.started_at <= bindparam("at"))
_NEXT = _first(_TRIP, bookings.c.started_at, _DRIVEN, bookings.c.started_at > bindparam("at"))
_AROUND = union_all(select(_LAST), select(_NEXT))
_READ = (
    select(
        bookings.c.booking_id,
        bookings.c.started_at.label("since"),
        _TRIP_END,
        bookings.c.odometer_out_km,
        bookings.c.odometer_in_km,
    )
    .where(_DRIVEN, bookings.c.started_at < bindparam("before"))
    .order_by(bookings.c.started_at.desc())
    .limit(bindparam("most"))
)
_HELD = and_(
    bookings.c.coop_id == bindparam("coop"),
    bookings.c.vehicle_id == bindparam("vehicle"),
    bookings.c.status.in_((*HELD, "over")),
)
_HOURS = (bookings.c.driver_id, bookings.c.starts_at, bookings.c.ends_at)
_BEFORE = _first(_HOURS, bookings.c.ends_at.desc(), _HELD, bookings.c.ends_at <= bindparam("start"))
_LATER = and_(bookings.c.ends_at > bindparam("end"), bookings.c.starts_at >= bindparam("end"))
_AFTER = _first(_HOURS, bookings.c.ends_at, _HELD, _LATER)
_BESIDE = union_all(select(_BEFORE), select(_AFTER))
_OUT = select(
    *(keys_out.c[name] for name in KeysOut.__struct_fields__ if name in keys_out.c),
    bookings.c.ends_at.label("due_at"),
).join(bookings, and_(bookings.c.coop_id == keys_out.c.coop_id, bookings.c.booking_id == keys_out.c.booking_id))
_PASSED_ON = (
    select(keys_out.c.booking_id)
    .join(bookings, and_(bookings.c.coop_id == keys_out.c.coop_id, bookings.c.vehicle_id == keys_out.c.vehicle_id))
    .where(
        keys_out.c.coop_id == bindparam("coop"),
        keys_out.c.driver_id == bindparam("driver"),
        keys_out.c.booking_id != bindparam("booking"),
        bookings.c.booking_id == bindparam("booking"),
    )
    .limit(1)
)
_taken = bookings.alias("taken")
_PASSED_ON_BY = (
    select(bookings.c.booking_id)
    .join(_taken, and_(_taken.c.coop_id == bookings.c.coop_id, _taken.c.vehicle_id == bookings.c.vehicle_id))
    .where(
        _taken.c.coop_id == bindparam("coop"),
        _taken.c.booking_id == bindparam("booking"),
        bookings.c.booking_id != _taken.c.booking_id,
        bookings.c.told_by == _taken.c.driver_id,
        bookings.c.ended_at == _taken.c.started_at,
    )
    .limit(1)
)

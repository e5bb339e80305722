"""What is asked about odometers: the readings of a vehicle, flagged ones too. Distances are whole kilometres."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, RowMapping, Select, and_, or_, select, union_all

from fleet.catalogue import Anomaly
from fleet.odometer import Known, Reading
from fleet.read_models import readings
from kernel.slice import Slice, newest_first


class ReadingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of an odometer; with an `anomaly` it does not count as the vehicle's odometer."""

    km: int
    at: datetime
    trip_id: UUID | None
    read_by: UUID | None
    anomaly: Anomaly | None


def readings_slice(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, *, after: str | None = None, most: int
) -> Slice[ReadingRow]:
    """Return a slice of a vehicle's readings, flagged ones too, newest first; refuses a text that is not a cursor."""
    query, key = select(readings).where(_of(coop_id, vehicle_id)), (readings.c.at, readings.c.position)
    return newest_first(connection, query, key, after=after, most=most).mapped(_reading_row)


def readings_around(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, at: datetime
) -> tuple[Reading | None, Reading | None]:
    """Return the last sound reading at or before `at` and the first after it, each `None` when there is none."""
    sound = _sound(coop_id, vehicle_id)
    earlier = sound.where(readings.c.at <= at).order_by(readings.c.at.desc(), readings.c.position.desc()).limit(1)
    later = sound.where(readings.c.at > at).order_by(readings.c.at, readings.c.position).limit(1)
    before, after = (connection.execute(query).one_or_none() for query in (earlier, later))
    return _reading(before), _reading(after)


def readings_lately(connection: Connection, coop_id: UUID, vehicle_id: UUID, at: datetime, most: int) -> list[Known]:
    """Return the last `most` readings at or before an instant, flagged ones too, in order."""
    query = select(*_READING, readings.c.position).where(_of(coop_id, vehicle_id), readings.c.at <= at)
    rows = connection.execute(query.order_by(readings.c.at.desc(), readings.c.position.desc()).limit(most)).all()
    return [_known(row) for row in reversed(rows)]


def readings_next(connection: Connection, coop_id: UUID, vehicle_id: UUID, at: datetime, most: int) -> list[Known]:
    """Return the first `most` readings after an instant, flagged ones too, in order."""
    query: Select[Any] = select(*_READING, readings.c.position).where(_of(coop_id, vehicle_id), readings.c.at > at)
    return [_known(row) for row in connection.execute(query.order_by(readings.c.at, readings.c.position).limit(most))]


def sound_beside(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, *, since: datetime, until: datetime, but_of: UUID
) -> tuple[Reading | None, Reading | None]:
    """Return the last sound reading at or before `since` and the first after `until`, but those of the trip `but_of`.

    One statement.
    """
    others = _sound(coop_id, vehicle_id).where(or_(readings.c.trip_id.is_(None), readings.c.trip_id != but_of))
    earlier = others.where(readings.c.at <= since).order_by(readings.c.at.desc(), readings.c.position.desc()).limit(1)
    later = others.where(readings.c.at > until).order_by(readings.c.at, readings.c.position).limit(1)
    both = connection.execute(union_all(select(earlier.subquery()), select(later.subquery()))).all()
    before = next((row for row in both if row.at <= since), None)
    after = next((row for row in both if row.at > until), None)
    return _reading(before), _reading(after)


def flagged(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, *, since: datetime
) -> set[tuple[UUID | None, datetime]]:
    """Return the readings of a vehicle from an instant on that do not count, each by its trip and its hour."""
    odd = readings.c.anomaly.is_not(None), readings.c.at >= since
    query = select(readings.c.trip_id, readings.c.at).where(_of(coop_id, vehicle_id), *odd)
    return {(row.trip_id, row.at) for row in connection.execute(query)}


def first_reading(connection: Connection, coop_id: UUID, vehicle_id: UUID) -> Reading | None:
    """Return what a vehicle's odometer showed as it entered service."""
    query = _sound(coop_id, vehicle_id).order_by(readings.c.at, readings.c.position).limit(1)
    return _reading(connection.execute(query).one_or_none())


_READING = (readings.c.km, readings.c.at, readings.c.trip_id, readings.c.read_by, readings.c.anomaly)


def _of(coop_id: UUID, vehicle_id: UUID) -> ColumnElement[bool]:
    return and_(readings.c.coop_id == coop_id, readings.c.vehicle_id == vehicle_id)


def _sound(coop_id: UUID, vehicle_id: UUID) -> Select[Any]:
    return select(*_READING).where(_of(coop_id, vehicle_id), readings.c.anomaly.is_(None))


def _reading_row(row: RowMapping) -> ReadingRow:
    return ReadingRow(**{name: row[name] for name in ReadingRow.__struct_fields__})


def _known(row: Row[Any]) -> Known:
    reading = Reading(row.km, row.at, row.trip_id)
    return Known(position=row.position, reading=reading, sound=row.anomaly is None)


def _reading(row: Row[Any] | None) -> Reading | None:
    return None if row is None else Reading(row.km, row.at, row.trip_id)

"""What is asked about odometers: the readings of a vehicle, flagged ones too. Distances are whole kilometres."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from fleet.catalogue import Anomaly
from fleet.odometer import Reading
from fleet.read_models import readings


class ReadingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of an odometer; with an `anomaly` it does not count as the vehicle's odometer."""

    km: int
    at: datetime
    trip_id: UUID | None
    read_by: UUID | None
    anomaly: Anomaly | None


def latest_readings(connection: Connection, coop_id: UUID, vehicle_id: UUID, limit: int = 50) -> Sequence[ReadingRow]:
    """Return up to `limit` readings, flagged ones too, the newest first."""
    newest_first = (readings.c.at.desc(), readings.c.position.desc())
    wanted = select(*_READING).where(_of(coop_id, vehicle_id)).order_by(*newest_first).limit(limit)
    return tuple(_reading_row(row) for row in connection.execute(wanted))


def readings_around(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, at: datetime
) -> tuple[Reading | None, Reading | None]:
    """Return the last sound reading at or before `at` and the first after it, each `None` when there is none."""
    sound = _sound(coop_id, vehicle_id)
    earlier = sound.where(readings.c.at <= at).order_by(readings.c.at.desc(), readings.c.position.desc()).limit(1)
    later = sound.where(readings.c.at > at).order_by(readings.c.at, readings.c.position).limit(1)
    before, after = (connection.execute(query).one_or_none() for query in (earlier, later))
    return _reading(before), _reading(after)


_READING = (readings.c.km, readings.c.at, readings.c.trip_id, readings.c.read_by, readings.c.anomaly)


def _of(coop_id: UUID, vehicle_id: UUID) -> ColumnElement[bool]:
    return and_(readings.c.coop_id == coop_id, readings.c.vehicle_id == vehicle_id)


def _sound(coop_id: UUID, vehicle_id: UUID) -> Select[Any]:
    return select(*_READING).where(_of(coop_id, vehicle_id), readings.c.anomaly.is_(None))


def _reading_row(row: Any) -> ReadingRow:
    return ReadingRow(**{name: getattr(row, name) for name in ReadingRow.__struct_fields__})


def _reading(row: Row[Any] | None) -> Reading | None:
    return None if row is None else Reading(row.km, row.at, row.trip_id)

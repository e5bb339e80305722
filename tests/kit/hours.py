"""The hours vehicles were promised and used: what no two bookings may share."""

from itertools import pairwise
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from booking.occupancy import occupancy
from booking.read_models import HELD, bookings
from kernel.period import LATEST, Period


def overlaps(engine: Engine) -> list[tuple[Period, Period]]:
    """Return every two periods of one vehicle that share an instant: promised, or of trips that are over."""
    with engine.connect() as connection:
        rows = connection.execute(select(bookings).where(bookings.c.status.in_((*HELD, "over")))).all()
    ends = [(row, min(row.ends_at, row.ended_at or row.ends_at)) for row in rows]
    used = [(row.vehicle_id, Period(row.starts_at, end)) for row, end in ends if end > row.starts_at]
    used.sort(key=lambda one: (one[0].bytes, one[1].start))
    return [(one, other) for (vehicle, one), (its, other) in pairwise(used) if vehicle == its and one.overlaps(other)]


def together(engine: Engine) -> list[tuple[Period, Period]]:
    """Return every two trips of one vehicle that share an instant; one under way lasts on."""
    with engine.connect() as connection:
        rows = connection.execute(select(bookings).where(bookings.c.started_at.is_not(None))).all()
    used = [(row.vehicle_id, Period(row.started_at, row.ended_at or row.back_by or LATEST)) for row in rows]
    used.sort(key=lambda one: (one[0].bytes, one[1].start))
    return [(one, other) for (vehicle, one), (its, other) in pairwise(used) if vehicle == its and one.overlaps(other)]


def promised(connection: Connection) -> set[UUID]:
    """Return the bookings whose hours the database holds against all others."""
    return {*connection.execute(select(occupancy.c.booking_id)).scalars()}


def held(connection: Connection) -> set[UUID]:
    """Return the bookings that may still be driven."""
    return {*connection.execute(select(bookings.c.booking_id).where(bookings.c.status.in_(HELD))).scalars()}

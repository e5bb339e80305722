"""What is asked of readings that were set right."""

from uuid import UUID

from sqlalchemy import Connection, select

from booking.queries import BookingRow
from booking.readings.read_models import corrections


def said_by_driver_km(connection: Connection, coop_id: UUID, trip: BookingRow) -> int:
    """Return how many km the driver of a trip that is over said last herself, whatever others set right."""
    query = select(corrections.c.corrected_by, corrections.c.was_km).order_by(corrections.c.position)
    of_trip = (corrections.c.coop_id == coop_id, corrections.c.booking_id == trip.booking_id)
    rows = connection.execute(query.where(*of_trip)).all()
    said_km = [row.was_km for row in rows] + [trip.distance_km or 0]
    hers = [0, *(number for number, row in enumerate(rows, start=1) if row.corrected_by == trip.driver_id)]
    return int(said_km[hers[-1]])

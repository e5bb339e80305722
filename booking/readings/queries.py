"""What is asked of readings that were set right."""

from uuid import UUID

from sqlalchemy import Connection, select

from booking.readings.read_models import corrections


def said_by_driver_km(connection: Connection, coop_id: UUID, booking_id: UUID, driver_id: UUID, km: int) -> int:
    """Return how many km the driver of a trip said last herself, whatever others set right since: to `km` now."""
    query = select(corrections.c.corrected_by, corrections.c.was_km).order_by(corrections.c.position)
    of_trip = (corrections.c.coop_id == coop_id, corrections.c.booking_id == booking_id)
    rows = connection.execute(query.where(*of_trip)).all()
    said_km = [row.was_km for row in rows] + [km]
    hers = [0, *(number for number, row in enumerate(rows, start=1) if row.corrected_by == driver_id)]
    return int(said_km[hers[-1]])

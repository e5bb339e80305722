"""The table of who set readings of which trip right: one row each time."""

from sqlalchemy import BigInteger, Column, Integer, Table, Uuid

from booking.events import ReadingsCorrected
from kernel.event import Event, Recorded
from kernel.read_models.projection import Put, Write
from kernel.tables import derived

corrections = Table(
    "booking_corrections",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("booking_id", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("corrected_by", Uuid, nullable=False),
    Column("was_km", Integer, nullable=False),
)


def corrected(recorded: Recorded[Event], right: ReadingsCorrected) -> Write:
    """Say who set readings right, and how many km they told before."""
    key = {"coop_id": recorded.coop_id, "booking_id": right.trip.booking_id, "position": recorded.position}
    return Put(corrections, key | {"corrected_by": right.corrected_by, "was_km": right.was_in_km - right.was_out_km})

"""The table that holds the promise that no two bookings of a vehicle overlap."""

from sqlalchemy import DDL, Column, Index, Table, Uuid, event

from kernel.tables import Instant, derived

# The hours that are promised. Those of a trip that ended stand with its booking: here a row is larger than there.
occupancy = Table(
    "booking_occupancy",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("booking_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Index("booking_occupancy_by_vehicle", "coop_id", "vehicle_id", "ends_at"),
    Index("booking_occupancy_by_end", "coop_id", "ends_at"),
)

# The decision refuses kindly; these refuse always, whatever else runs at the same instant.
_EXCLUSION = DDL(  # type: ignore[no-untyped-call]
    "ALTER TABLE booking_occupancy ADD CONSTRAINT booking_occupancy_one_holder "
    "EXCLUDE USING gist (vehicle_id WITH =, tstzrange(starts_at, ends_at) WITH &&)"
)
_TRIGGER = (
    "CREATE TRIGGER booking_occupancy_{when} BEFORE {what} ON booking_occupancy "
    "WHEN EXISTS (SELECT 1 FROM booking_occupancy AS other WHERE other.coop_id = NEW.coop_id "
    "AND other.vehicle_id = NEW.vehicle_id AND other.booking_id <> NEW.booking_id "
    "AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at) "
    "BEGIN SELECT RAISE(ABORT, 'booking_occupancy_one_holder'); END"
)
event.listen(occupancy, "after_create", _EXCLUSION.execute_if(dialect="postgresql"))
for _when, _what in (("inserted", "INSERT"), ("moved", "UPDATE")):
    _trigger = DDL(_TRIGGER.format(when=_when, what=_what))  # type: ignore[no-untyped-call]
    event.listen(occupancy, "after_create", _trigger.execute_if(dialect="sqlite"))

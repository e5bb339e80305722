"""A vehicle's odometer as a chain of readings, one stream a month so that none grows without end.

A reading that cannot be true is kept and flagged, never lost: people mistype, and the trip it belongs to must end all
the same. What is flagged does not count as the vehicle's odometer, so one slip does not spoil the readings after it.
"""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

import msgspec

from fleet.catalogue import Anomaly
from fleet.commands import RecordReading
from fleet.events import OdometerRead
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused

MOST_KM_A_DAY = 2_000
_CLOCKS_DIFFER_BY = timedelta(minutes=15)


class ReadingFromTheFuture(Refused):
    """An odometer cannot be read ahead of time: check the day and the hour."""


class ReadingBeforeService(Refused):
    """At that time the vehicle was not in service yet: check the day and the hour."""


class Reading(msgspec.Struct, frozen=True):
    """Whole kilometres shown at an instant (UTC)."""

    km: int
    at: datetime
    trip_id: UUID | None = None


def month_stream(vehicle_id: UUID, at: datetime) -> UUID:
    """Return the id of the stream that holds a vehicle's readings of the month of `at` (UTC)."""
    return uuid5(vehicle_id, f"odometer {at:%Y-%m}")


def anomaly(km: int, at: datetime, *, before: Reading, after: Reading | None) -> Anomaly | None:
    """Say why `km` at `at` cannot be true beside the sound readings around it: a roll-back, or an absurd jump.

    Absurd is more than 2,000 km for each day begun: further than anyone drives, and roomy enough for a day's trip.
    """
    if km < before.km or (after and km > after.km):
        return "rolled_back"
    if km - before.km > MOST_KM_A_DAY * _days_begun(before.at, at):
        return "absurd_jump"
    return None


def _days_begun(start: datetime, end: datetime) -> int:
    return (end - start) // timedelta(days=1) + 1


class Odometer(Aggregate, frozen=True, kw_only=True):
    """The readings of one vehicle in one month."""

    readings: tuple[Reading, ...] = ()

    def record(
        self, command: RecordReading, *, now: datetime, before: Reading | None, after: Reading | None
    ) -> tuple[Event, ...]:
        """Add a reading between the sound ones around it, flagged if it cannot be true.

        The same reading sent again (same trip, instant and kilometres) changes nothing. Refuses with
        `ReadingFromTheFuture` and `ReadingBeforeService`.
        """
        if command.at > now + _CLOCKS_DIFFER_BY:
            raise ReadingFromTheFuture
        if before is None:
            raise ReadingBeforeService
        if Reading(command.km, command.at, command.trip_id) in self.readings:
            return ()
        read = OdometerRead(
            vehicle_id=command.vehicle_id,
            km=command.km,
            at=command.at,
            trip_id=command.trip_id,
            read_by=command.read_by,
            anomaly=anomaly(command.km, command.at, before=before, after=after),
        )
        return (read,)

    def evolve(self, event: Event) -> Self:
        """Return the month's readings after `event`."""
        match event:
            case OdometerRead(km=km, at=at, trip_id=trip_id):
                return msgspec.structs.replace(self, readings=(*self.readings, Reading(km, at, trip_id)))
            case _:
                return self

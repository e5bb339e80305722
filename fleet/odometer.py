"""A vehicle's odometer as a chain of readings, one stream a month so that none grows without end.

A reading that cannot be true is kept and flagged, never lost: people mistype, and the trip it belongs to must end all
the same. What is flagged does not count as the vehicle's odometer. Where a slip passed as sound, readings after it that
fit each other better without it outvote it: it is flagged then, and they are not.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

import msgspec

from fleet.catalogue import Anomaly
from fleet.commands import RecordReading
from fleet.events import OdometerRead, ReadingJudged
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused

FASTEST_KMH = 130
MOST_KM_A_DAY = 1_000
_CLOCKS_DIFFER_BY = timedelta(minutes=15)
_ROUNDED_BY_KM = 1
_NEWEST = 0  # the position of what is not recorded yet
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


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


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of the chain, at its position in the log; it is `sound` when it is not flagged."""

    position: int
    reading: Reading
    sound: bool


def anomaly(km: int, at: datetime, *, before: Reading, after: Reading | None) -> Anomaly | None:
    """Say why `km` at `at` cannot be true beside the sound readings around it: a roll-back, or an absurd jump."""
    if km < before.km or (after and km > after.km):
        return "rolled_back"
    return None if km - before.km <= most_km(at - before.at) else "absurd_jump"


def most_km(elapsed: timedelta) -> int:
    """Return the whole km that may be driven meanwhile: 130 an hour, and 1,000 a day.

    Clocks may differ by a quarter of an hour, and a reading is rounded to the km.
    """
    roomy = elapsed + _CLOCKS_DIFFER_BY
    return min(FASTEST_KMH * roomy // _HOUR, MOST_KM_A_DAY * max(roomy, _DAY) // _DAY) + _ROUNDED_BY_KM


def outvoted(known: Sequence[Known]) -> dict[int, Anomaly | None]:
    """Return the readings to be judged anew, by position, with what is now said of each.

    Readings vote in the order of their hours: the longest chain in which each fits the one before it is sound. As long
    as no other chain is longer, what was sound stays so.
    """
    chain = _longest(known)
    if len(chain) <= sum(one.sound for one in known):
        return {}
    return {one.position: None if one in chain else _why(one, chain) for one in known if (one in chain) != one.sound}


def _longest(known: Sequence[Known]) -> list[Known]:
    best: list[list[Known]] = []
    for one in known:
        before = [chain for chain in best if _fits(chain[-1].reading, one.reading)]
        best.append([*max(before, key=len, default=[]), one])
    return max(best, key=len, default=[])


def _fits(before: Reading, after: Reading) -> bool:
    return anomaly(after.km, after.at, before=before, after=None) is None


def _why(one: Known, chain: Sequence[Known]) -> Anomaly:
    earlier = [other.reading for other in chain if other.reading.at <= one.reading.at]
    later = [other.reading for other in chain if other.reading.at > one.reading.at]
    after = later[0] if later else None
    said = anomaly(one.reading.km, one.reading.at, before=earlier[-1], after=after) if earlier else None
    return said or "absurd_jump"


class Odometer(Aggregate, frozen=True, kw_only=True):
    """The readings of one vehicle in one month."""

    readings: tuple[Reading, ...] = ()

    def record(
        self,
        command: RecordReading,
        *,
        now: datetime,
        before: Reading | None,
        after: Reading | None,
        lately: Sequence[Known] = (),
    ) -> tuple[Event, ...]:
        """Add a reading between the sound ones around it, flagged if it cannot be true.

        `lately` are the readings before it, flagged ones too: with them it may outvote a slip that passed as sound.
        The same reading sent again (same trip, instant and kilometres) changes nothing. Refuses with
        `ReadingFromTheFuture` and `ReadingBeforeService`.
        """
        if command.at > now + _CLOCKS_DIFFER_BY:
            raise ReadingFromTheFuture
        if before is None:
            raise ReadingBeforeService
        reading = Reading(command.km, command.at, command.trip_id)
        if reading in self.readings:
            return ()
        said = anomaly(command.km, command.at, before=before, after=after)
        new = Known(position=_NEWEST, reading=reading, sound=said is None)
        anew = outvoted([*lately, new]) if after is None else {}
        read = OdometerRead(
            vehicle_id=command.vehicle_id,
            km=command.km,
            at=command.at,
            trip_id=command.trip_id,
            read_by=command.read_by,
            anomaly=anew.pop(_NEWEST, said),
        )
        judged = (
            ReadingJudged(vehicle_id=command.vehicle_id, position=position, anomaly=now_said)
            for position, now_said in anew.items()
        )
        return (read, *judged)

    def evolve(self, event: Event) -> Self:
        """Return the month's readings after `event`."""
        match event:
            case OdometerRead(km=km, at=at, trip_id=trip_id):
                return msgspec.structs.replace(self, readings=(*self.readings, Reading(km, at, trip_id)))
            case _:
                return self

"""A vehicle's odometer as a chain of readings, one stream a month so that none grows without end.

A reading that cannot be true is kept and flagged, never lost: people mistype, and the trip it belongs to must end all
the same. What is flagged does not count as the vehicle's odometer. Where a slip passed as sound, readings after it that
fit each other better without it outvote it: it is flagged then, and they are not.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

import msgspec

from fleet.catalogue import Anomaly
from fleet.commands import AcceptReading, CorrectReading, RecordReading, WithdrawReading
from fleet.events import OdometerRead, ReadingCorrected, ReadingJudged, ReadingWithdrawn
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused

FASTEST_KMH = 130
MOST_KM_A_DAY = 1_000
_CLOCKS_DIFFER_BY = timedelta(minutes=15)
_ROUNDED_BY_KM = 1
_NEWEST = 0  # the position of what is not recorded yet
_HOUR, _DAY, _TICK = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)


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
    roomy, hour, day = (length // _TICK for length in (elapsed + _CLOCKS_DIFFER_BY, _HOUR, _DAY))  # whole numbers only
    return min(FASTEST_KMH * roomy // hour, MOST_KM_A_DAY * max(roomy, day) // day) + _ROUNDED_BY_KM


def outvoted(known: Sequence[Known]) -> dict[int, Anomaly | None]:
    """Return the readings to be judged anew, by position, with what is now said of each.

    Readings vote in the order of their hours: the longest chain in which each fits the one before it is sound. As long
    as no other chain is longer, what was sound stays so; nor is anything outvoted by no more trips than it stands
    with: one trip alone may be mistyped at both ends.
    """
    chain, sound = _longest(known), [one for one in known if one.sound]
    outvotes = any(one not in chain for one in sound)
    if len(chain) <= len(sound) or (outvotes and _trips(chain) <= _trips(sound)):
        return {}
    return {one.position: None if one in chain else _why(one, chain) for one in known if (one in chain) != one.sound}


def corrected(known: Sequence[Known], position: int, km: int) -> dict[int, Anomaly | None]:
    """Return what is said of the reading at a position once it shows `km`, and of others that change by it."""
    right = [_showing(one, km) if one.position == position else one for one in known]
    anew = outvoted(right)
    if position in anew:
        return anew
    [one] = [one for one in right if one.position == position]
    return anew | {position: _said_of(one, [other for other in right if other.sound])}


def _showing(one: Known, km: int) -> Known:
    """Return a reading as corrected: it has to be found sound anew."""
    return msgspec.structs.replace(one, reading=msgspec.structs.replace(one.reading, km=km), sound=False)


def _longest(known: Sequence[Known]) -> list[Known]:
    best: list[list[Known]] = []
    for one in known:
        before = [chain for chain in best if _fits(chain[-1].reading, one.reading)]
        best.append([*max(before, key=len, default=[]), one])
    return max(best, key=len, default=[])


def _trips(chain: Sequence[Known]) -> int:
    """Return by how many trips readings were brought; what was read on none counts as one."""
    return len({one.reading.trip_id or one.position for one in chain})


def _fits(before: Reading, after: Reading) -> bool:
    return anomaly(after.km, after.at, before=before, after=None) is None


def _why(one: Known, chain: Sequence[Known]) -> Anomaly:
    return _said_of(one, chain) or "absurd_jump"


def _said_of(one: Known, chain: Sequence[Known]) -> Anomaly | None:
    """Say why a reading cannot be true beside those of a chain around it; `None` where it can."""
    earlier = [other.reading for other in chain if other.reading.at <= one.reading.at]
    later = [other.reading for other in chain if other.reading.at > one.reading.at]
    after = later[0] if later else None
    return anomaly(one.reading.km, one.reading.at, before=earlier[-1], after=after) if earlier else "absurd_jump"


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
        return (read, *_judged(command.vehicle_id, anew))

    @staticmethod
    def correct(command: CorrectReading, *, known: Sequence[Known]) -> tuple[Event, ...]:
        """Let a reading of a trip show what it really showed; `known` are the readings around it, in order.

        Nothing when there is no such reading, or it shows that already.
        """
        mistyped = _found(command, known)
        if mistyped is None or mistyped.reading.km == command.km:
            return ()
        anew = corrected(known, mistyped.position, command.km)
        right = ReadingCorrected(
            vehicle_id=command.vehicle_id,
            position=mistyped.position,
            at=command.at,
            trip_id=command.trip_id,
            km=command.km,
            anomaly=anew.pop(mistyped.position),
        )
        return (right, *_judged(command.vehicle_id, anew))

    @staticmethod
    def accept(command: AcceptReading, *, known: Sequence[Known]) -> tuple[Event, ...]:
        """Let a reading of a trip be sound whatever the limits say; nothing when it is, or there is no such reading."""
        odd = _found(command, known)
        return () if odd is None or odd.sound else _judged(command.vehicle_id, {odd.position: None})

    @staticmethod
    def withdraw(command: WithdrawReading, *, known: Sequence[Known]) -> tuple[Event, ...]:
        """Take back a reading of a trip; nothing when there is no such reading. Those around it are judged anew."""
        found = _found(command, known)
        if found is None:
            return ()
        withdrawn = ReadingWithdrawn(
            vehicle_id=command.vehicle_id, position=found.position, at=command.at, trip_id=command.trip_id
        )
        return (withdrawn, *_judged(command.vehicle_id, outvoted([one for one in known if one is not found])))

    def evolve(self, event: Event) -> Self:
        """Return the month's readings after `event`."""
        match event:
            case ReadingWithdrawn(at=at, trip_id=trip_id):
                others = (one for one in self.readings if (one.at, one.trip_id) != (at, trip_id))
                return msgspec.structs.replace(self, readings=tuple(others))
            case ReadingCorrected(km=km, at=at, trip_id=trip_id):
                others = (one for one in self.readings if (one.at, one.trip_id) != (at, trip_id))
                return msgspec.structs.replace(self, readings=(*others, Reading(km, at, trip_id)))
            case OdometerRead(km=km, at=at, trip_id=trip_id):
                return msgspec.structs.replace(self, readings=(*self.readings, Reading(km, at, trip_id)))
            case _:
                return self


def _found(command: AcceptReading | CorrectReading, known: Sequence[Known]) -> Known | None:
    """Return the reading that a trip brought at an instant."""
    of_trip = (one for one in known if (one.reading.at, one.reading.trip_id) == (command.at, command.trip_id))
    return next(of_trip, None)


def _judged(vehicle_id: UUID, anew: Mapping[int, Anomaly | None]) -> tuple[ReadingJudged, ...]:
    return tuple(ReadingJudged(vehicle_id=vehicle_id, position=at, anomaly=said) for at, said in anew.items())

"""Where a vehicle's chain of readings breaks: kilometres that no trip tells of, and trips that overlap.

Keys have one holder since a vehicle's trips exclude each other: trips that overlap come from before, in an old log.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations, pairwise
from uuid import UUID

import msgspec

from booking.keys.queries import Driven, driven
from booking.queries import BookingRow
from fleet.readings import first_reading
from kernel.period import LATEST
from usecases.actor import Actor

LOOKED_AT = 100
"""So many of the last trips of a vehicle are looked at."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Whole km that an odometer ran between two readings, the later one of a booking's keys, under no trip."""

    since: datetime
    until: datetime
    km: int
    booking_id: UUID


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Hours, and whole km, that two trips tell of: the one that began later, and the one that was not over by then.

    `km` is 0 where they share hours alone, and where readings are missing or look odd.
    """

    since: datetime
    until: datetime
    km: int
    booking_id: UUID
    earlier_booking_id: UUID


class Breaks(msgspec.Struct, frozen=True, kw_only=True):
    """Where a vehicle's chain of readings breaks: what no trip tells of, and what two trips do, the last first."""

    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]


def breaks(actor: Actor, vehicle_id: UUID, most: int | None = None) -> Breaks:
    """Return where a vehicle's chain of readings breaks, the last first, at `most` so many of each kind."""
    trips = driven(actor.connection, actor.coop_id, vehicle_id, before=LATEST, most=LOOKED_AT)
    found = [gap for later, earlier in pairwise(trips) if (gap := between(earlier, later))]
    first = _from_entry(actor, vehicle_id, trips) if len(trips) < LOOKED_AT else None
    unexplained = (*found, first) if first else tuple(found)
    return Breaks(gaps=unexplained[:most], overlaps=overlaps(trips, actor.now)[:most])


def gap_before(actor: Actor, booking: BookingRow) -> Gap | None:
    """Return the gap that the keys of a booking showed, `None` when they showed none."""
    if booking.started_at is None or booking.odometer_out_km is None:
        return None
    coop_id, vehicle_id = actor.coop_id, booking.vehicle_id
    before = driven(actor.connection, coop_id, vehicle_id, before=booking.started_at, most=1)
    trip = Driven(
        booking_id=booking.booking_id,
        since=booking.started_at,
        until=booking.ended_at,
        odometer_out_km=booking.odometer_out_km,
        odometer_in_km=booking.odometer_in_km,
        odd=booking.odd,
    )
    return between(before[0], trip) if before else _from_entry(actor, vehicle_id, [trip])


def between(earlier: Driven, later: Driven) -> Gap | None:
    """Return the gap between two trips, `None` when there is none, or the first was not over as the other began.

    By readings that look odd nothing is measured.
    """
    if earlier.until is None or earlier.odometer_in_km is None or earlier.until > later.since or earlier.odd:
        return None
    return _gap(earlier.until, earlier.odometer_in_km, later)


def overlaps(trips: Sequence[Driven], now: datetime) -> tuple[Overlap, ...]:
    """Return where trips of one vehicle, the last to begin first, overlap until now."""
    return tuple(
        Overlap(
            since=later.since,
            until=min(later.until or now, earlier.until or now),
            km=_told_twice(earlier, later),
            booking_id=later.booking_id,
            earlier_booking_id=earlier.booking_id,
        )
        for later, earlier in combinations(trips, 2)
        if later.since < min(later.until or now, earlier.until or now)
    )


def _told_twice(earlier: Driven, later: Driven) -> int:
    """Return the km that stand in both of two trips."""
    if earlier.odometer_in_km is None or later.odometer_in_km is None or earlier.odd or later.odd:
        return 0
    start = max(earlier.odometer_out_km, later.odometer_out_km)
    return max(min(earlier.odometer_in_km, later.odometer_in_km) - start, 0)


def _from_entry(actor: Actor, vehicle_id: UUID, trips: Sequence[Driven]) -> Gap | None:
    """Return the gap between a vehicle's entering service and its first trip."""
    first = first_reading(actor.connection, actor.coop_id, vehicle_id)
    return _gap(first.at, first.km, trips[-1]) if first and trips else None


def _gap(since: datetime, km: int, later: Driven) -> Gap | None:
    more = later.odometer_out_km - km
    if more <= 0 or later.odd:
        return None
    return Gap(since=since, until=later.since, km=more, booking_id=later.booking_id)

"""Where a vehicle's chain of readings breaks: kilometres that no trip tells of, and trips that overlap.

Keys have one holder since a vehicle's trips exclude each other: trips that overlap come from before, in an old log.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import msgspec

from booking.keys.queries import Driven, driven
from booking.queries import BookingRow
from booking.trip import trip_id
from fleet.readings import first_reading, flagged
from kernel.period import LATEST
from usecases.actor import Actor

Flagged = set[tuple[UUID | None, datetime]]
"""Readings that do not count, each by its trip and its hour."""

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
    odd = _flagged(actor, vehicle_id, trips)
    unexplained = tuple(_between(actor, vehicle_id, trips, odd, from_entry=len(trips) < LOOKED_AT))
    twice = tuple(_overlaps(trips, odd, actor.now))[::-1]
    return Breaks(gaps=unexplained[:most], overlaps=twice[:most])


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
    )
    trips = [trip, *before]
    odd = _flagged(actor, vehicle_id, trips)
    return next(_between(actor, vehicle_id, trips, odd, from_entry=not before), None)


def _between(
    actor: Actor, vehicle_id: UUID, trips: Sequence[Driven], odd: Flagged, *, from_entry: bool
) -> Iterator[Gap]:
    """Find the gaps between trips, the last first, and from the vehicle's entering service to the first of them.

    By a reading that the fleet flags nothing is measured; by the other one of a trip that waits for a yes it is.
    """
    for later, earlier in pairwise(trips):
        until, km = earlier.until, earlier.odometer_in_km
        if until is not None and km is not None and until <= later.since and _key(earlier, until) not in odd:
            yield from _gap(until, km, later, odd)
    first = first_reading(actor.connection, actor.coop_id, vehicle_id) if from_entry and trips else None
    if first:
        yield from _gap(first.at, first.km, trips[-1], odd)


def _gap(since: datetime, km: int, later: Driven, odd: Flagged) -> Iterator[Gap]:
    more = later.odometer_out_km - km
    if more > 0 and _key(later, later.since) not in odd:
        yield Gap(since=since, until=later.since, km=more, booking_id=later.booking_id)


def _overlaps(trips: Sequence[Driven], odd: Flagged, now: datetime) -> Iterator[Overlap]:
    """Find where trips of one vehicle overlap until now, the first to begin first: with each those not over by then."""
    running: list[Driven] = []
    for later in reversed(trips):
        running = [earlier for earlier in running if later.since < (earlier.until or now)]
        for earlier in running:
            until = min(later.until or now, earlier.until or now)
            if later.since < until:
                yield Overlap(
                    since=later.since,
                    until=until,
                    km=_told_twice(earlier, later, odd),
                    booking_id=later.booking_id,
                    earlier_booking_id=earlier.booking_id,
                )
        running.append(later)


def _told_twice(earlier: Driven, later: Driven, odd: Flagged) -> int:
    """Return the km that stand in both of two trips."""
    if earlier.odometer_in_km is None or later.odometer_in_km is None:
        return 0
    if not odd.isdisjoint(_key(trip, at) for trip in (earlier, later) for at in (trip.since, trip.until) if at):
        return 0
    start = max(earlier.odometer_out_km, later.odometer_out_km)
    return max(min(earlier.odometer_in_km, later.odometer_in_km) - start, 0)


def _flagged(actor: Actor, vehicle_id: UUID, trips: Sequence[Driven]) -> Flagged:
    return flagged(actor.connection, actor.coop_id, vehicle_id, since=trips[-1].since) if trips else set()


def _key(trip: Driven, at: datetime) -> tuple[UUID | None, datetime]:
    """Return by what the fleet knows a reading of a trip."""
    return trip_id(trip.booking_id), at

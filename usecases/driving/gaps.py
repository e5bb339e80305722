"""Kilometres that no trip tells of: what an odometer showed more, as keys were taken, than as they came back."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
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


def gaps(actor: Actor, vehicle_id: UUID) -> tuple[Gap, ...]:
    """Return the gaps in a vehicle's chain of readings, the last one first."""
    trips = driven(actor.connection, actor.coop_id, vehicle_id, before=LATEST, most=LOOKED_AT)
    found = [gap for later, earlier in pairwise(trips) if (gap := between(earlier, later))]
    first = _from_entry(actor, vehicle_id, trips) if len(trips) < LOOKED_AT else None
    return (*found, first) if first else tuple(found)


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


def _from_entry(actor: Actor, vehicle_id: UUID, trips: Sequence[Driven]) -> Gap | None:
    """Return the gap between a vehicle's entering service and its first trip."""
    first = first_reading(actor.connection, actor.coop_id, vehicle_id)
    return _gap(first.at, first.km, trips[-1]) if first and trips else None


def _gap(since: datetime, km: int, later: Driven) -> Gap | None:
    more = later.odometer_out_km - km
    if more <= 0 or later.odd:
        return None
    return Gap(since=since, until=later.since, km=more, booking_id=later.booking_id)

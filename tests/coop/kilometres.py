"""What a vehicle ran, from its first reading that counts to the last, as bookings, books and its chain tell of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from booking.read_models import bookings
from booking.trip import trip_id
from fleet.read_models import readings
from ledger.entries.causes.trip import TripCharge
from ledger.entries.read_models import ledger_entries
from usecases.actor import Actor
from usecases.driving.gaps import breaks


def each_is_told_of(actor: Actor, connection: Connection) -> None:
    """What its odometer ran is charged, held, driven for nothing, shown as told of by none, or in doubt.

    In doubt is what lies between two readings that count, where one that the fleet flags, or that is not told yet,
    stands between them, less what an accepted reading went back. Counted are the readings that trips bring.
    Its own chain shows what its trips do, set right too.
    """
    mine = (bookings.c.coop_id == actor.coop_id, bookings.c.started_at.is_not(None))
    by_vehicle: dict[UUID, list[Any]] = {}
    for row in connection.execute(select(bookings).where(*mine).order_by(bookings.c.started_at)):
        by_vehicle.setdefault(row.vehicle_id, []).append(row)
    charged = _charged(connection, actor.coop_id)
    for vehicle_id, trips in by_vehicle.items():
        its = readings.c.coop_id == actor.coop_id, readings.c.vehicle_id == vehicle_id
        chain = connection.execute(select(readings).where(*its).order_by(readings.c.at, readings.c.position)).all()
        ends = _ends(chain, trips)
        steps = [chain[0], *(end for trip in trips for end in ends[trip.booking_id])]
        sound = [end for end in steps if end and end.anomaly is None]
        count = [trip for trip in trips if all(end and end.anomaly is None for end in ends[trip.booking_id])]
        held = sum(_km(trip) for trip in count if trip.odd)
        paid = sum(charged.get(trip_id(trip.booking_id), 0) for trip in count)
        free = sum(_km(trip) for trip in count if not trip.odd and trip_id(trip.booking_id) not in charged)
        found = breaks(actor, vehicle_id)
        assert not found.overlaps
        unexplained = sum(gap.km for gap in found.gaps)
        ran = sound[-1].km - sound[0].km
        assert paid + held + free + unexplained + _in_doubt(steps[steps.index(sound[0]) :]) == ran, vehicle_id


def _charged(connection: Connection, coop_id: UUID) -> dict[UUID, int]:
    """Return the km that trips are charged for, as the books say."""
    stand = ledger_entries.c.coop_id == coop_id, ledger_entries.c.reversed_by.is_(None)
    query = select(ledger_entries.c.because).where(ledger_entries.c.kind == "trip", *stand)
    charges = [msgspec.json.decode(because, type=TripCharge) for because in connection.execute(query).scalars()]
    assert len({charge.trip_id for charge in charges}) == len(charges)
    return {charge.trip_id: charge.km for charge in charges}


def _ends(chain: Sequence[Any], trips: Sequence[Any]) -> dict[UUID, list[Any]]:
    """Return both readings of each trip, which are what it says; `None` for the last of one under way."""
    by_end = {(row.trip_id, row.at): row for row in chain}
    ends: dict[UUID, list[Any]] = {}
    for trip in trips:
        of = trip_id(trip.booking_id)
        first, last = by_end[of, trip.started_at], by_end.get((of, trip.ended_at))
        assert (first.km, last and last.km) == (trip.odometer_out_km, trip.odometer_in_km)
        ends[trip.booking_id] = [first, last]
    return ends


def _in_doubt(steps: Sequence[Any]) -> int:
    """Return the km between readings that count, past others that do not; less where what counts went back."""
    km, last, past = 0, steps[0], False
    for one in steps[1:]:
        if one is None or one.anomaly is not None:
            past = True
            continue
        if past or (one.trip_id != last.trip_id and one.km < last.km):
            km += one.km - last.km
        last, past = one, False
    return km


def _km(trip: Any) -> int:
    return int(trip.odometer_in_km - trip.odometer_out_km)

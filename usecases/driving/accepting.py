"""Who may say that readings are right though they look odd: never one who typed any of them; and who gains by it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from booking.queries import BookingRow, odd_trips, typists
from booking.trip import trip_id
from fleet.queries import shares_of
from governance.queries import roles_of
from governance.roles import Role, holders
from kernel.period import Period
from ledger.entries.causes.fuel import fuel_id
from ledger.entries.causes.trip import TripCharge, charge_id
from ledger.entries.queries import entries_of
from ledger.pricing.price import minutes_charged_for, price
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import rate_at
from usecases.actor import Actor


class OfBooking(Protocol):
    """A trip: the booking it was made of, and its vehicle."""

    @property
    def booking_id(self) -> UUID:
        """The booking."""

    @property
    def vehicle_id(self) -> UUID:
        """The vehicle."""


def may_accept(actor: Actor, booking: BookingRow) -> bool:
    """Tell whether the reader may say that readings are right though they look odd."""
    return bool(_accepted_by(actor, [booking]))


def trips_to_accept(actor: Actor) -> list[BookingRow]:
    """Return the trips that wait for a yes to their readings which the reader may give, the first to end first."""
    rows = odd_trips(actor.connection, actor.keyring, actor.coop_id, actor.me)
    return _accepted_by(actor, rows) if rows else []


def _accepted_by(actor: Actor, trips: Sequence[BookingRow]) -> list[BookingRow]:
    who = acceptors(actor.connection, actor.coop_id, trips, actor.now, among={actor.me})
    return [trip for trip in trips if any(actor.me in some for some in who[trip.booking_id])]


def acceptors(
    connection: Connection, coop_id: UUID, trips: Collection[OfBooking], at: datetime, *, among: Collection[UUID]
) -> dict[UUID, tuple[frozenset[UUID], frozenset[UUID]]]:
    """Return, by booking, who may accept its readings: the vehicle's owners, and who may answer for them.

    Those are référents and treasurers; where none of all these is free of having typed a reading, the members `among`
    some who are: else it would wait for ever.
    """
    typed = typists(connection, coop_id, {trip.booking_id for trip in trips})
    shares = shares_of(connection, coop_id, {trip.vehicle_id for trip in trips})
    held = holders(roles_of(connection, coop_id, at), Role.REFERENT, Role.TREASURER)
    found = {}
    for trip in trips:
        owners = frozenset(owner.member_id for owner in shares[trip.vehicle_id]) - typed[trip.booking_id]
        trusted = held - typed[trip.booking_id]
        found[trip.booking_id] = owners, trusted if owners or trusted else frozenset(among) - typed[trip.booking_id]
    return found


def gaining_by_readings(actor: Actor, trip: BookingRow, km: int | None, *, due: bool) -> frozenset[UUID]:
    """Return who gains where a trip is charged anew for so many km, or for none while that is not `due`.

    Its driver, where it comes to less than what it is charged now, with the energy she is given back by it; who
    receives its price, where it comes to more.
    """
    tariff = tariffs(actor.connection, actor.coop_id, actor.now, [trip.vehicle_id]).get(trip.vehicle_id)
    if tariff is None or trip.agreed_at is None or trip.started_at is None or trip.ended_at is None or km is None:
        return frozenset()
    receivers = frozenset(account for account, weight in tariff.receivers.items() if weight)
    minutes = minutes_charged_for(trip.period, Period(trip.started_at, trip.ended_at))
    costs = price(rate_at(tariff.rates, trip.agreed_at), max(km, 0), minutes).amount.cents
    charged, energy = _stands(actor, trip)
    more = (costs - energy if due else 0) - charged
    if more == 0 or receivers == {trip.driver_id}:
        return frozenset()
    return receivers - {trip.driver_id} if more > 0 else frozenset({trip.driver_id})


def _stands(actor: Actor, trip: BookingRow) -> tuple[int, int]:
    """Return the cents a trip is charged now, and those paid for energy on it that are not given back yet."""
    of_trip = trip_id(trip.booking_id)
    charge, energy = charge_id(of_trip, trip.revision), fuel_id(of_trip, trip.first_revision)
    known = {row.entry_id: row for row in entries_of(actor.connection, actor.coop_id, (charge, energy))}
    because = known[charge].because if charge in known and not known[charge].reversed_by else None
    left = 0 if energy in known else trip.energy_paid_cents or 0
    return because.cents if isinstance(because, TripCharge) else 0, left

"""Who may say that readings are right though they look odd: never one who typed any of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from booking.queries import BookingRow, odd_trips, typists
from fleet.queries import shares_of
from governance.queries import roles_of
from governance.roles import Role, holders
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

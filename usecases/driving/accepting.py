"""Who may say that readings are right though they look odd: never one who typed any of them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from booking.queries import BookingRow, typists
from fleet.queries import owner_shares
from governance.queries import roles_of
from governance.roles import Role, holders
from usecases.actor import Actor


def may_accept(actor: Actor, booking: BookingRow) -> bool:
    """Tell whether the reader may say that readings are right though they look odd."""
    trip = (booking.vehicle_id, booking.booking_id)
    owners, others = acceptors(actor.connection, actor.coop_id, *trip, actor.now, among={actor.me})
    return actor.me in owners | others


def acceptors(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, booking_id: UUID, at: datetime, *, among: Iterable[UUID]
) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Return who may accept the readings of a trip: the vehicle's owners, and who may answer for them.

    Those are référents and treasurers; where none of all these is free of having typed a reading, the members `among`
    some who are: else it would wait for ever.
    """
    typed = typists(connection, coop_id, booking_id)
    owners = frozenset(owner.member_id for owner in owner_shares(connection, coop_id, vehicle_id)) - typed
    trusted = holders(roles_of(connection, coop_id, at), Role.REFERENT, Role.TREASURER) - typed
    return owners, trusted if owners or trusted else frozenset(among) - typed

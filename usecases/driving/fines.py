"""Who drove, for a fine: what is kept sealed of a driver who was erased, opened by a référent whose reason all read."""

from datetime import datetime
from uuid import UUID

import msgspec

from booking.queries import BookingRow
from governance.application import Governance
from governance.commands import OpenSealedDriver, Reason
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.refused import Refused
from people.limits import OPENED
from people.sealed_drivers import KeptDriver, kept_until, sealed_driver
from usecases.actor import Actor
from usecases.driving.trips import booking_of


class DriverForgotten(Refused):
    """Nothing is kept any more of who made this trip."""


class ForAFine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why who drove is looked up: the fine, by its number or its day. All members read it."""

    reason: Reason


class WhoDrove(msgspec.Struct, frozen=True, kw_only=True):
    """Who had the keys of a vehicle from when until when, for whoever answers a fine."""

    booking_id: UUID
    vehicle_id: UUID
    started_at: datetime
    ended_at: datetime
    name: str
    email: str
    phone: str | None


def may_open_driver(actor: Actor, booking: BookingRow, driver_name: str | None) -> bool:
    """Tell whether the reader may open who made a trip: a référent, of a driver erased of whom it is still kept."""
    return driver_name is None and actor.holds(Role.REFERENT) and _kept(actor, booking) is not None


def who_drove(actor: Actor, booking_id: UUID, why: ForAFine, asked: Asked) -> WhoDrove:
    """Open who made a booking's trip, and note in the log who asked and why.

    Refuses with `DriverForgotten`, `TooManyOpened`, and as governance does.
    """
    booking = booking_of(actor, booking_id)
    driver = _kept(actor, booking)
    if driver is None or booking.started_at is None or booking.ended_at is None:
        raise DriverForgotten
    command = OpenSealedDriver(
        coop_id=actor.coop_id, member_id=booking.driver_id, booking_id=booking_id, reason=why.reason
    )

    def work(within: Actor) -> Done:
        return Governance(within.history).open_sealed_driver(command, asked)

    actor.counted(OPENED, command, asked, work)
    return WhoDrove(
        booking_id=booking_id,
        vehicle_id=booking.vehicle_id,
        started_at=booking.started_at,
        ended_at=booking.ended_at,
        name=driver.name,
        email=driver.email,
        phone=driver.phone,
    )


def _kept(actor: Actor, booking: BookingRow) -> KeptDriver | None:
    """Return what is kept of the driver of a trip; nothing of one too old for a fine, though later ones be kept."""
    if booking.ended_at is None or actor.now >= kept_until(booking.ended_at):
        return None
    return sealed_driver(actor.connection, actor.keyring, actor.coop_id, booking.driver_id)

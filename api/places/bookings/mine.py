"""My bookings and trips: what is to come, a month's calendar, what is done."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from api.places.bookings.month import Month, month_asked
from api.places.bookings.new import BOOKINGS
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from booking.queries import BookingRow, bookings_slice, bookings_to_come
from fleet.queries import VehicleLook, vehicle_looks
from kernel.money import Money
from kernel.slice import Slice, Wanted
from usecases.actor import Actor
from usecases.driving.lateness import cancelled_late
from usecases.driving.trip_history import charges
from usecases.driving.trips import State, state_of

SHOWN = 30


class Trip(msgspec.Struct, frozen=True, kw_only=True):
    """A booking in a list; `charge` is `None` until its trip is over and priced."""

    booking: BookingRow
    state: State
    vehicle: VehicleLook
    charge: Money | None


class MyTrips(View, frozen=True, kw_only=True):
    """My trips. `older` are those after a first slice, `after` the cursor of still older ones."""

    template: ClassVar[str] = "bookings/mine.html"

    coming: Sequence[Trip]
    past: Sequence[Trip]
    month: Month
    older: bool
    after: str | None
    cancelled_late: int


@page(BOOKINGS, who="member")
def my_trips(visit: Visit) -> Page:
    """My bookings to come and past, as a list and on a month's calendar; older ones by slices."""
    actor, after = visit.actor, visit.sent.query.get("after")
    found = my_bookings(actor, Wanted(after=after or None, limit=SHOWN))
    coming = bookings_to_come(actor.connection, actor.keyring, actor.coop_id, actor.me, actor.now)
    ahead = {booking.booking_id for booking in coming}
    past = [booking for booking in found.items if booking.booking_id not in ahead]
    view = MyTrips(
        coming=_trips(actor, coming),
        past=_trips(actor, past),
        month=month_asked(actor, visit.sent.query.get("month", "")),
        older=bool(after),
        after=found.after,
        cancelled_late=cancelled_late(actor, actor.me).count,
    )
    return Page(view)


@question(BOOKINGS, who="member")
def my_bookings(actor: Actor, query: Wanted) -> Slice[BookingRow]:
    """My bookings and trips, the latest to start first."""
    return bookings_slice(actor.connection, actor.keyring, actor.coop_id, actor.me, after=query.after, most=query.limit)


def _trips(actor: Actor, bookings: Sequence[BookingRow]) -> list[Trip]:
    looks = vehicle_looks(actor.connection, actor.coop_id, (booking.vehicle_id for booking in bookings))
    charged = charges(actor, actor.me, bookings)
    return [
        Trip(
            booking=booking,
            state=state_of(booking, actor.now),
            vehicle=looks[booking.vehicle_id],
            charge=charged[booking.booking_id].total if booking.booking_id in charged else None,
        )
        for booking in bookings
    ]

"""Booking a vehicle: its hours and its price confirmed; when it cannot be had, what else is free then."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from api.places import COOP
from api.places.vehicles.finding.availability import MOST_OFFERS, position_said
from api.places.vehicles.finding.distance import distance_asked, together
from api.places.vehicles.finding.hours import hours_asked
from api.speech.refusals import why
from api.web.acts import Undo, act
from api.web.answers import Page, Refusal, View
from api.web.routes import page
from api.web.visit import Visit
from booking.application import Bookings
from booking.commands import BookVehicle
from kernel.command import Asked, Done
from kernel.period import Period
from kernel.refused import Unknown
from kernel.text import N_
from usecases.actor import Actor
from usecases.finding.availability import Availability, availability

BOOKINGS = f"{COOP}/bookings"
EXAMPLE = {
    "vehicle_id": "0b1f7c1e-6c1a-5d6f-9a53-3f6a4d1f2b11",
    "period": {"start": "2026-12-04T18:00:00+01:00", "end": "2026-12-04T20:00:00+01:00"},
    "destination": "Crest, marché",
}


class NewBooking(View, frozen=True, kw_only=True):
    """A vehicle for the hours wanted; when it cannot be had, the others that can: the nearest, or all unless `more`.

    Of hours that are `misread` nothing is offered, nor is anything instead of what is `mine` already.
    """

    template: ClassVar[str] = "bookings/new.html"

    offer: Availability
    period: Period
    misread: bool
    mine: UUID | None
    alternatives: Sequence[Availability]
    more: bool


@page(f"{BOOKINGS}/new", who="member")
def new_booking(visit: Visit) -> Page:
    """Confirm hours and price; when refused, show what else is free then."""
    vehicle_id = _vehicle_wanted(visit)
    hours = hours_asked(visit)
    distance = distance_asked(visit, hours.period)
    offers = availability(visit.actor, hours.period, position_said(visit), distance.km)
    offer = next((other for other in offers if other.vehicle_id == vehicle_id), None)
    if offer is None:
        raise Unknown
    misread, mine = hours.refused is not None, _mine(offer)
    others = [] if offer.free or misread or mine else [other for other in offers if other.free]
    view = NewBooking(
        offer=offer,
        period=hours.period,
        misread=misread,
        mine=mine,
        alternatives=others[:MOST_OFFERS],
        more=len(others) > MOST_OFFERS,
    )
    cannot = Refusal(why(offer.why_not, visit.words)) if offer.why_not and not mine else None
    return Page(view, refused=together(hours.refused, distance.refused) or cannot, keeps=distance.keeps)


@act(
    BOOKINGS,
    who="member",
    page=new_booking,
    said=N_("It is noted."),
    then="/coops/{coop_id}/bookings/{id}",
    undo=Undo("/coops/{coop_id}/bookings/{id}/cancellation", soon=True),
    example=EXAMPLE,
)
def book_vehicle(actor: Actor, command: BookVehicle, asked: Asked) -> Done:
    """Hold hours of a vehicle for me."""
    return Bookings(actor.history).book_vehicle(command, asked, actor.my_coop.time_zone)


def _mine(offer: Availability) -> UUID | None:
    """Return the booking by which the reader has the vehicle at these hours already, `None` when she has none."""
    mine: UUID | None = offer.why_not.details.get("booking_id") if offer.why_not else None
    return mine


def _vehicle_wanted(visit: Visit) -> UUID:
    """Return which vehicle is asked for, in the form or in the address; `Unknown` when none is."""
    vehicle_id = visit.given_id("vehicle_id")
    if vehicle_id is None:
        raise Unknown
    return vehicle_id

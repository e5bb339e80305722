"""Giving hours back."""

from api.places.bookings.one import BACK, BOOKING, show_booking
from api.web.acts import act
from booking.application import Bookings
from booking.commands import CancelBooking
from kernel.command import Asked, Done
from kernel.text import N_
from usecases.actor import Actor
from usecases.driving.trips import drives_booking


@act(
    f"{BOOKING}/cancellation",
    who=drives_booking,
    page=show_booking,
    said=N_("Cancelled. The hours are free for the others."),
    then=BACK,
    example={},
)
def cancel_booking(actor: Actor, command: CancelBooking, asked: Asked) -> Done:
    """Give my hours back."""
    return Bookings(actor.history).cancel_booking(command, asked)

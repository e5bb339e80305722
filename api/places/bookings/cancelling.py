"""Giving hours back."""

from api.places.bookings.one import BACK, BOOKING, show_booking
from api.web.acts import act, undo_of
from booking.application import Bookings
from booking.commands import CancelBooking, UndoCancellation
from booking.undoing.application import Undoing
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


@undo_of(cancel_booking, said=N_("Undone: the hours are yours again."))
def undo_cancellation(actor: Actor, command: UndoCancellation, asked: Asked) -> Done:
    """Take back that I gave my hours back, a moment ago."""
    return Undoing(actor.history).undo_cancellation(command, asked)

"""Saying, of hours that are over, that nobody drove: the booking ends there, a week before it would by itself."""

from api.places.bookings.one import BACK, BOOKING, show_booking
from api.web.acts import act, undo_of
from booking.application import Bookings
from booking.commands import SayUndriven, UndoUndriven
from booking.undoing.application import Undoing
from kernel.command import Asked, Done
from kernel.text import N_
from usecases.actor import Actor
from usecases.driving.trips import drives_booking


@act(
    f"{BOOKING}/not-driven",
    who=drives_booking,
    page=show_booking,
    said=N_("Noted: nobody drove. Nothing is charged."),
    then=BACK,
    example={},
)
def say_undriven(actor: Actor, command: SayUndriven, asked: Asked) -> Done:
    """Say that I did not drive in the hours that I had booked, once they are over."""
    return Bookings(actor.history).say_undriven(command, asked)


@undo_of(say_undriven, said=N_("Undone: tell what happened."))
def undo_undriven(actor: Actor, command: UndoUndriven, asked: Asked) -> Done:
    """Take back that I said, a moment ago, that I did not drive."""
    return Undoing(actor.history).undo_undriven(command, asked)

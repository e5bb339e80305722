"""Answering a request for a vehicle one answers for: yes, or no with a reason or without."""

from api.places import COOP
from api.places.bookings.one import BACK, BOOKING, show_booking
from api.web.acts import act, undo_of
from api.web.routes import question
from booking.application import Bookings
from booking.commands import ApproveBooking, RefuseBooking, UndoApproval, UndoRefusal
from booking.queries import BookingRow, requests_slice
from booking.undoing.application import Undoing
from kernel.command import Asked, Done
from kernel.slice import Slice, Wanted
from kernel.text import N_
from usecases.actor import Actor
from usecases.driving.trips import answers_booking


@question(f"{COOP}/requests", who="member")
def requests(actor: Actor, query: Wanted) -> Slice[BookingRow]:
    """The requests that wait for my yes or no, oldest first."""
    return requests_slice(actor.connection, actor.keyring, actor.coop_id, actor.me, after=query.after, most=query.limit)


@act(
    f"{BOOKING}/approval",
    who=answers_booking,
    page=show_booking,
    said=N_("You said yes. They get a mail."),
    then=BACK,
    example={},
)
def approve_booking(actor: Actor, command: ApproveBooking, asked: Asked) -> Done:
    """Say yes to a request for my vehicle."""
    return Bookings(actor.history).approve_booking(command, asked)


@undo_of(approve_booking, said=N_("Undone: the request waits for your answer again. They get a mail."))
def undo_approval(actor: Actor, command: UndoApproval, asked: Asked) -> Done:
    """Take back the yes that I said a moment ago."""
    return Undoing(actor.history).undo_approval(command, asked)


@act(
    f"{BOOKING}/refusal",
    who=answers_booking,
    page=show_booking,
    said=N_("You said no. They get a mail."),
    then=BACK,
    example={"reason": "Je pars ce week-end."},
)
def refuse_booking(actor: Actor, command: RefuseBooking, asked: Asked) -> Done:
    """Say no to a request for my vehicle."""
    return Bookings(actor.history).refuse_booking(command, asked)


@undo_of(refuse_booking, said=N_("Undone: the request waits for your answer again. They get a mail."))
def undo_refusal(actor: Actor, command: UndoRefusal, asked: Asked) -> Done:
    """Take back the no that I said a moment ago."""
    return Undoing(actor.history).undo_refusal(command, asked)

"""When what a letter told of was undone, or hours given back that somebody had said yes to, a second letter tells."""

from booking.events import BookingCancelled, BookingPutBack, TripPutBack
from booking.queries import BookingRow, booking
from governance.events import ProposalWithdrawn
from governance.votes.queries import electorate_of
from kernel.event import Event, Recorded
from kernel.log.history import History
from ledger.settlement.events import PlanLinePutBack
from processes.write_letters import name_of, tell, tell_between


def tell_given_back(recorded: Recorded[BookingCancelled], history: History) -> None:
    """Tell those who were asked for their vehicle that its hours are free again."""
    held = _held(recorded, history)
    facts = _of_booking(recorded, history, held) | {"driver_id": str(held.driver_id)}
    tell(recorded, history, "booking_cancelled", held.approvers, facts)


def tell_put_back(recorded: Recorded[BookingPutBack], history: History) -> None:
    """Tell the driver that her request waits again, or those who were asked for their vehicle that it is held again."""
    held, undone = _held(recorded, history), recorded.event.undone
    facts = _of_booking(recorded, history, held)
    if undone in ("approval", "refusal"):
        tell(recorded, history, "answer_undone", (held.driver_id,), facts)
    elif undone == "cancellation":
        until = held.answer_until.isoformat() if held.status == "requested" and held.answer_until else ""
        facts |= {"driver_id": str(held.driver_id), "until": until}
        tell(recorded, history, "booking_held_again", held.approvers, facts)


def tell_trip_goes_on(recorded: Recorded[TripPutBack], history: History) -> None:
    """Tell a driver whose trip ended as she gave the keys that they were not taken after all."""
    trip = recorded.event
    if trip.undone != "return" or recorded.by is None or recorded.by == trip.driver_id:
        return
    facts = {
        "about": str(trip.booking_id),
        "by_id": str(recorded.by),
        "vehicle": name_of(recorded, history, trip.vehicle_id),
    }
    tell(recorded, history, "keys_not_passed_on", (trip.driver_id,), facts)


def tell_no_vote(recorded: Recorded[ProposalWithdrawn], history: History) -> None:
    """Tell everyone who was called to vote that the proposal was taken back."""
    facts = {"about": str(recorded.stream_id), **({"by_id": str(recorded.by)} if recorded.by else {"by_name": ""})}
    electorate = electorate_of(history.connection, recorded.coop_id, recorded.stream_id)
    tell(recorded, history, "proposal_withdrawn", electorate, facts)


def tell_not_denied(recorded: Recorded[PlanLinePutBack], history: History) -> None:
    """Tell those between whom a transfer is that it is no longer said that it has not come."""
    if recorded.event.undone == "denial":
        tell_between(recorded, history, "denial_undone", recorded.event.line_id)


def _held(recorded: Recorded[Event], history: History) -> BookingRow:
    held = booking(history.connection, history.keyring, recorded.coop_id, recorded.stream_id)
    if held is None:
        raise LookupError(f"no booking {recorded.stream_id}")
    return held


def _of_booking(recorded: Recorded[Event], history: History, held: BookingRow) -> dict[str, str]:
    return {
        "about": str(recorded.stream_id),
        "vehicle": name_of(recorded, history, held.vehicle_id),
        "start": held.period.start.isoformat(),
        "end": held.period.end.isoformat(),
    }

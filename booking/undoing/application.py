"""The door for undoing."""

from collections.abc import Sequence
from functools import partial

from booking.application import keys_taken
from booking.booking import Booking
from booking.commands import UndoApproval, UndoCancellation, UndoKeys, UndoRefusal, UndoReturn, UndoUndriven
from booking.events import UndoneAtBooking
from booking.hours.queries import promised_within
from booking.keys.queries import keys_of, passed_on_by
from booking.trip import Trip, trip_id
from booking.undoing.decisions import put_back, undo_keys, undo_return
from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.history import History
from kernel.log.transaction import Transaction
from kernel.refused import Unknown

UndoAtBooking = UndoCancellation | UndoApproval | UndoRefusal | UndoUndriven


class Undoing(Door):
    """Everything that can be undone at a booking or its trip, for ten minutes, by who did it."""

    def undo_cancellation(self, command: UndoCancellation, asked: Asked) -> Done:
        """Hold the hours again that were given back."""
        return self._put_back(command, asked, "cancellation")

    def undo_approval(self, command: UndoApproval, asked: Asked) -> Done:
        """Let a request wait for an answer again that was approved."""
        return self._put_back(command, asked, "approval")

    def undo_refusal(self, command: UndoRefusal, asked: Asked) -> Done:
        """Let a request wait for an answer again that was refused."""
        return self._put_back(command, asked, "refusal")

    def undo_undriven(self, command: UndoUndriven, asked: Asked) -> Done:
        """Let a booking be told of again of which it was said that nobody drove."""
        return self._put_back(command, asked, "not_driven")

    def undo_keys(self, command: UndoKeys, asked: Asked) -> Done:
        """Let keys not have been taken; the trip that ended with them, of who gave them, goes on."""

        def both(joined: History) -> Done:
            joined.hold(command.booking_id)
            trip = trip_id(command.booking_id)
            given = passed_on_by(joined.connection, command.coop_id, command.booking_id)
            done = joined.change(
                Trip,
                trip,
                command,
                asked,
                lambda _, transaction: undo_keys(transaction.last_act(Trip, trip), by=asked.by, at=asked.at),
            )
            if done.changed and given:
                undo = UndoReturn(coop_id=command.coop_id, booking_id=given)
                Undoing(joined).undo_return(undo, asked.part("give back"))
            return done

        return self._history.together(both)

    def undo_return(self, command: UndoReturn, asked: Asked) -> Done:
        """Let a trip go on that had ended: its keys are out again, its hours held."""

        def decide(trip: Trip, transaction: Transaction) -> Sequence[Event]:
            if trip.ended is None:
                return undo_return(last(transaction), by=asked.by, at=asked.at, next_has_keys=False, taken=())
            vehicle_id, booked = trip.ended.vehicle_id, trip.ended.booked
            transaction.hold(vehicle_id)
            of_vehicle = transaction.connection, command.coop_id, vehicle_id
            return undo_return(
                last(transaction),
                by=asked.by,
                at=asked.at,
                next_has_keys=keys_of(*of_vehicle) is not None,
                taken=promised_within(*of_vehicle, booked),
            )

        trip = trip_id(command.booking_id)
        last = partial(Transaction.last_act, kind=Trip, stream_id=trip)
        return self._history.change(Trip, trip, command, asked, decide)

    def _put_back(self, command: UndoAtBooking, asked: Asked, undone: UndoneAtBooking) -> Done:
        booking_id = command.booking_id

        def decide(booking: Booking, transaction: Transaction) -> Sequence[Event]:
            if booking.period is None:
                raise Unknown
            started = keys_taken(transaction, booking_id)
            transaction.hold(booking.vehicle_id)
            of_vehicle = transaction.connection, command.coop_id, booking.vehicle_id
            return put_back(
                transaction.last_act(Booking, booking_id),
                undone,
                by=asked.by,
                at=asked.at,
                trip_started=started,
                taken=[] if booking.holds else promised_within(*of_vehicle, booking.period),
            )

        return self._history.change(Booking, booking_id, command, asked, decide)

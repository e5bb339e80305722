"""The door for writing: one short method per command."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from booking.booking import Booking
from booking.calendar import Calendar, Driver, HouseRules
from booking.commands import (
    AcceptReadings,
    AdmitDriver,
    ApproveBooking,
    BookVehicle,
    CancelBooking,
    CloseCalendar,
    CloseUndriven,
    CorrectReadings,
    ExpireRequest,
    LimitCalendar,
    NoteOwing,
    OpenCalendar,
    RefuseBooking,
    RemoveDriver,
    ReturnVehicle,
    SayUndriven,
    SetHouseRules,
    SuspendDriver,
    TakeKeys,
)
from booking.events import VehicleBooked
from booking.hours.queries import active_bookings, taken_near
from booking.keys.queries import around, passed_on
from booking.policies import NoRulesYet, NotADriver, Wish
from booking.setting_right import accept, correct
from booking.trip import Trip, check_paid, gives_no_keys, trip_id
from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.history import History
from kernel.log.transaction import Transaction
from kernel.period import EARLIEST, LATEST
from kernel.refused import NotYours, Unknown, Unlikely


class Bookings(Door):
    """Everything booking can do."""

    def open_calendar(self, command: OpenCalendar, asked: Asked) -> Done:
        """Let a vehicle be booked."""
        return self._start(Calendar, calendar_id(command.vehicle_id), command, asked, Calendar.start)

    def limit_calendar(self, command: LimitCalendar, asked: Asked) -> Done:
        """Let a vehicle be booked only while its papers hold."""
        return self._change(Calendar, calendar_id(command.vehicle_id), command, asked, Calendar.limit)

    def close_calendar(self, command: CloseCalendar, asked: Asked) -> Done:
        """Take no new bookings for a vehicle; those promised stay."""
        return self._change(Calendar, calendar_id(command.vehicle_id), command, asked, Calendar.close)

    def admit_driver(self, command: AdmitDriver, asked: Asked) -> Done:
        """Let a member book."""
        return self._start(Driver, driver_stream(command.driver_id), command, asked, Driver.admit)

    def remove_driver(self, command: RemoveDriver, asked: Asked) -> Done:
        """Let a member no longer book."""
        return self._change(Driver, driver_stream(command.driver_id), command, asked, Driver.remove)

    def suspend_driver(self, command: SuspendDriver, asked: Asked) -> Done:
        """Let a member book nothing new until an instant, or again."""
        return self._start(Driver, driver_stream(command.driver_id), command, asked, Driver.suspend)

    def note_owing(self, command: NoteOwing, asked: Asked) -> Done:
        """Say since when a member owes more than she may, or that she does no more."""
        return self._start(Driver, driver_stream(command.driver_id), command, asked, Driver.note_owing)

    def set_house_rules(self, command: SetHouseRules, asked: Asked) -> Done:
        """Apply rules to bookings of a vehicle asked from now on."""
        return self._start(HouseRules, rules_stream(command.vehicle_id), command, asked, HouseRules.set)

    def book_vehicle(self, command: BookVehicle, asked: Asked, zone: str) -> Done:
        """Hold hours of a vehicle for the member who asks; `zone` is the co-op's. Raises the house rule in the way."""

        def decide(booking: Booking, transaction: Transaction) -> Sequence[Event]:
            if asked.by is None:
                raise NotADriver
            transaction.hold(command.vehicle_id, asked.by)
            rules = transaction.read(HouseRules, rules_stream(command.vehicle_id)).rules
            connection, coop = transaction.connection, command.coop_id
            wish = Wish(
                period=command.period,
                at=asked.at,
                zone=ZoneInfo(zone),
                calendar=transaction.read(Calendar, calendar_id(command.vehicle_id)),
                driver=transaction.read(Driver, driver_stream(asked.by)),
                rules=rules,
                taken=taken_near(connection, coop, command.vehicle_id, command.period, rules),
                active_bookings=active_bookings(connection, coop, asked.by, asked.at),
            )
            destination = command.destination and transaction.seal(asked.by, command.destination)
            return booking.book(command, by=asked.by, wish=wish, destination=destination or None)

        vehicle_id = command.vehicle_id
        beside = [calendar_id(vehicle_id), rules_stream(vehicle_id), *([driver_stream(asked.by)] if asked.by else [])]
        return self._history.start(Booking, asked.command_id, command, asked, decide, beside=beside)

    def approve_booking(self, command: ApproveBooking, asked: Asked) -> Done:
        """Say yes to a request."""
        approve = partial(Booking.approve, by=asked.by, at=asked.at)
        return self._change(Booking, command.booking_id, command, asked, approve)

    def refuse_booking(self, command: RefuseBooking, asked: Asked) -> Done:
        """Say no to a request."""

        def decide(booking: Booking, transaction: Transaction) -> Sequence[Event]:
            reason = transaction.seal(asked.by, command.reason) if asked.by and command.reason else None
            return booking.refuse(by=asked.by, reason=reason)

        return self._history.change(Booking, command.booking_id, command, asked, decide)

    def expire_request(self, command: ExpireRequest, asked: Asked) -> Done:
        """Free the hours of a request nobody answered in time."""
        return self._change(Booking, command.booking_id, command, asked, partial(Booking.expire, at=asked.at))

    def cancel_booking(self, command: CancelBooking, asked: Asked) -> Done:
        """Give hours back."""

        def decide(booking: Booking, transaction: Transaction) -> Sequence[Event]:
            started = keys_taken(transaction, command.booking_id)
            last = transaction.last_act(Booking, command.booking_id)
            just_booked = isinstance(last.happened[0], VehicleBooked) and asked.at < last.until
            return booking.cancel(by=asked.by, at=asked.at, trip_started=started, just_booked=just_booked)

        return self._history.change(Booking, command.booking_id, command, asked, decide)

    def close_undriven(self, command: CloseUndriven, asked: Asked) -> Done:
        """Close a booking nobody took the keys of."""

        def decide(booking: Booking, transaction: Transaction) -> Sequence[Event]:
            started = keys_taken(transaction, command.booking_id)
            return booking.close_undriven(at=asked.at, trip_started=started)

        return self._history.change(Booking, command.booking_id, command, asked, decide)

    def say_undriven(self, command: SayUndriven, asked: Asked) -> Done:
        """Close a booking nobody took the keys of, as its driver says."""

        def decide(booking: Booking, transaction: Transaction) -> Sequence[Event]:
            started = keys_taken(transaction, command.booking_id)
            return booking.say_undriven(by=asked.by, at=asked.at, trip_started=started)

        return self._history.change(Booking, command.booking_id, command, asked, decide)

    def take_keys(self, command: TakeKeys, asked: Asked, zone: str, *, odd: Unlikely | None = None) -> Done:
        """Start a trip; where another driver gave the keys, hers ends with what was read. `zone` is the co-op's.

        What looks `odd` is refused with, unless it is confirmed.
        """

        def both(joined: History) -> Done:
            joined.hold(command.booking_id)  # before it is read: it may be given back meanwhile
            if command.given_by:
                _pass_on(joined, command, command.given_by, asked, odd=odd is not None)
            trip = trip_id(command.booking_id)
            return joined.start(Trip, trip, command, asked, decide, beside=[command.booking_id])

        def decide(trip: Trip, transaction: Transaction) -> Sequence[Event]:
            booking = _known(transaction, command.booking_id)
            vehicle_id, taken_at = booking.vehicle_id, min(max(command.taken_at or asked.happened_at, EARLIEST), LATEST)
            transaction.hold(vehicle_id)
            transaction.bring(rules_stream(vehicle_id), calendar_id(vehicle_id))
            rules = transaction.read(HouseRules, rules_stream(vehicle_id)).rules
            if rules is None:
                raise NoRulesYet
            calendar = transaction.read(Calendar, calendar_id(vehicle_id))
            return trip.take_keys(
                command,
                booking=booking,
                rules=rules,
                gives=gives_no_keys(calendar, taken_at.astimezone(ZoneInfo(zone)).date()),
                around=around(transaction.connection, command.coop_id, vehicle_id, taken_at),
                odd=odd,
                by=asked.by,
                at=asked.happened_at,
            )

        return self._history.together(both)

    def return_vehicle(
        self, command: ReturnVehicle, asked: Asked, currency: str, *, odd: Unlikely | None = None
    ) -> Done:
        """End a trip; energy is paid in the co-op's currency. What looks `odd` is refused with, unless confirmed."""

        def decide(trip: Trip, transaction: Transaction) -> Sequence[Event]:
            check_paid(command, currency)
            booking = _known(transaction, command.booking_id)
            return trip.end(command, booking=booking, odd=odd, by=asked.by, at=asked.happened_at)

        return self._history.start(Trip, trip_id(command.booking_id), command, asked, decide)

    def accept_readings(self, command: AcceptReadings, asked: Asked) -> Done:
        """Let a trip be charged by readings that look odd."""
        accept_odd = partial(accept, by=asked.by)
        return self._change(Trip, trip_id(command.booking_id), command, asked, accept_odd)

    def correct_readings(self, command: CorrectReadings, asked: Asked, *, odd: Unlikely | None = None) -> Done:
        """Set right what was typed at both ends of a trip. What looks `odd` is refused with, unless it is confirmed."""

        def decide(trip: Trip, transaction: Transaction) -> Sequence[Event]:
            if asked.by is None:
                raise NotYours
            reason = transaction.seal(asked.by, command.reason)
            return correct(trip, command, odd=odd, reason=reason, by=asked.by)

        return self._history.change(Trip, trip_id(command.booking_id), command, asked, decide)


def _pass_on(history: History, command: TakeKeys, given_by: UUID, asked: Asked, *, odd: bool) -> None:
    """End the trip of the driver who gave the keys; nothing when they are not with her (any more)."""
    hers = passed_on(history.connection, command.coop_id, command.booking_id, given_by)
    if hers is None:
        return

    def decide(trip: Trip, transaction: Transaction) -> Sequence[Event]:
        booking = _known(transaction, hers)
        return trip.pass_on(command, booking=booking, odd=odd, by=asked.by, at=asked.happened_at)

    history.change(Trip, trip_id(hers), command, asked.part("pass on"), decide)


def _known(transaction: Transaction, booking_id: UUID) -> Booking:
    booking = transaction.read(Booking, booking_id)
    if booking == Booking():
        raise Unknown
    return booking


def keys_taken(transaction: Transaction, booking_id: UUID) -> bool:
    """Tell whether a booking became a trip; none can begin until the transaction ends."""
    transaction.hold(booking_id)
    return transaction.read(Trip, trip_id(booking_id)).started is not None


def calendar_id(vehicle_id: UUID) -> UUID:
    """Return the stream of a vehicle's calendar."""
    return uuid5(vehicle_id, "calendar")


def driver_stream(driver_id: UUID) -> UUID:
    """Return the stream that says whether a member may drive."""
    return uuid5(driver_id, "driver")


def rules_stream(vehicle_id: UUID) -> UUID:
    """Return the stream of the rules for bookings of a vehicle."""
    return uuid5(vehicle_id, "house rules")

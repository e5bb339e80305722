"""What is asked of calendars, bookings and trips."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from booking.events import Approval, Seen
from booking.rules import Rules
from kernel.command import Command
from kernel.money import Money
from kernel.period import Aware, Period
from kernel.text import VISIBLE

Km = Annotated[int, Meta(ge=0, le=2_000_000)]
Days = Annotated[int, Meta(ge=0, le=1_000_000)]
Cents = Annotated[int, Meta(ge=0, le=1_000_000)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Sentence = Annotated[str, Meta(min_length=1, max_length=280, pattern=VISIBLE)]
Photos = Annotated[tuple[UUID, ...], Meta(max_length=6)]


class OpenCalendar(Command, frozen=True, kw_only=True):
    """Let a vehicle be booked."""

    vehicle_id: UUID
    approval: Approval
    owners: tuple[UUID, ...]


class LimitCalendar(Command, frozen=True, kw_only=True):
    """Let a vehicle be booked only while its papers hold; without those that are `missing`, until the end of a day."""

    vehicle_id: UUID
    papers_until: date | None
    paper: str
    missing: tuple[str, ...] = ()
    waits_after: date | None = None


class CloseCalendar(Command, frozen=True, kw_only=True):
    """Take no new bookings for a vehicle."""

    vehicle_id: UUID


class AdmitDriver(Command, frozen=True, kw_only=True):
    """Let a member book."""

    driver_id: UUID


class RemoveDriver(Command, frozen=True, kw_only=True):
    """Let a member no longer book."""

    driver_id: UUID


class SuspendDriver(Command, frozen=True, kw_only=True):
    """Let a member book nothing new until an instant; with `None` she books again."""

    driver_id: UUID
    until: Aware | None


class NoteOwing(Command, frozen=True, kw_only=True):
    """Say since when a member owes more than the co-op's rules let her; with `None` she does no more."""

    driver_id: UUID
    since: Aware | None


class SetHouseRules(Command, frozen=True, kw_only=True):
    """Apply these rules to bookings of a vehicle asked from now on."""

    vehicle_id: UUID
    rules: Rules


class BookVehicle(Command, frozen=True, kw_only=True):
    """Hold these hours of this vehicle for me."""

    vehicle_id: UUID
    period: Period
    destination: Sentence | None = None
    flexible: bool = False


class ApproveBooking(Command, frozen=True, kw_only=True):
    """Say yes to a request for my vehicle."""

    booking_id: UUID


class RefuseBooking(Command, frozen=True, kw_only=True):
    """Say no to a request for my vehicle."""

    booking_id: UUID
    reason: Sentence | None = None


class ExpireRequest(Command, frozen=True, kw_only=True):
    """Free the hours of a request nobody answered in time."""

    booking_id: UUID


class CancelBooking(Command, frozen=True, kw_only=True):
    """Give my hours back."""

    booking_id: UUID


class CloseUndriven(Command, frozen=True, kw_only=True):
    """Close a booking nobody took the keys of."""

    booking_id: UUID


class SayUndriven(Command, frozen=True, kw_only=True):
    """Say that I did not drive in the hours that I had booked."""

    booking_id: UUID


class UndoCancellation(Command, frozen=True, kw_only=True):
    """Take back that I gave my hours back, a moment ago."""

    booking_id: UUID


class UndoApproval(Command, frozen=True, kw_only=True):
    """Take back the yes that I said a moment ago."""

    booking_id: UUID


class UndoRefusal(Command, frozen=True, kw_only=True):
    """Take back the no that I said a moment ago."""

    booking_id: UUID


class UndoUndriven(Command, frozen=True, kw_only=True):
    """Take back that I said, a moment ago, that I did not drive."""

    booking_id: UUID


class UndoKeys(Command, frozen=True, kw_only=True):
    """Take back that I took the keys, a moment ago."""

    booking_id: UUID


class UndoReturn(Command, frozen=True, kw_only=True):
    """Take back that I returned the vehicle, a moment ago: my trip goes on."""

    booking_id: UUID


class TakeKeys(Command, frozen=True, kw_only=True):
    """Start my trip: what the odometer and the gauge show. Taken when it is sent, unless another time is said.

    `given_by` is the driver who still had the keys and gave them to me: her trip ends with what I read. `confirmed`
    repeats the odometer where it was said to look odd: my charge then waits for the yes of another. `confirmed_days`
    repeats how many days ago it was, where that was asked. `seen` is whether I see something new on it.
    """

    booking_id: UUID
    taken_at: Aware | None = None
    odometer_km: Km
    level_percent: Percent
    photos: Photos = ()
    given_by: UUID | None = None
    seen: Seen | None = None
    confirmed: Km | None = None
    confirmed_days: Days | None = None


class ReturnVehicle(Command, frozen=True, kw_only=True):
    """End my trip: readings, and what I paid for energy with its receipt. Returned when sent, unless a time is said.

    `odometer_out_km` is what the odometer showed as I took the keys, where I mistyped it then. `confirmed` repeats the
    number that was said to look odd: the charge then waits for the yes of another. `confirmed_days` repeats how many
    days ago it was, and `confirmed_energy` the minor units paid for energy, where that was asked.
    """

    booking_id: UUID
    returned_at: Aware | None = None
    odometer_km: Km
    odometer_out_km: Km | None = None
    level_percent: Percent
    photos: Photos = ()
    energy_paid: Money | None = None
    receipt: UUID | None = None
    confirmed: Km | None = None
    confirmed_days: Days | None = None
    confirmed_energy: Cents | None = None


class AcceptReadings(Command, frozen=True, kw_only=True):
    """Say that the readings of a trip are right though they look odd: it is charged."""

    booking_id: UUID


class CorrectReadings(Command, frozen=True, kw_only=True):
    """Say what the odometer really showed at both ends of a trip that is over, and why that was mistyped.

    The trip is charged anew. `confirmed` repeats the number that was said to look odd.
    """

    booking_id: UUID
    odometer_out_km: Km
    odometer_in_km: Km
    reason: Sentence
    confirmed: Km | None = None

"""A booking: these hours of this vehicle, held for this driver."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, Self
from uuid import UUID

from msgspec.structs import replace

from booking.commands import ApproveBooking, BookVehicle, ExpireRequest
from booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingNotDriven,
    BookingPutBack,
    BookingRefused,
    RequestExpired,
    VehicleBooked,
)
from booking.policies import NoRulesYet, Wish, why_not
from kernel.aggregate import NOTHING_YET, Aggregate
from kernel.event import Event
from kernel.period import Period, in_waking_hours
from kernel.privacy import Sealed
from kernel.refused import NotYours, Refused

Status = Literal["new", "requested", "confirmed", "refused", "expired", "cancelled", "not_driven"]

TIME_TO_TELL = timedelta(days=7)
"""How long after its hours a trip may still be told by who drove it."""


class AlreadyAnswered(Refused):
    """This request was already answered."""


class NoLongerThere(Refused):
    """This booking no longer holds."""


class KeysAlreadyTaken(Refused):
    """The keys were already taken: end the trip instead."""


class HoursPast(Refused):
    """These hours are over: there is nothing to give back any more."""


class AnswerTooLate(Refused):
    """The time to answer was over: these hours are free again."""


class StillTimeToAnswer(Refused):
    """There is still time to answer this request."""


class StillTimeToTell(Refused):
    """There is still time to say that this booking was driven."""


class HoursToCome(Refused):
    """These hours are not over yet: cancel the booking, and others can have them."""


class Booking(Aggregate, frozen=True, kw_only=True):
    """One promise and what became of it; the trip made of it is its own aggregate."""

    status: Status = "new"
    vehicle_id: UUID = NOTHING_YET
    driver_id: UUID = NOTHING_YET
    period: Period | None = None
    approvers: tuple[UUID, ...] = ()
    answer_until: datetime | None = None
    cancel_free_until: datetime | None = None
    agreed_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it holds its hours."""
        return self.status in ("requested", "confirmed")

    def book(self, command: BookVehicle, *, by: UUID, wish: Wish, destination: Sealed | None) -> Sequence[Event]:
        """Hold the hours, or raise the house rule in the way. An owner needs nobody's approval."""
        if refusal := why_not(wish):
            raise refusal
        rules = wish.rules
        if rules is None:
            raise NoRulesYet
        needs_approval = wish.calendar.needs_approval(by)
        due = in_waking_hours(wish.at + timedelta(hours=rules.approval_timeout_hours), wish.zone)
        answer_until = min(due, command.period.start)
        return (
            VehicleBooked(
                vehicle_id=command.vehicle_id,
                driver_id=by,
                period=command.period,
                approvers=wish.calendar.owners if needs_approval else (),
                answer_until=answer_until if needs_approval else None,
                agreed_at=None if needs_approval else wish.at,
                cancel_free_until=command.period.start - timedelta(hours=rules.cancel_free_hours),
                destination=destination,
                flexible=command.flexible,
            ),
        )

    def approve(self, _command: ApproveBooking, *, by: UUID | None, at: datetime) -> Sequence[Event]:
        """Say yes in time; only an approver may. Saying yes twice changes nothing."""
        self._only_approvers(by)
        if self.status == "confirmed":
            return ()
        self._only_requested()
        if self.answer_until is not None and at >= self.answer_until:
            raise AnswerTooLate
        return (BookingApproved(vehicle_id=self.vehicle_id, driver_id=self.driver_id, agreed_at=at),)

    def refuse(self, *, by: UUID | None, reason: Sealed | None) -> Sequence[Event]:
        """Say no; only an approver may."""
        self._only_approvers(by)
        if self.status == "refused":
            return ()
        self._only_requested()
        return (BookingRefused(vehicle_id=self.vehicle_id, driver_id=self.driver_id, reason=reason),)

    def expire(self, _command: ExpireRequest, *, at: datetime) -> Sequence[Event]:
        """Free hours nobody answered for; nothing when the request was answered meanwhile."""
        if self.status != "requested":
            return ()
        if self.answer_until is None or at < self.answer_until:
            raise StillTimeToAnswer
        return (RequestExpired(vehicle_id=self.vehicle_id, driver_id=self.driver_id),)

    def cancel(
        self, *, by: UUID | None, at: datetime, trip_started: bool, just_booked: bool = False
    ) -> Sequence[Event]:
        """Give the hours back; only the driver may, before their end, and only before the keys are taken.

        Hours `just_booked`, a moment ago, are never given back late.
        """
        if by != self.driver_id:
            raise NotYours
        if self.status == "cancelled":
            return ()
        if not self.holds:
            raise NoLongerThere
        if trip_started:
            raise KeysAlreadyTaken
        if self.period is None or at >= self.period.end:
            raise HoursPast
        in_time = self.cancel_free_until is not None and at <= self.cancel_free_until
        free = self.status == "requested" or just_booked or in_time
        return (BookingCancelled(vehicle_id=self.vehicle_id, driver_id=self.driver_id, free=free),)

    def close_undriven(self, *, at: datetime, trip_started: bool) -> Sequence[Event]:
        """Close a promise nobody used, a week after its hours; nothing when it was used, or given back meanwhile."""
        if self.status != "confirmed" or self.period is None or trip_started:
            return ()
        if at < self.period.end + TIME_TO_TELL:
            raise StillTimeToTell
        return (BookingNotDriven(vehicle_id=self.vehicle_id, driver_id=self.driver_id),)

    def say_undriven(self, *, by: UUID | None, at: datetime, trip_started: bool) -> Sequence[Event]:
        """Close a promise nobody used, as its driver says once its hours are over; nothing when that is known."""
        if by != self.driver_id:
            raise NotYours
        if self.status == "not_driven":
            return ()
        if self.status != "confirmed" or self.period is None:
            raise NoLongerThere
        if trip_started:
            raise KeysAlreadyTaken
        if at < self.period.end:
            raise HoursToCome
        return (BookingNotDriven(vehicle_id=self.vehicle_id, driver_id=self.driver_id),)

    def evolve(self, event: Event) -> Self:
        """Return the booking after `event`."""
        match event:
            case VehicleBooked():
                return replace(
                    self,
                    status="requested" if event.approvers else "confirmed",
                    vehicle_id=event.vehicle_id,
                    driver_id=event.driver_id,
                    period=event.period,
                    approvers=event.approvers,
                    answer_until=event.answer_until,
                    cancel_free_until=event.cancel_free_until,
                    agreed_at=event.agreed_at,
                )
            case BookingApproved():
                return replace(self, status="confirmed", agreed_at=event.agreed_at)
            case BookingRefused():
                return replace(self, status="refused")
            case RequestExpired():
                return replace(self, status="expired")
            case BookingCancelled():
                return replace(self, status="cancelled")
            case BookingNotDriven():
                return replace(self, status="not_driven")
            case BookingPutBack(status=status, agreed_at=agreed_at):
                return replace(self, status=status, agreed_at=agreed_at)
        return self

    def _only_approvers(self, by: UUID | None) -> None:
        if by not in self.approvers:
            raise NotYours

    def _only_requested(self) -> None:
        if self.status != "requested":
            raise AlreadyAnswered

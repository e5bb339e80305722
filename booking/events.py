"""What has happened between people and calendars."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from booking.rules import Rules
from kernel.event import Event
from kernel.money import Money
from kernel.period import Period
from kernel.privacy import Sealed

Approval = Literal["owner", "everyone"]
UndoneAtBooking = Literal["cancellation", "approval", "refusal", "not_driven"]
UndoneAtTrip = Literal["keys", "return"]
Seen = Literal["nothing_new", "something_new"]
"""What a driver says of a vehicle as she takes its keys, beside the damage that is known."""


class CalendarOpened(Event, frozen=True, kw_only=True):
    """A vehicle can be promised from now on; `owners` approve when `approval` is theirs."""

    vehicle_id: UUID
    approval: Approval
    owners: tuple[UUID, ...]


class CalendarLimited(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The vehicle's papers hold until the end of this local day; no limit when `None`.

    Without those that are `missing` it is had until the end of the day `waits_after`, and not at all when `None`.
    """

    vehicle_id: UUID
    papers_until: date | None
    paper: str
    missing: tuple[str, ...] = ()
    waits_after: date | None = None


class CalendarClosed(Event, frozen=True, kw_only=True):
    """The vehicle takes no new promises."""

    vehicle_id: UUID


class DriverAdmitted(Event, frozen=True, kw_only=True):
    """A member may drive the co-op's vehicles."""

    driver_id: UUID


class DriverRemoved(Event, frozen=True, kw_only=True):
    """A member may no longer drive."""

    driver_id: UUID


class DriverSuspended(Event, frozen=True, kw_only=True):
    """A member books nothing new until an instant; `None` lets her book again."""

    driver_id: UUID
    until: datetime | None


class DriverOwes(Event, frozen=True, kw_only=True):
    """Since an instant a member owes more than the co-op's rules let her, and is warned; `None`: no more."""

    driver_id: UUID
    since: datetime | None


class HouseRulesSet(Event, frozen=True, kw_only=True):
    """These rules hold for bookings of this vehicle asked from now on."""

    vehicle_id: UUID
    rules: Rules


class VehicleBooked(Event, frozen=True, kw_only=True):
    """Hours of a vehicle are held for a driver; until `approvers` is empty or one of them agrees, it is a request."""

    vehicle_id: UUID
    driver_id: UUID
    period: Period
    approvers: tuple[UUID, ...]
    answer_until: datetime | None
    agreed_at: datetime | None
    cancel_free_until: datetime
    destination: Sealed | None
    flexible: bool


class BookingApproved(Event, frozen=True, kw_only=True):
    """Someone who may said yes: the price of this instant holds."""

    vehicle_id: UUID
    driver_id: UUID
    agreed_at: datetime


class BookingRefused(Event, frozen=True, kw_only=True):
    """Someone who may said no; the hours are free again."""

    vehicle_id: UUID
    driver_id: UUID
    reason: Sealed | None


class RequestExpired(Event, frozen=True, kw_only=True):
    """Nobody answered in time; the hours are free again."""

    vehicle_id: UUID
    driver_id: UUID


class BookingCancelled(Event, frozen=True, kw_only=True):
    """The driver gave the hours back; `free` tells whether she did so in time for it not to count as late."""

    vehicle_id: UUID
    driver_id: UUID
    free: bool


class BookingNotDriven(Event, frozen=True, kw_only=True):
    """Nobody took the keys: its driver says so, or the time to say otherwise is over."""

    vehicle_id: UUID
    driver_id: UUID


class BookingPutBack(Event, frozen=True, kw_only=True):
    """What was done last to a booking was undone: it is as it was before, its hours held again."""

    vehicle_id: UUID
    driver_id: UUID
    period: Period
    undone: UndoneAtBooking
    status: Literal["requested", "confirmed"]
    agreed_at: datetime | None


class TripStarted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Keys taken: odometer in whole km, energy level in percent.

    `sole`: nobody else had them, as is sure since trips of one vehicle exclude each other. `back_by` is when the next
    trip began, where this one was told after it: the vehicle was back by then. `odd`: the reading was confirmed though
    it looks odd. `seen` is what the driver said of the vehicle, `None` where she was not asked.
    """

    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    started_at: datetime
    odometer_km: int
    level_percent: int
    photos: tuple[UUID, ...]
    sole: bool = False
    back_by: datetime | None = None
    odd: bool = False
    seen: Seen | None = None


class TripEnded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Vehicle returned, with all that a charge needs: both readings, both periods, and since when it was agreed.

    `told_by` is the driver who was given the keys and read the odometer, where who drove did not tell it herself.
    `mistyped_out_km` is what had been typed as the keys were taken. `odd`: a reading was confirmed though it looks odd,
    and nothing is charged until another accepts it. `revision` is that of its first charge: above 1 where a return was
    undone before.
    """

    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    agreed_at: datetime
    booked: Period
    started_at: datetime
    ended_at: datetime
    odometer_out_km: int
    odometer_in_km: int
    level_percent: int
    photos: tuple[UUID, ...]
    energy_paid: Money | None
    receipt: UUID | None
    told_by: UUID | None = None
    mistyped_out_km: int | None = None
    odd: bool = False
    revision: int = 1


class TripPutBack(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The keys taken, or the return, was undone: the trip is as it was before.

    `started` is the trip that is under way again, its hours `held`; `None` where its keys were not taken after all.
    `charge` is the revision of the charge that no longer is due, where there was one. `read_at` is the hour of what was
    read.
    """

    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    undone: UndoneAtTrip
    read_at: datetime
    started: TripStarted | None = None
    held: Period | None = None
    charge: int | None = None


class ReadingsAccepted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Another than who typed them said that readings are right though they look odd: `trip` is charged.

    `revision` counts the charges of a trip, from 1. `corrected_by` is who typed them, where they had been set right.
    """

    trip: TripEnded
    revision: int
    corrected_by: UUID | None = None


class ReadingsCorrected(Event, frozen=True, kw_only=True):
    """What was typed at the ends of a trip was set right: `trip` is as it is now, and charged anew unless it is odd."""

    trip: TripEnded
    corrected_by: UUID
    was_out_km: int
    was_in_km: int
    reason: Sealed
    revision: int


# What processes and pages may follow; all else that happens here is this context's own affair.
PUBLISHED = (
    CalendarLimited,
    CalendarClosed,
    DriverOwes,
    VehicleBooked,
    BookingApproved,
    BookingRefused,
    RequestExpired,
    BookingCancelled,
    BookingNotDriven,
    BookingPutBack,
    TripStarted,
    TripEnded,
    TripPutBack,
    ReadingsAccepted,
    ReadingsCorrected,
)

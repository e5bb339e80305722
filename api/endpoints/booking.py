"""Bookings and trips for programs."""

from datetime import timedelta
from uuid import UUID

import msgspec

from api.pages.stories import ToKnow, the_booking, to_know
from api.web.asking import Asking
from api.web.declared import Read, Write
from api.web.forms import Form, exact_period
from api.web.refusals import said
from api.web.sent_photos import NoSuchPhoto, photos_here
from booking import commands as c
from booking import queries
from booking.application import Bookings
from booking.booking import AlreadyAnswered, KeysAlreadyTaken, NoLongerThere
from booking.policies import (
    InThePast,
    NotADriver,
    NotInService,
    PapersExpired,
    TooEarly,
    TooLate,
    TooLong,
    TooManyBookings,
    TooShort,
    VehicleTaken,
)
from booking.trip import (
    AlreadyReturned,
    AlreadyUnderWay,
    KeysNotTaken,
    NotApprovedYet,
    NotYet,
    OdometerBack,
    ReturnedBeforeTaken,
)
from kernel.command import Asked, Done
from kernel.period import Aware, Period
from kernel.refused import NotYours


class Availability(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle for the hours asked: `free`, or `code` and `why_not`, the sentence a member reads."""

    vehicle_id: UUID
    free: bool
    needs_approval: bool
    code: str | None = None
    why_not: str | None = None


def _availability(asking: Asking) -> list[Availability]:
    period = _period(asking)
    found = queries.search(
        asking.connection, asking.coop_id, asking.me, period, at=asking.now, zone=asking.here.time_zone
    )
    return [
        Availability(
            vehicle_id=each.vehicle_id,
            free=each.refusal is None,
            needs_approval=each.needs_approval,
            code=each.refusal.code() if each.refusal else None,
            why_not=said(each.refusal, asking.words) if each.refusal else None,
        )
        for each in found
    ]


def _period(asking: Asking) -> Period:
    if not asking.sent.query.get("start"):
        return Period(asking.now, asking.now + timedelta(hours=2))
    return exact_period(Form({name: [value] for name, value in asking.sent.query.items()}))


def _take_keys(asking: Asking, command: c.TakeKeys, asked: Asked) -> Done:
    photos_here(asking, *command.photos)
    return Bookings(asking.site.history).take_keys(command, asked)


def _return_vehicle(asking: Asking, command: c.ReturnVehicle, asked: Asked) -> Done:
    photos_here(asking, *command.photos, command.receipt)
    return Bookings(asking.site.history).return_vehicle(command, asked)


_EXAMPLE = {
    "vehicle_id": "0b1f7c1e-6c1a-5d6f-9a53-3f6a4d1f2b11",
    "period": {"start": "2026-12-04T18:00:00+01:00", "end": "2026-12-04T20:00:00+01:00"},
    "destination": "Crest, marché",
}

DECLARED: list[Write | Read] = [
    Read(
        name="api_availability",
        path="/coops/{coop_id:uuid}/availability",
        answer=_availability,
        returns=list[Availability],
        summary="Which vehicles can be had for these hours, and why the others cannot",
        parameters={"start": (Aware, "first instant, now when not said"), "end": (Aware, "end, two hours later")},
    ),
    Read(
        name="api_my_bookings",
        path="/coops/{coop_id:uuid}/bookings",
        answer=lambda a: queries.bookings_of(a.connection, a.site.keyring, a.coop_id, a.me),
        returns=list[queries.BookingRow],
        summary="My bookings and trips, latest first",
    ),
    Read(
        name="api_booking",
        path="/coops/{coop_id:uuid}/bookings/{booking_id:uuid}",
        answer=the_booking,
        returns=queries.BookingRow,
        summary="A booking and the trip made of it: for its driver, who answers for the vehicle, and the roles",
        refuses=(NotYours,),
    ),
    Read(
        name="api_to_know",
        path="/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/to-know",
        answer=lambda a: to_know(a, the_booking(a)),
        returns=ToKnow,
        summary="What its handbook says, and the code of its key box while I have it",
        refuses=(NotYours,),
    ),
    Read(
        name="api_requests",
        path="/coops/{coop_id:uuid}/requests",
        answer=lambda a: queries.requests_to(a.connection, a.site.keyring, a.coop_id, a.me),
        returns=list[queries.BookingRow],
        summary="The requests that wait for my yes or no, oldest first",
    ),
    Write(
        name="api_book_vehicle",
        path="/coops/{coop_id:uuid}/bookings",
        command=c.BookVehicle,
        carry_out=lambda a, it, asked: Bookings(a.site.history).book_vehicle(it, asked, a.here.time_zone),
        summary="Hold hours of a vehicle for me",
        refuses=(
            NotInService,
            NotADriver,
            InThePast,
            PapersExpired,
            VehicleTaken,
            TooShort,
            TooLong,
            TooLate,
            TooEarly,
            TooManyBookings,
        ),
        example=_EXAMPLE,
    ),
    Write(
        name="api_approve_booking",
        path="/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/approval",
        command=c.ApproveBooking,
        carry_out=lambda a, it, asked: Bookings(a.site.history).approve_booking(it, asked),
        summary="Say yes to a request for my vehicle",
        refuses=(NotYours, AlreadyAnswered),
        example={},
    ),
    Write(
        name="api_refuse_booking",
        path="/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/refusal",
        command=c.RefuseBooking,
        carry_out=lambda a, it, asked: Bookings(a.site.history).refuse_booking(it, asked),
        summary="Say no to a request for my vehicle",
        refuses=(NotYours, AlreadyAnswered),
        example={"reason": "Je pars ce week-end."},
    ),
    Write(
        name="api_cancel_booking",
        path="/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/cancellation",
        command=c.CancelBooking,
        carry_out=lambda a, it, asked: Bookings(a.site.history).cancel_booking(it, asked),
        summary="Give my hours back",
        refuses=(NotYours, NoLongerThere, KeysAlreadyTaken),
        example={},
    ),
    Write(
        name="api_take_keys",
        path="/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/keys",
        command=c.TakeKeys,
        carry_out=_take_keys,
        summary="Start my trip",
        refuses=(NotYours, NotYet, NotApprovedYet, NoLongerThere, AlreadyUnderWay, NoSuchPhoto),
        example={"taken_at": "2026-12-04T18:02:00+01:00", "odometer_km": 48210, "level_percent": 75},
    ),
    Write(
        name="api_return_vehicle",
        path="/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/return",
        command=c.ReturnVehicle,
        carry_out=_return_vehicle,
        summary="End my trip",
        refuses=(NotYours, KeysNotTaken, AlreadyReturned, OdometerBack, ReturnedBeforeTaken, NoSuchPhoto),
        example={
            "returned_at": "2026-12-04T20:05:00+01:00",
            "odometer_km": 48310,
            "level_percent": 100,
            "energy_paid": {"cents": 6000, "currency": "EUR"},
        },
    ),
]

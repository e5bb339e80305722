"""Bookings and trips for programs."""

from api.pages.stories import ToKnow, the_booking, to_know
from api.web.declared import Read, Write
from api.web.visit import Visit
from booking import commands as c
from booking import queries
from booking.application import Bookings
from booking.booking import AlreadyAnswered, KeysAlreadyTaken, NoLongerThere
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
from kernel.refused import NotYours
from people.photos import NoSuchPhoto, check_photos


def _take_keys(visit: Visit, command: c.TakeKeys, asked: Asked) -> Done:
    check_photos(visit.connection, visit.coop_id, *command.photos)
    return Bookings(visit.site.history).take_keys(command, asked)


def _return_vehicle(visit: Visit, command: c.ReturnVehicle, asked: Asked) -> Done:
    check_photos(visit.connection, visit.coop_id, *command.photos, command.receipt)
    return Bookings(visit.site.history).return_vehicle(command, asked)


DECLARED: list[Write | Read] = [
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

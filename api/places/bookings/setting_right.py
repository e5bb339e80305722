"""Readings of a trip that look odd are accepted by another than who typed them; those mistyped are set right."""

from typing import ClassVar
from uuid import UUID

from api.places.bookings.one import BACK, BOOKING, show_booking
from api.web.acts import act
from api.web.answers import Go, Page, View
from api.web.routes import page
from api.web.visit import Visit
from booking.commands import AcceptReadings, CorrectReadings
from booking.queries import BookingRow
from fleet.queries import VehicleLook, vehicle_look
from kernel.command import Asked, Done
from kernel.text import N_
from usecases.actor import Actor
from usecases.driving import handing_over
from usecases.driving.trips import accepts_readings, booking_of, concerned_by_booking, corrects_readings

READINGS = f"{BOOKING}/readings"


class SettingRight(View, frozen=True, kw_only=True):
    """The form: what was typed at both ends, beside what it is set right to."""

    template: ClassVar[str] = "bookings/setting_right.html"

    booking: BookingRow
    vehicle: VehicleLook


def _after_accepting(visit: Visit, _done: Done) -> Go:
    """Lead back to the booking who may still look at it, and home any member who was asked because none else was."""
    booking_id = visit.id_of("booking_id")
    to = f"bookings/{booking_id}" if concerned_by_booking(visit.actor, booking_id) else ""
    return Go(f"/coops/{visit.actor.coop_id}/{to}", said=N_("Thank you. The trip is charged by these readings."))


@act(
    f"{READINGS}/acceptance",
    who=accepts_readings,
    page=show_booking,
    then=_after_accepting,
    lasting="The readings are set right on the trip's page.",
    example={},
)
def accept_readings(actor: Actor, command: AcceptReadings, asked: Asked) -> Done:
    """Say that the readings are right though they look odd."""
    return handing_over.accept_readings(actor, command, asked)


@page(READINGS, who=corrects_readings)
def readings_form(visit: Visit, booking_id: UUID) -> Page:
    """What the odometer really showed at both ends of a trip, and why it was mistyped."""
    actor = visit.actor
    booking = booking_of(actor, booking_id)
    view = SettingRight(booking=booking, vehicle=vehicle_look(actor.connection, actor.coop_id, booking.vehicle_id))
    return Page(view, mine=True)


@act(
    READINGS,
    who=corrects_readings,
    page=readings_form,
    said=N_("The readings are set right, and the trip is charged anew."),
    then=BACK,
    lasting="They are set right again on the same page.",
    example={"odometer_out_km": 48210, "odometer_in_km": 48310, "reason": "Un chiffre de trop au retour."},
)
def correct_readings(actor: Actor, command: CorrectReadings, asked: Asked) -> Done:
    """Set right what was mistyped at the ends of a trip."""
    return handing_over.correct_readings(actor, command, asked)

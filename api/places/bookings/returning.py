"""Returning the vehicle: one hand, half a minute."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from api.places.bookings.one import BACK, BOOKING, show_booking
from api.places.bookings.readings import typed_damage, typed_hour, unread
from api.places.photos.sent import kept_photo, sent_photo
from api.web.acts import Fields, act, undo_of
from api.web.answers import Page, View
from api.web.forms import read_parts
from api.web.routes import page
from api.web.visit import Visit
from booking.commands import UndoReturn
from booking.queries import BookingRow
from booking.trip import AmountLacking
from booking.undoing.application import Undoing
from fleet.catalogue import MOTOR_VEHICLES, Part, parts_of
from fleet.queries import VehicleCard
from kernel.command import Asked, Done
from kernel.money import EURO
from kernel.text import N_
from people.pictures import plain_paper
from usecases.actor import Actor
from usecases.driving.handing_over import ReturnVehicleSeeing, return_vehicle_seeing
from usecases.driving.trips import ToKnow, booking_of, drives_booking, to_know, vehicle_of


class Returning(View, frozen=True, kw_only=True):
    """The return form. `odometer_out_km` is what it showed when she left, `None` where there is no odometer.

    `late`: its hours are over, so it may have been back before now; `from_before`: since another day.
    """

    template: ClassVar[str] = "bookings/returning.html"

    booking: BookingRow
    vehicle: VehicleCard
    odometer_out_km: int | None
    late: bool
    from_before: bool
    parts: Sequence[Part]
    to_know: ToKnow
    kept_photo: UUID | None
    kept_receipt: UUID | None
    kept_damage: UUID | None


@page(f"{BOOKING}/return", who=drives_booking)
def return_form(visit: Visit, booking_id: UUID) -> Page:
    """Odometer, gauge, what was paid for energy, a photo."""
    booking = booking_of(visit.actor, booking_id)
    vehicle = vehicle_of(visit.actor, booking)
    view = Returning(
        booking=booking,
        vehicle=vehicle,
        odometer_out_km=booking.odometer_out_km if vehicle.kind in MOTOR_VEHICLES else None,
        late=visit.actor.now > booking.period.end,
        from_before=visit.actor.today > booking.period.end.astimezone(visit.actor.zone).date(),
        parts=parts_of(vehicle.kind),
        to_know=to_know(visit.actor, booking),
        kept_photo=kept_photo(visit, "photo"),
        kept_receipt=kept_photo(visit, "receipt"),
        kept_damage=kept_photo(visit, "damage_photo"),
    )
    return Page(view, mine=True)


def typed_return(visit: Visit) -> Fields:
    """Return a return as typed, its photos kept first so that a field misread does not ask for them again."""
    receipt, photo = sent_photo(visit, "receipt", plain_paper), sent_photo(visit, "photo")
    of_damage = sent_photo(visit, "damage_photo")
    if not visit.form.file("receipt") and not visit.form.text("energy_paid"):
        receipt = None  # it was kept beside an amount taken out since: no other field takes it out
    booking = booking_of(visit.actor, visit.id_of("booking_id"))
    vehicle = vehicle_of(visit.actor, booking)
    return read_parts(
        {
            "returned_at": lambda: typed_hour(visit, "returned_at"),
            **unread(vehicle, booking.odometer_out_km or 0),
            "photos": (photo,) if photo else (),
            "receipt": receipt,
            "damage": lambda: typed_damage(visit.form, of_damage),
        }
    )


@act(
    f"{BOOKING}/return",
    who=drives_booking,
    page=return_form,
    read=typed_return,
    about={"energy_paid": (AmountLacking,)},
    said=N_("Returned. Thank you."),
    then=BACK,
    as_pressed=True,
    example={
        "returned_at": "2026-12-04T20:05:00+01:00",
        "odometer_km": 48310,
        "level_percent": 100,
        "energy_paid": {"cents": 6000, "currency": EURO},
    },
)
def return_vehicle(actor: Actor, command: ReturnVehicleSeeing, asked: Asked) -> Done:
    """End my trip."""
    return return_vehicle_seeing(actor, command, asked)


@undo_of(return_vehicle, page=show_booking, then=BACK, said=N_("Undone: your trip goes on."))
def undo_return(actor: Actor, command: UndoReturn, asked: Asked) -> Done:
    """Take back that I returned the vehicle, a moment ago: my trip goes on."""
    return Undoing(actor.history).undo_return(command, asked)

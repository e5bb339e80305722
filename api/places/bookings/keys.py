"""Taking the keys: one hand, half a minute."""

from collections.abc import Sequence
from typing import ClassVar, get_args
from uuid import UUID

from api.places.bookings.one import BACK, BOOKING, show_booking
from api.places.bookings.readings import typed_damage, typed_hour, typed_seen, unread
from api.places.photos.sent import kept_photo, sent_photo
from api.web.acts import Fields, act, undo_of
from api.web.answers import Go, Page, View
from api.web.forms import Form, read_parts
from api.web.routes import page
from api.web.visit import Visit
from booking.commands import UndoKeys
from booking.events import Seen
from booking.queries import BookingRow
from booking.undoing.application import Undoing
from fleet.catalogue import MOTOR_VEHICLES, Part, parts_of
from fleet.damages import DamageRow, known_damages
from fleet.queries import VehicleCard, vehicle_look
from kernel.command import Asked, Done
from kernel.text import N_
from usecases.actor import Actor
from usecases.driving.handing_over import DamageUntold, TakeKeysSeeing, take_keys_seeing
from usecases.driving.trips import ToKnow, booking_of, drives_booking, to_know, vehicle_of


class TakingKeys(View, frozen=True, kw_only=True):
    """The take-over form. `odometer_km` is as the last trip left it, `None` where there is no odometer.

    `over`: the hours are past, and it is told since when the keys were out.
    """

    template: ClassVar[str] = "bookings/keys.html"

    booking: BookingRow
    vehicle: VehicleCard
    odometer_km: int | None
    over: bool
    damages: Sequence[DamageRow]
    parts: Sequence[Part]
    to_know: ToKnow
    kept_photo: UUID | None
    kept_damage: UUID | None
    choices: Sequence[Seen] = get_args(Seen)


@page(f"{BOOKING}/keys", who=drives_booking)
def keys_form(visit: Visit, booking_id: UUID) -> Page:
    """Odometer as the last trip left it, gauge, what is seen beside the known damage, photos."""
    actor = visit.actor
    booking = booking_of(actor, booking_id)
    vehicle = vehicle_of(actor, booking)
    view = TakingKeys(
        booking=booking,
        vehicle=vehicle,
        odometer_km=vehicle.odometer_km if vehicle.kind in MOTOR_VEHICLES else None,
        over=actor.now >= booking.period.end,
        damages=known_damages(actor.connection, actor.keyring, actor.coop_id, vehicle.vehicle_id),
        parts=parts_of(vehicle.kind),
        to_know=to_know(actor, booking),
        kept_photo=kept_photo(visit, "photo"),
        kept_damage=kept_photo(visit, "damage_photo"),
    )
    return Page(view, mine=True)


def typed_keys(visit: Visit) -> Fields:
    """Return a take-over as typed, its photos kept first so that a field misread does not ask for them again."""
    photo, of_damage = sent_photo(visit, "photo"), sent_photo(visit, "damage_photo")
    actor, booking = visit.actor, booking_of(visit.actor, visit.id_of("booking_id"))
    look = vehicle_look(actor.connection, actor.coop_id, booking.vehicle_id)
    km = 0 if look.kind in MOTOR_VEHICLES else vehicle_of(actor, booking).odometer_km
    return read_parts(
        {
            "taken_at": lambda: typed_hour(visit, "taken_at"),
            **unread(look, km),
            "photos": (photo,) if photo else (),
            "seen": lambda: typed_seen(visit.form),
            "damage": lambda: _damage(visit.form, of_damage),
        }
    )


def _damage(form: Form, photo_id: UUID | None) -> dict[str, object] | None:
    """Return the damage as typed; of one she thought better of, whose fields are no longer shown, nothing is told."""
    nothing = form.text("seen") == "nothing_new"
    found = typed_damage(form, None if nothing else photo_id)
    return None if nothing else found


def onwards(visit: Visit, _: Done) -> str | Go:
    """Return the booking's page; of hours that are over, the return, which is told at once."""
    here = BACK.format(**visit.sent.ids)
    if not visit.form.text("taken_at_day"):
        return here
    return Go(f"{here}/return", said=N_("Noted. Now say what you read as you came back."))


@act(
    f"{BOOKING}/keys",
    who=drives_booking,
    page=keys_form,
    read=typed_keys,
    about={"sentence": (DamageUntold,)},
    said=N_("The keys are yours. Have a good trip."),
    then=onwards,
    as_pressed=True,
    example={"taken_at": "2026-12-04T18:02:00+01:00", "odometer_km": 48210, "level_percent": 75, "seen": "nothing_new"},
)
def take_keys(actor: Actor, command: TakeKeysSeeing, asked: Asked) -> Done:
    """Start my trip."""
    return take_keys_seeing(actor, command, asked)


@undo_of(take_keys, page=show_booking, then=BACK, said=N_("Undone: the keys were not taken."))
def undo_keys(actor: Actor, command: UndoKeys, asked: Asked) -> Done:
    """Take back that I took the keys, a moment ago."""
    return Undoing(actor.history).undo_keys(command, asked)

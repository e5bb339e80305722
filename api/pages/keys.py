"""Taking the keys and returning the vehicle: one hand, half a minute."""

from typing import Any

from api.pages import stories
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.routes import get, post
from api.web.sent_photos import kept_photo, sent_photo
from booking import queries
from booking.application import Bookings
from booking.commands import ReturnVehicle, TakeKeys
from booking.queries import BookingRow
from fleet.application import Fleet
from fleet.catalogue import MOTOR_VEHICLES, parts_of
from fleet.commands import ReportDamage
from fleet.queries import VehicleCard, known_damages, latest_reading
from kernel.command import Asked
from kernel.log.history import History
from kernel.refused import NotYours, Unknown


@get("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/keys")
def keys_form(asking: Asking) -> Answer:
    """Odometer as the last trip left it, gauge, known damage, a photo."""
    booking, vehicle = _mine(asking)
    shows = _shown(asking, booking, vehicle) | {
        "odometer_km": _odometer(asking, vehicle) if vehicle.kind in MOTOR_VEHICLES else None,
        "damages": known_damages(asking.connection, asking.site.keyring, asking.coop_id, vehicle.vehicle_id),
        "to_know": stories.to_know(asking, booking),
    }
    return Page("take_keys.html", shows, mine=True)


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/keys", again=keys_form)
def take_keys(asking: Asking) -> Answer:
    """Start the trip."""
    _, vehicle = _mine(asking)
    asked, photo = asking.asked(), sent_photo(asking, "photo")
    command = TakeKeys(
        coop_id=asking.coop_id,
        booking_id=asking.place("booking_id"),
        odometer_km=_typed_km(asking, vehicle, _odometer(asking, vehicle)),
        level_percent=_typed_level(asking, vehicle),
        photos=(photo,) if photo else (),
    )
    _carry_out(asking, vehicle, asked, lambda history: Bookings(history).take_keys(command, asked))
    return Go(_back(asking), said="The keys are yours. Have a good trip.")


@get("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/return")
def return_form(asking: Asking) -> Answer:
    """Odometer, gauge, what was paid for energy, a photo."""
    booking, vehicle = _mine(asking)
    out = booking.odometer_out_km if vehicle.kind in MOTOR_VEHICLES else None
    shows = _shown(asking, booking, vehicle) | {"odometer_out_km": out, "to_know": stories.to_know(asking, booking)}
    return Page("return.html", shows, mine=True)


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/return", again=return_form)
def return_vehicle(asking: Asking) -> Answer:
    """End the trip."""
    booking, vehicle = _mine(asking)
    asked, form = asking.asked(), asking.form
    receipt, photo = sent_photo(asking, "receipt"), sent_photo(asking, "photo")
    command = ReturnVehicle(
        coop_id=asking.coop_id,
        booking_id=booking.booking_id,
        odometer_km=_typed_km(asking, vehicle, booking.odometer_out_km or 0),
        level_percent=_typed_level(asking, vehicle),
        photos=(photo,) if photo else (),
        energy_paid=form.money("energy_paid") if form.text("energy_paid") else None,
        receipt=receipt,
    )
    _carry_out(asking, vehicle, asked, lambda history: Bookings(history).return_vehicle(command, asked))
    return Go(_back(asking), said="Returned. Thank you.")


def _carry_out(asking: Asking, vehicle: VehicleCard, asked: Asked, act: Any) -> None:
    """Do the act and report the damage typed beside it, both or neither."""

    def together(history: History) -> Any:
        done = act(history)
        if asking.form.text("new_damage"):
            command = ReportDamage(
                coop_id=asking.coop_id,
                vehicle_id=vehicle.vehicle_id,
                part=asking.form.needed("damage_part"),  # type: ignore[arg-type]
                sentence=asking.form.needed("new_damage", 500),
            )
            Fleet(history).report_damage(command, asked.part("damage"))
        return done

    asking.site.settled(asking.site.history.together(together))


def _mine(asking: Asking) -> tuple[BookingRow, VehicleCard]:
    booking = queries.booking(asking.connection, asking.site.keyring, asking.coop_id, asking.place("booking_id"))
    if booking is None:
        raise Unknown
    if booking.driver_id != asking.me:
        raise NotYours
    return booking, stories.card_of(asking, booking.vehicle_id)


def _shown(asking: Asking, booking: BookingRow, vehicle: VehicleCard) -> dict[str, Any]:
    shown = stories.row(asking, booking, {vehicle.vehicle_id: vehicle})
    kept = {name: kept_photo(asking, name) for name in ("photo", "receipt")}
    return {"booking": shown, "parts_of": parts_of(vehicle.kind), "kept": kept}


def _odometer(asking: Asking, vehicle: VehicleCard) -> int:
    reading = latest_reading(asking.connection, asking.coop_id, vehicle.vehicle_id)
    return reading.km if reading else vehicle.odometer_km


def _typed_km(asking: Asking, vehicle: VehicleCard, otherwise: int) -> int:
    return asking.form.whole("odometer_km") if vehicle.kind in MOTOR_VEHICLES else otherwise


def _typed_level(asking: Asking, vehicle: VehicleCard) -> int:
    return asking.form.whole("level_percent", 0, 100) if vehicle.energy != "none" else 100


def _back(asking: Asking) -> str:
    return f"/coops/{asking.coop_id}/bookings/{asking.place('booking_id')}"

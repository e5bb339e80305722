"""Taking the keys and returning the vehicle: one hand, half a minute."""

from typing import Any

from api.pages import stories
from api.pages.declared import get, post
from api.places.photos.sent import kept_photo, sent_photo
from api.web.answers import Answer, Go, Page
from api.web.visit import Visit
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
def keys_form(visit: Visit) -> Answer:
    """Odometer as the last trip left it, gauge, known damage, a photo."""
    booking, vehicle = _mine(visit)
    shows = _shown(visit, booking, vehicle) | {
        "odometer_km": _odometer(visit, vehicle) if vehicle.kind in MOTOR_VEHICLES else None,
        "damages": known_damages(visit.connection, visit.site.keyring, visit.coop_id, vehicle.vehicle_id),
        "to_know": stories.to_know(visit, booking),
    }
    return Page("take_keys.html", shows, mine=True)


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/keys", again=keys_form)
def take_keys(visit: Visit) -> Answer:
    """Start the trip."""
    _, vehicle = _mine(visit)
    asked, photo = visit.asked(), sent_photo(visit, "photo")
    command = TakeKeys(
        coop_id=visit.coop_id,
        booking_id=visit.place("booking_id"),
        odometer_km=_typed_km(visit, vehicle, _odometer(visit, vehicle)),
        level_percent=_typed_level(visit, vehicle),
        photos=(photo,) if photo else (),
    )
    _carry_out(visit, vehicle, asked, lambda history: Bookings(history).take_keys(command, asked))
    return Go(_back(visit), said="The keys are yours. Have a good trip.")


@get("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/return")
def return_form(visit: Visit) -> Answer:
    """Odometer, gauge, what was paid for energy, a photo."""
    booking, vehicle = _mine(visit)
    out = booking.odometer_out_km if vehicle.kind in MOTOR_VEHICLES else None
    shows = _shown(visit, booking, vehicle) | {"odometer_out_km": out, "to_know": stories.to_know(visit, booking)}
    return Page("return.html", shows, mine=True)


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/return", again=return_form)
def return_vehicle(visit: Visit) -> Answer:
    """End the trip."""
    booking, vehicle = _mine(visit)
    asked, form = visit.asked(), visit.form
    receipt, photo = sent_photo(visit, "receipt"), sent_photo(visit, "photo")
    command = ReturnVehicle(
        coop_id=visit.coop_id,
        booking_id=booking.booking_id,
        odometer_km=_typed_km(visit, vehicle, booking.odometer_out_km or 0),
        level_percent=_typed_level(visit, vehicle),
        photos=(photo,) if photo else (),
        energy_paid=form.money("energy_paid") if form.text("energy_paid") else None,
        receipt=receipt,
    )
    _carry_out(visit, vehicle, asked, lambda history: Bookings(history).return_vehicle(command, asked))
    return Go(_back(visit), said="Returned. Thank you.")


def _carry_out(visit: Visit, vehicle: VehicleCard, asked: Asked, act: Any) -> None:
    """Do the act and report the damage typed beside it, both or neither."""

    def together(history: History) -> Any:
        done = act(history)
        if visit.form.text("new_damage"):
            command = ReportDamage(
                coop_id=visit.coop_id,
                vehicle_id=vehicle.vehicle_id,
                part=visit.form.needed("damage_part"),  # type: ignore[arg-type]
                sentence=visit.form.needed("new_damage", 500),
            )
            Fleet(history).report_damage(command, asked.part("damage"))
        return done

    visit.site.settled(visit.site.history.together(together))


def _mine(visit: Visit) -> tuple[BookingRow, VehicleCard]:
    booking = queries.booking(visit.connection, visit.site.keyring, visit.coop_id, visit.place("booking_id"))
    if booking is None:
        raise Unknown
    if booking.driver_id != visit.me:
        raise NotYours
    return booking, stories.card_of(visit, booking.vehicle_id)


def _shown(visit: Visit, booking: BookingRow, vehicle: VehicleCard) -> dict[str, Any]:
    shown = stories.row(visit, booking, {vehicle.vehicle_id: vehicle})
    kept = {name: kept_photo(visit, name) for name in ("photo", "receipt")}
    return {"booking": shown, "parts_of": parts_of(vehicle.kind), "kept": kept}


def _odometer(visit: Visit, vehicle: VehicleCard) -> int:
    reading = latest_reading(visit.connection, visit.coop_id, vehicle.vehicle_id)
    return reading.km if reading else vehicle.odometer_km


def _typed_km(visit: Visit, vehicle: VehicleCard, otherwise: int) -> int:
    return visit.form.whole("odometer_km") if vehicle.kind in MOTOR_VEHICLES else otherwise


def _typed_level(visit: Visit, vehicle: VehicleCard) -> int:
    return visit.form.whole("level_percent", 0, 100) if vehicle.energy != "none" else 100


def _back(visit: Visit) -> str:
    return f"/coops/{visit.coop_id}/bookings/{visit.place('booking_id')}"

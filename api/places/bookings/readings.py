"""What is read on a vehicle at both ends of a trip, as two forms ask for it."""

from typing import Any

from api.web.forms import Form
from fleet.catalogue import MOTOR_VEHICLES
from fleet.queries import VehicleCard

FULL = 100  # percent: what has no tank and no battery always has enough


def typed_readings(form: Form, vehicle: VehicleCard, unread_km: int) -> dict[str, Any]:
    """Return the odometer and the gauge as typed; a vehicle without one is read at `unread_km`, and full."""
    return {
        "odometer_km": form.whole("odometer_km") if vehicle.kind in MOTOR_VEHICLES else unread_km,
        "level_percent": form.whole("level_percent", 0, FULL) if vehicle.energy != "none" else FULL,
    }


def typed_damage(form: Form) -> dict[str, str] | None:
    """Return a damage as typed, `None` when nothing is said of one."""
    if not form.text("sentence"):
        return None
    return {"part": form.needed("part"), "sentence": form.text("sentence")}

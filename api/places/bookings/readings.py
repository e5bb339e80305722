"""What is read on a vehicle at both ends of a trip, as two forms ask for it."""

from datetime import datetime
from uuid import UUID

from api.web.forms import Form, Misread, local_instant
from api.web.visit import Visit
from fleet.catalogue import MOTOR_VEHICLES
from fleet.queries import VehicleCard, VehicleLook
from kernel.text import N_

FULL = 100  # percent: what has no tank and no battery always has enough


def unread(vehicle: VehicleCard | VehicleLook, km: int) -> dict[str, int]:
    """Return what no form asks of a vehicle: without an odometer it stands at `km`, without a gauge it is full."""
    odometer = {} if vehicle.kind in MOTOR_VEHICLES else {"odometer_km": km}
    gauge = {} if vehicle.energy != "none" else {"level_percent": FULL}
    return odometer | gauge


def typed_hour(visit: Visit, name: str) -> datetime | None:
    """Return a local day and hour typed in two fields that begin with a name; `None` when neither is."""
    day, hour = f"{name}_day", f"{name}_hour"
    typed = visit.form.text(day) or visit.form.text(hour)
    return local_instant(visit.form, day, hour, visit.actor.zone) if typed else None


def typed_damage(form: Form, photo_id: UUID | None) -> dict[str, object] | None:
    """Return a damage as typed, with its photo; `None` when nothing is said of one."""
    part, sentence = form.text("part"), form.text("sentence")  # a part is always chosen: the first, when nobody did
    if photo_id and not sentence:
        raise Misread({"sentence": N_("Say in a few words what the photo shows.")})
    return {"part": part, "sentence": sentence, "photo_id": photo_id} if sentence else None


def typed_seen(form: Form) -> str:
    """Return whether she sees something new on the vehicle: it is asked, never taken for granted."""
    seen = form.text("seen")
    if not seen:
        raise Misread({"seen": N_("Walk around it, then say which of the two.")})
    return seen

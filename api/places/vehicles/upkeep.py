"""Looking after a vehicle: its name, colour, home, handbook and code, and leaving service."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from api.places.vehicles.home import HOME, typed_home
from api.places.vehicles.vehicle import VEHICLE
from api.web.acts import Fields, act
from api.web.answers import Page, View
from api.web.forms import Misread
from api.web.routes import page
from api.web.visit import Visit
from fleet import queries
from fleet.application import Fleet
from fleet.catalogue import MOTOR_VEHICLES
from fleet.commands import LeaveService, MoveHome, RenameVehicle, SayColour, WriteHandbook
from fleet.damages import DamageRow, known_damages
from fleet.events import Place
from kernel.command import Asked, Done
from kernel.text import N_
from usecases.actor import Actor
from usecases.upkeep import looks_after_vehicle

BACK = "/coops/{coop_id}/vehicles/{vehicle_id}/edit"


class Upkeep(View, frozen=True, kw_only=True):
    """What those who look after a vehicle may change; `has_code` tells that its key box has one, never which."""

    template: ClassVar[str] = "vehicles/upkeep.html"

    vehicle: queries.VehicleCard
    home: Place
    handbook: str
    has_code: bool
    damages: Sequence[DamageRow]

    @property
    def in_service(self) -> bool:
        """Whether anything about it may still change."""
        return self.vehicle.left_at is None

    @property
    def has_motor(self) -> bool:
        """Whether the road asks for papers."""
        return self.vehicle.kind in MOTOR_VEHICLES


@page(f"{VEHICLE}/edit", who=looks_after_vehicle)
def edit_vehicle(visit: Visit, vehicle_id: UUID) -> Page:
    """Show all that may be changed of a vehicle, one form each."""
    actor = visit.actor
    found = queries.vehicle_page(actor.connection, actor.coop_id, vehicle_id, on=actor.today)
    view = Upkeep(
        vehicle=found.card,
        home=found.card.home,
        handbook=found.handbook or "",
        has_code=queries.access_code(actor.connection, actor.coop_id, vehicle_id) is not None,
        damages=known_damages(actor.connection, actor.keyring, actor.coop_id, vehicle_id),
    )
    return Page(view)


@act(
    f"{VEHICLE}/name",
    who=looks_after_vehicle,
    page=edit_vehicle,
    said=N_("Its new name is noted."),
    then=BACK,
    lasting="It is written again on the same page.",
    example={"name": "Zoé"},
)
def rename_vehicle(actor: Actor, command: RenameVehicle, asked: Asked) -> Done:
    """Say what it is called from now on."""
    return Fleet(actor.history).rename_vehicle(command, asked)


@act(
    f"{VEHICLE}/colour",
    who=looks_after_vehicle,
    page=edit_vehicle,
    said=N_("Its colour is noted."),
    then=BACK,
    lasting="It is said again on the same page.",
    example={"colour": "bleu nuit"},
)
def say_colour(actor: Actor, command: SayColour, asked: Asked) -> Done:
    """Say what colour it has, or take back what was said of it."""
    return Fleet(actor.history).say_colour(command, asked)


@act(
    f"{VEHICLE}/home",
    who=looks_after_vehicle,
    page=edit_vehicle,
    read=lambda visit: {"home": typed_home(visit.form)},
    typed_as={"text": "place"},
    said=N_("Its new place is noted."),
    then=BACK,
    lasting="It is written again on the same page.",
    example={"home": HOME},
)
def move_home(actor: Actor, command: MoveHome, asked: Asked) -> Done:
    """Say where it lives from now on."""
    return Fleet(actor.history).move_home(command, asked)


def typed_handbook(visit: Visit) -> Fields:
    """Return the handbook as typed, which may be empty; a code left empty stays, unless it is said to be gone."""
    form, gone = visit.form, visit.form.ticked("no_code")
    if gone and form.text("access_code"):
        raise Misread({"access_code": N_("Type a code, or say that there is none: not both.")})
    return {"text": form.text("text"), **({"access_code": None} if gone else {})}


@act(
    f"{VEHICLE}/handbook",
    who=looks_after_vehicle,
    page=edit_vehicle,
    read=typed_handbook,
    said=N_("The handbook is noted."),
    then=BACK,
    lasting="It is written again on the same page.",
    example={"text": "La clé tourne à l'envers.", "access_code": "2580"},
)
def write_handbook(actor: Actor, command: WriteHandbook, asked: Asked) -> Done:
    """Write its handbook, the code of its key box, or both; what is not said stays."""
    return Fleet(actor.history).write_handbook(command, asked)


@act(
    f"{VEHICLE}/withdrawal",
    who=looks_after_vehicle,
    page=edit_vehicle,
    said=N_("It is out of service. Bookings already made stand."),
    then="/coops/{coop_id}/vehicles/{vehicle_id}",
    lasting="It enters service again, with its papers and its odometer.",
    example={},
)
def leave_service(actor: Actor, command: LeaveService, asked: Asked) -> Done:
    """Take it out of service."""
    return Fleet(actor.history).leave_service(command, asked)

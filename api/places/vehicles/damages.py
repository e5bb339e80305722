"""Damages: seen by anyone, known to the next driver, mended one day."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.photos.sent import sent_photo
from api.places.vehicles.upkeep import edit_vehicle
from api.places.vehicles.vehicle import VEHICLE, show_vehicle
from api.web.acts import Fields, act
from api.web.answers import Page
from api.web.routes import page, question
from api.web.visit import Visit
from fleet import queries
from fleet.application import Fleet
from fleet.commands import MendDamage, ReportDamage
from fleet.damages import DamageRow, damages_slice
from kernel.command import Asked, Done
from kernel.slice import Slice, Wanted
from kernel.text import N_
from usecases import upkeep
from usecases.actor import Actor
from usecases.upkeep import damaged_vehicle, looks_after_damaged

DAMAGE = f"{COOP}/damages/{{damage_id:uuid}}"


class DamagesAsked(Wanted, frozen=True, kw_only=True):
    """Whether the damages that were mended are asked for too, and which slice of the list."""

    which: Annotated[Literal["known", "all"], msgspec.Meta(description="known: not yet mended")] = "known"


@question(f"{VEHICLE}/damages", who="member")
def damages(actor: Actor, vehicle_id: UUID, query: DamagesAsked) -> Slice[DamageRow]:
    """Its known damages, not yet mended, in the order they were seen; or all there ever were."""
    vehicle_id = queries.vehicle_look(actor.connection, actor.coop_id, vehicle_id).vehicle_id
    mended, after, most = query.which == "all", query.after, query.limit
    of_coop = actor.connection, actor.keyring, actor.coop_id
    return damages_slice(*of_coop, vehicle_id, mended=mended, after=after, most=most)


def typed_damage(visit: Visit) -> Fields:
    """Keep the photo first, so that a field misread does not ask for it again."""
    return {"photo_id": sent_photo(visit, "photo")}


@act(
    f"{VEHICLE}/damages",
    who="member",
    page=show_vehicle,
    read=typed_damage,
    said=N_("Noted. The next driver will see it."),
    then="/coops/{coop_id}/vehicles/{vehicle_id}",
    lasting="Who looks after the vehicle says that it is mended.",
    example={"part": "left", "sentence": "Rayure sur la portière"},
)
def report_damage(actor: Actor, command: ReportDamage, asked: Asked) -> Done:
    """Report a damage; its id is the request's key."""
    return upkeep.report_damage(actor, command, asked)


@page(DAMAGE, who=looks_after_damaged)
def edit_damaged(visit: Visit, damage_id: UUID) -> Page:
    """Show the upkeep of the vehicle a damage was seen on."""
    return edit_vehicle(visit, damaged_vehicle(visit.actor, damage_id))


@act(
    f"{DAMAGE}/mending",
    who=looks_after_damaged,
    page=edit_damaged,
    said=N_("Mended. It is no longer shown."),
    then=lambda visit, done: (
        f"/coops/{visit.actor.coop_id}/vehicles/{damaged_vehicle(visit.actor, done.stream_id)}/edit"
    ),
    lasting="It is reported again.",
    example={},
)
def mend_damage(actor: Actor, command: MendDamage, asked: Asked) -> Done:
    """Say that a damage has been repaired."""
    return Fleet(actor.history).mend_damage(command, asked)

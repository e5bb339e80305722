"""A vehicle enters service: what it is, whose, where it sleeps, its papers, its price to begin with."""

from collections.abc import Sequence
from typing import Any, ClassVar, get_args
from uuid import UUID

import msgspec

from api.places.photos.sent import kept_photo, sent_photo
from api.places.vehicles.home import HOME, typed_home
from api.places.vehicles.vehicle import VEHICLES
from api.web.acts import Fields, act
from api.web.answers import Page, View
from api.web.fields import limits_of
from api.web.forms import Form, Misread
from api.web.routes import page
from api.web.visit import Visit
from fleet.catalogue import Energy, Equipment, Handover, Sharing, VehicleKind
from fleet.commands import Owner
from governance.queries import members_of
from governance.roles import Role
from governance.rules.queries import rules_in_force
from kernel.command import Asked, Done
from kernel.text import N_
from usecases.actor import Actor
from usecases.bringing_in import BringIn, bring_in

ENTERING = {
    "name": "Zoé",
    "kind": "car",
    "sharing": "group",
    "plate": "AB-123-CD",
    "energy": "electric",
    "seats": 5,
    "equipment": ["child_seat"],
    "home": HOME,
    "handover": "key_box",
    "odometer_km": 48210,
    "papers": [{"kind": "insurance", "valid_until": "2027-12-31", "insurer_consents": True}],
    "price": {"per_km": "0.25"},
}


class Candidate(msgspec.Struct, frozen=True):
    """A member who may own it, and whether she is the reader."""

    id: UUID
    name: str | None
    me: bool


class Entering(View, frozen=True, kw_only=True):
    """The form's furniture. `for_all` is for a référent, who may bring in the co-op's vehicle or a neighbour's."""

    template: ClassVar[str] = "vehicles/entering.html"

    me: UUID
    members: Sequence[Candidate]
    for_all: bool
    ways: Sequence[Sharing]
    per_km: str | None
    per_hour: str | None
    on_board: Sequence[str]
    kept_photo: UUID | None
    kinds: Sequence[VehicleKind] = get_args(VehicleKind)
    energies: Sequence[Energy] = get_args(Energy)
    handovers: Sequence[Handover] = get_args(Handover)
    equipment: Sequence[Equipment] = get_args(Equipment)


@page(f"{VEHICLES}/new", who="member")
def new_vehicle(visit: Visit) -> Page:
    """Ask what it is, whose it is, where it lives, its papers and its price."""
    actor = visit.actor
    in_force = rules_in_force(actor.connection, actor.coop_id, actor.now)
    for_all = actor.holds(Role.REFERENT)
    view = Entering(
        me=actor.me,
        members=_members(actor),
        for_all=for_all,
        ways=("lent", "co_owned", "group") if for_all else ("lent", "co_owned"),
        per_km=in_force["price_per_km"].value,
        per_hour=in_force["price_per_hour"].value,
        on_board=visit.form.texts_of("equipment"),
        kept_photo=kept_photo(visit, "photo"),
    )
    return Page(view)


def typed_vehicle(visit: Visit) -> Fields:
    """Return what several fields say together, the photo kept first so that a misread does not ask for it again."""
    form, photo_id = visit.form, sent_photo(visit, "photo")
    return {
        "owners": _owners(visit),
        "home": typed_home(form),
        "photo_id": photo_id,
        "papers": _papers(form),
        "price": {name: _amount(form, name) for name in ("per_km", "per_hour")},
    }


@act(
    VEHICLES,
    who="member",
    page=new_vehicle,
    read=typed_vehicle,
    typed_as={"text": "place", "papers": "insurance_until", "owners": "sharing"},
    said=N_("It is in service. Neighbours can book it."),
    then="/coops/{coop_id}/vehicles/{id}",
    example=ENTERING,
)
def add_vehicle(actor: Actor, command: BringIn, asked: Asked) -> Done:
    """Bring a vehicle in; its id is the request's key."""
    return bring_in(actor, command, asked)


def _members(actor: Actor) -> list[Candidate]:
    known = members_of(actor.connection, actor.coop_id, actor.now)
    return [Candidate(row.member_id, row.name, row.member_id == actor.me) for row in known if row.is_member]


def _owners(visit: Visit) -> tuple[dict[str, Any], ...]:
    """Return who owns how many whole parts: she who lends it (herself unless a référent says), or those with parts."""
    form, sharing, lender = visit.form, visit.form.text("sharing"), visit.form.text("lender")
    names = {member.id: f"parts_{member.id}" for member in _members(visit.actor)}
    typed = {member_id: name for member_id, name in names.items() if form.text(name) not in ("", "0")}
    if sharing == "lent":
        return ({"member_id": form.uuid("lender") if lender else visit.actor.me},)
    if sharing != "co_owned":
        return ()
    parts = limits_of(Owner)["parts"]
    return tuple({"member_id": member_id, "parts": form.whole(name, parts)} for member_id, name in typed.items())


def _papers(form: Form) -> tuple[dict[str, Any], ...]:
    """Return the papers whose last day was given; an insurer's consent needs the insurance's."""
    consents = form.ticked("insurer_consents")
    if consents and not form.text("insurance_until"):
        raise Misread({"insurance_until": N_("Choose a day.")})
    days = {kind: form.day(f"{kind}_until") for kind in ("inspection", "insurance") if form.text(f"{kind}_until")}
    return tuple(
        {"kind": kind, "valid_until": day, "insurer_consents": consents and kind == "insurance"}
        for kind, day in days.items()
    )


def _amount(form: Form, name: str) -> str | None:
    return form.text(name).replace(",", ".").removesuffix("€").strip() or None

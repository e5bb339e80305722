"""A vehicle enters service: what it is, whose, where it sleeps, its papers, its price to begin with."""

from collections.abc import Sequence
from typing import Any, ClassVar, get_args
from uuid import UUID

from api.places.photos.sent import kept_photo, sent_photo
from api.places.vehicles.home import HOME, typed_home
from api.places.vehicles.papers import PAPERS_TYPED, OddDays, odd_days, sent_letter, typed_papers
from api.places.vehicles.vehicle import VEHICLES
from api.web.acts import Fields, act
from api.web.answers import Page, View
from api.web.fields import limits_of
from api.web.forms import Form, ids_among, read_parts
from api.web.routes import page
from api.web.visit import Visit
from fleet.catalogue import ENERGIES, MOTOR_VEHICLES, Energy, Equipment, Handover, Sharing, VehicleKind
from fleet.commands import Owner
from fleet.policies import OdometerNeeded
from governance.queries import current_members
from governance.roles import Role
from governance.rules.queries import rules_in_force
from kernel.command import Asked, Done
from kernel.money import sign_of
from kernel.text import N_
from usecases.actor import Actor
from usecases.bringing_in import BringIn, bring_in
from usecases.choosing import Choosable, choice_of

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
    "papers": [
        {"kind": "insurance", "valid_until": "2027-12-31"},
        {"kind": "inspection", "first_registered_on": "2025-04-17"},
    ],
    "price": {"per_km": "0.25"},
}


HIDDEN = ("plate", *PAPERS_TYPED)
"""The fields that a vehicle without a motor is not asked for: what they hold is of no account."""

PARTS = "parts_"
"""How the fields begin that hold what each owns of it; the member follows."""


class Entering(View, frozen=True, kw_only=True):
    """The form's furniture. `choice` is whose it may be.

    `for_all` is for a référent, who may bring in the co-op's vehicle or a neighbour's.
    """

    template: ClassVar[str] = "vehicles/entering.html"

    me: UUID
    choice: Choosable
    for_all: bool
    ways: Sequence[Sharing]
    per_km: str | None
    per_hour: str | None
    on_board: Sequence[str]
    kept_photo: UUID | None
    kept_consent: UUID | None
    odd: OddDays
    kinds: Sequence[VehicleKind] = get_args(VehicleKind)
    energies: Sequence[Energy] = get_args(Energy)
    handovers: Sequence[Handover] = get_args(Handover)
    equipment: Sequence[Equipment] = get_args(Equipment)


@page(f"{VEHICLES}/new", who="member")
def new_vehicle(visit: Visit) -> Page:
    """Ask what it is, whose it is, where it lives, what papers it has, and its price."""
    actor = visit.actor
    in_force = rules_in_force(actor.connection, actor.coop_id, actor.now)
    for_all = actor.holds(Role.REFERENT)
    view = Entering(
        me=actor.me,
        choice=choice_of(actor, _at_hand(visit.form), visit.form.text("find")),
        for_all=for_all,
        ways=("lent", "co_owned", "group") if for_all else ("lent", "co_owned"),
        per_km=in_force["price_per_km"].value,
        per_hour=in_force["price_per_hour"].value,
        on_board=visit.form.texts_of("equipment"),
        kept_photo=kept_photo(visit, "photo"),
        kept_consent=kept_photo(visit, "consent"),
        odd=odd_days(visit),
    )
    return Page(view)


def typed_vehicle(visit: Visit) -> Fields:
    """Return what several fields say together, photos kept first so that a misread does not ask for them again."""
    form, photo_id, letter_id = visit.form, sent_photo(visit, "photo"), sent_letter(visit)
    form.check_found()
    return read_parts(
        {
            "owners": lambda: _owners(visit),
            "home": lambda: typed_home(form),
            **_what_the_road_asks(form, letter_id),
            "photo_id": photo_id,
            "price": {name: _amount(form, name) for name in ("per_km", "per_hour")},
        }
    )


@act(
    VEHICLES,
    who="member",
    page=new_vehicle,
    read=typed_vehicle,
    typed_as={"text": "place", "papers": "insurance_until", "owners": "sharing"},
    about={"odometer_km": (OdometerNeeded,)},
    said=N_("The vehicle is added."),
    then="/coops/{coop_id}/vehicles/{id}",
    lasting="It leaves service on its own page.",
    example=ENTERING,
)
def add_vehicle(actor: Actor, command: BringIn, asked: Asked) -> Done:
    """Bring a vehicle in; its id is the request's key."""
    return bring_in(actor, command, asked)


def _at_hand(form: Form) -> list[UUID]:
    """Return who lends it or has parts of it already, as typed."""
    parts = (name.removeprefix(PARTS) for name in form.texts if name.startswith(PARTS) and any(form.texts_of(name)))
    return ids_among((form.text("lender"), *parts))


def _owners(visit: Visit) -> tuple[dict[str, Any], ...]:
    """Return who owns how many whole parts: she who lends it (herself unless a référent says), or those with parts."""
    form, sharing, lender = visit.form, visit.form.text("sharing"), visit.form.text("lender")
    typed = {member_id: name for member_id, name in _shares(visit).items() if form.text(name) not in ("", "0")}
    if sharing == "lent":
        return ({"member_id": form.uuid("lender") if lender else visit.actor.me},)
    if sharing != "co_owned":
        return ()
    parts = limits_of(Owner)["parts"]
    return tuple({"member_id": member_id, "parts": form.whole(name, parts)} for member_id, name in typed.items())


def _shares(visit: Visit) -> dict[UUID, str]:
    """Return the fields that hold members' parts, as they were sent; those of anyone else are read by nobody."""
    fields = {name: name.removeprefix(PARTS) for name in visit.form.texts if name.startswith(PARTS)}
    named = {member_id: name for name, text in fields.items() for member_id in ids_among([text])}
    known = current_members(visit.actor.connection, visit.actor.coop_id, among=named)
    return {member_id: name for member_id, name in named.items() if member_id in known}


def _what_the_road_asks(form: Form, letter_id: UUID | None) -> Fields:
    """Return how its papers are read; of what has no motor that it has none, nor plate; it runs on what it can."""
    without_motor = {str(kind): energies for kind, energies in ENERGIES.items() if kind not in MOTOR_VEHICLES}
    possible, assisted = without_motor.get(form.text("kind")), "electric" if form.ticked("assisted") else "none"
    if possible is None:
        return {"papers": lambda: typed_papers(form, letter_id)}
    for hidden in HIDDEN:
        form.text(hidden)  # it may have been typed before another kind was chosen
    typed = form.text("energy")
    energy = next(iter(possible)) if len(possible) == 1 else typed if typed in possible else assisted
    return {"papers": (), "plate": None, "energy": energy}


def _amount(form: Form, name: str) -> str | None:
    return form.text(name).replace(",", ".").removesuffix(sign_of(form.currency)).strip() or None

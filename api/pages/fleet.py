"""Bringing a vehicle in, and looking after it: papers, home, keys, damage, leaving service."""

from typing import Any
from uuid import UUID

from api.drawing.pictures import tint_of
from api.garage import Price, bring_in, looked_after, mend
from api.pages.vehicles import vehicle
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.forms import Form, Misread, built
from api.web.routes import get, post
from api.web.sent_photos import kept_photo, sent_photo
from fleet import commands as c
from fleet.application import Fleet
from fleet.catalogue import PAPERS
from fleet.queries import access_code, damaged_vehicle, known_damages
from governance.queries import members_of
from governance.roles import Role
from governance.rules.queries import rules_in_force
from kernel.refused import Unknown

BESIDE = {"home": "place", "papers": "insurance_until", "owners": "sharing", "paper": "valid_until"}
MOST_PARTS = 10_000


@get("/coops/{coop_id:uuid}/vehicles/new")
def new_vehicle(asking: Asking) -> Answer:
    """Ask what it is, whose it is, where it lives, its papers and its price."""
    in_force = rules_in_force(asking.connection, asking.coop_id, asking.now)
    prices = {name: str(in_force[f"price_{name}"].value) for name in ("per_km", "per_hour")}
    if asking.lang == "fr":
        prices = {name: text.replace(".", ",") for name, text in prices.items()}
    shows = {
        "members": _members(asking),
        "for_all": asking.member is not None and asking.member.holds(Role.REFERENT),
        "prices": prices,
        "on_board": asking.form.texts_of("equipment"),
        "kept": {"photo": kept_photo(asking, "photo")},
    }
    return Page("vehicle_form.html", shows)


@post("/coops/{coop_id:uuid}/vehicles", again=new_vehicle)
def add_vehicle(asking: Asking) -> Answer:
    """Let it enter service at its price."""
    form, asked, photo_id = asking.form, asking.asked(), sent_photo(asking, "photo")
    command = built(c.EnterService, _entering(asking) | {"photo_id": photo_id}, BESIDE)
    price = built(Price, {"per_km": _amount(form, "per_km"), "per_hour": _amount(form, "per_hour")})
    done = bring_in(asking, command, price, asked, form.text("access_code")[:40] or None)
    asking.site.settled(done)
    return Go(f"/coops/{asking.coop_id}/vehicles/{done.stream_id}", said="It is in service. Neighbours can book it.")


@get("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/edit")
def edit_vehicle(asking: Asking) -> Answer:
    """Papers, home, handbook and code, damage to mend, leaving service: one form each."""
    page = looked_after(asking, asking.place("vehicle_id"))
    card, coop_id = page.card, asking.coop_id
    shows = {
        "vehicle": {"vehicle_id": card.vehicle_id, "name": card.name, "kind": card.kind, "tint": tint_of(card.name)},
        "in_service": card.left_at is None,
        "home": card.home,
        "papers": page.papers,
        "paper_kinds": PAPERS,
        "handbook": page.handbook,
        "has_code": access_code(asking.connection, coop_id, card.vehicle_id) is not None,
        "damages": known_damages(asking.connection, asking.site.keyring, coop_id, card.vehicle_id),
    }
    return Page("vehicle_edit.html", shows)


@post("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/papers", again=edit_vehicle)
def file_paper(asking: Asking) -> Answer:
    """File a paper, or the one that replaces it."""
    form, vehicle_id = asking.form, _looked_after(asking)
    paper = {
        "kind": form.needed("kind"),
        "valid_until": form.day("valid_until") if form.text("valid_until") else None,
        "insurer_consents": form.ticked("insurer_consents"),
    }
    command = _built(asking, c.FilePaper, vehicle_id, paper=paper)
    asking.site.settled(Fleet(asking.site.history).file_paper(command, asking.asked()))
    return Go(f"{_here(asking, vehicle_id)}/edit", said="The paper is filed.")


@post("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/home", again=edit_vehicle)
def move_home(asking: Asking) -> Answer:
    """Say where it lives from now on."""
    vehicle_id = _looked_after(asking)
    command = _built(asking, c.MoveHome, vehicle_id, home=_home(asking.form))
    asking.site.settled(Fleet(asking.site.history).move_home(command, asking.asked()))
    return Go(f"{_here(asking, vehicle_id)}/edit", said="Its new place is noted.")


@post("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/handbook", again=edit_vehicle)
def write_handbook(asking: Asking) -> Answer:
    """Write the handbook anew; an empty code leaves the one it has."""
    form, vehicle_id = asking.form, _looked_after(asking)
    known = None if form.ticked("no_code") else access_code(asking.connection, asking.coop_id, vehicle_id)
    code = form.text("access_code") or known
    command = _built(asking, c.WriteHandbook, vehicle_id, text=form.text("handbook"), access_code=code)
    asking.site.settled(Fleet(asking.site.history).write_handbook(command, asking.asked()))
    return Go(f"{_here(asking, vehicle_id)}/edit", said="The handbook is noted.")


@post("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/withdrawal", again=edit_vehicle)
def leave_service(asking: Asking) -> Answer:
    """Take it out of service."""
    vehicle_id = _looked_after(asking)
    command = _built(asking, c.LeaveService, vehicle_id)
    asking.site.settled(Fleet(asking.site.history).leave_service(command, asking.asked()))
    return Go(_here(asking, vehicle_id), said="It is out of service. Bookings already made stand.")


@post("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/damages", again=vehicle)
def report_damage(asking: Asking) -> Answer:
    """Make a damage known, outside a trip."""
    form, vehicle_id, photo_id = asking.form, asking.place("vehicle_id"), sent_photo(asking, "photo")
    words = {"part": form.needed("damage_part"), "sentence": form.needed("new_damage", 500), "photo_id": photo_id}
    command = _built(asking, c.ReportDamage, vehicle_id, **words)
    asking.site.settled(Fleet(asking.site.history).report_damage(command, asking.asked()))
    return Go(_here(asking, vehicle_id), said="Noted. The next driver will see it.")


@post("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/damages/{damage_id:uuid}/mending", again=edit_vehicle)
def mend_damage(asking: Asking) -> Answer:
    """Say that a damage is there no more."""
    vehicle_id, damage_id = asking.place("vehicle_id"), asking.place("damage_id")
    if damaged_vehicle(asking.connection, asking.coop_id, damage_id) != vehicle_id:
        raise Unknown
    command = c.MendDamage(coop_id=asking.coop_id, damage_id=damage_id)
    asking.site.settled(mend(asking, command, asking.asked()))
    return Go(f"{_here(asking, vehicle_id)}/edit", said="Mended. It is no longer shown.")


def _entering(asking: Asking) -> dict[str, Any]:
    form = asking.form
    return {
        "coop_id": asking.coop_id,
        "name": form.needed("name", 120),
        "kind": form.needed("kind"),
        "sharing": form.needed("sharing"),
        "owners": _owners(asking),
        "plate": form.text("plate") or None,
        "energy": form.needed("energy"),
        "seats": form.whole("seats", 0, 9),
        "equipment": tuple(form.texts_of("equipment")),
        "home": _home(form),
        "handover": form.needed("handover"),
        "odometer_km": form.whole("odometer_km"),
        "papers": _papers(form),
    }


def _owners(asking: Asking) -> tuple[dict[str, Any], ...]:
    """Return who owns how many whole parts: she who lends it (herself unless a référent says), or those with parts."""
    form, sharing = asking.form, asking.form.text("sharing")
    if sharing == "lent":
        return ({"member_id": form.uuid("lender") if form.text("lender") else asking.me},)
    if sharing != "co_owned":
        return ()
    parts = {member["member_id"]: f"parts_{member['member_id']}" for member in _members(asking)}
    return tuple(
        {"member_id": member_id, "parts": form.whole(name, 1, MOST_PARTS)}
        for member_id, name in parts.items()
        if form.text(name) not in ("", "0")
    )


def _members(asking: Asking) -> list[dict[str, Any]]:
    known = members_of(asking.connection, asking.coop_id, asking.now)
    return [
        {"member_id": each.member_id, "name": each.name or "", "me": each.member_id == asking.me}
        for each in known
        if each.is_member
    ]


def _home(form: Form) -> dict[str, Any]:
    latitude, longitude = form.degrees("latitude", 90), form.degrees("longitude", 180)
    if (latitude is None) != (longitude is None):
        raise Misread({"latitude" if latitude is None else "longitude": "Fill this in."})
    degrees = {} if latitude is None else {"latitude": f"{latitude:f}", "longitude": f"{longitude:f}"}
    return {"text": form.needed("place", 120), **degrees}


def _papers(form: Form) -> tuple[dict[str, Any], ...]:
    """Return the papers whose last day was given; an insurer's consent needs the insurance's."""
    consents = form.ticked("insurer_consents")
    if consents and not form.text("insurance_until"):
        raise Misread({"insurance_until": "Choose a day."})
    days = {kind: form.day(f"{kind}_until") for kind in ("inspection", "insurance") if form.text(f"{kind}_until")}
    return tuple(
        {"kind": kind, "valid_until": day, "insurer_consents": consents and kind == "insurance"}
        for kind, day in days.items()
    )


def _amount(form: Form, name: str) -> str | None:
    return form.text(name).replace(",", ".").removesuffix("€").strip() or None


def _built(asking: Asking, kind: type[Any], vehicle_id: UUID, **fields: object) -> Any:
    return built(kind, {"coop_id": asking.coop_id, "vehicle_id": vehicle_id, **fields}, BESIDE)


def _looked_after(asking: Asking) -> UUID:
    return looked_after(asking, asking.place("vehicle_id")).card.vehicle_id


def _here(asking: Asking, vehicle_id: UUID) -> str:
    return f"/coops/{asking.coop_id}/vehicles/{vehicle_id}"

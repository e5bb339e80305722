"""Joining a co-op by invitation, and starting one."""

from typing import Any

from api.arrivals import Join, Start, join_coop, start_coop
from api.drawing.vehicles import tint_of
from api.pages.declared import get, post
from api.pages.sign_in import send_link
from api.speech.charter import charter
from api.web.answers import Answer, Go, Page
from api.web.forms import Misread
from api.web.visit import Visit
from fleet.queries import vehicles_in_service
from governance.commands import Accent
from governance.invitation import InvitationAlreadyUsed, InvitationExpired, InvitationTakenBack
from governance.queries import CoopRow, InvitationRow, coop, current_members, invitation, member
from kernel.refused import Unknown
from territory.communes import NoSuchCommune, commune, search

MOST_FOUND = 12


@get("/join/{invitation_id:uuid}")
def invited(visit: Visit) -> Answer:
    """Show who invites to what, and the charter."""
    row, here = _invitation(visit)
    shown = _shown(visit, row, here)
    needs_account = visit.person is None
    return Page("join.html", {"invitation": shown, "charter": charter(visit.lang), "needs_account": needs_account})


def _shown(visit: Visit, row: InvitationRow, here: CoopRow) -> dict[str, Any]:
    by = member(visit.connection, row.coop_id, row.issued_by, visit.now) if row.issued_by else None
    fleet = vehicles_in_service(visit.connection, row.coop_id, on=visit.now.date())
    return {
        "token": row.invitation_id,
        "coop_name": here.name,
        "locality": here.commune_name,
        "by_name": by.name if by and by.name else here.name,
        "members": len(current_members(visit.connection, row.coop_id)),
        "vehicles": [{"name": each.name, "kind": each.kind, "tint": tint_of(each.vehicle_id)} for each in fleet],
        "email": None,
    }


def _invitation(visit: Visit) -> tuple[InvitationRow, CoopRow]:
    """Return a valid invitation and its co-op, or refuse with what became of it."""
    row = invitation(visit.connection, visit.place("invitation_id"), visit.now)
    if row is None:
        raise Unknown
    if row.state != "valid":
        raise {"used": InvitationAlreadyUsed, "revoked": InvitationTakenBack}.get(row.state, InvitationExpired)
    here = coop(visit.connection, row.coop_id)
    if here is None:
        raise Unknown
    return row, here


@post("/join/{invitation_id:uuid}", again=invited)
def join(visit: Visit) -> Answer:
    """Join at once when signed in; otherwise by the link sent to the address given."""
    if not visit.form.ticked("charter"):
        raise Misread({"charter": "Read the charter, then say that you accept it."})
    invitation_id = visit.place("invitation_id")
    if visit.person:
        return Go(f"/coops/{join_coop(visit.site, visit.person.person_id, invitation_id)}/")
    name, phone = visit.form.needed("name", 80), visit.form.text("phone")[:30]
    return send_link(visit, Join(invitation_id=invitation_id, name=name, phone=phone, lang=visit.lang))


@get("/start")
def starting(visit: Visit) -> Answer:
    """Find the commune, then name the co-op."""
    asked_for, chosen = visit.given("q"), visit.given("commune")
    shows = {
        "q": asked_for,
        "communes": search(asked_for, MOST_FOUND) if asked_for else (),
        "commune": commune(chosen) if chosen else None,
        "packs": _packs(visit),
        "needs_account": visit.person is None,
    }
    return Page("start_coop.html", shows)


@post("/start", again=starting)
def start(visit: Visit) -> Answer:
    """Start the co-op at once when signed in; otherwise by the link sent to the founder."""
    wanted = _wanted(visit)
    if visit.person is None:
        return send_link(visit, wanted)
    start_coop(visit.site, visit.person.person_id, wanted)
    return Go(f"/coops/{wanted.coop_id}/", said="The co-op is started. Invite a neighbour, add a first vehicle.")


def _wanted(visit: Visit) -> Start:
    form, person = visit.form, visit.person
    if form.needed("accent") not in list(Accent):
        raise Misread({"accent": "Choose a colour."})
    try:
        place = commune(form.needed("commune"))
    except NoSuchCommune as error:
        raise Misread({"q": "Choose a commune from the list."}) from error
    return Start(
        coop_id=visit.asked().command_id,
        coop_name=form.needed("name", 80),
        commune_code=place.code,
        pack=form.needed("pack", 40),
        accent=Accent(form.needed("accent")),
        name=person.name if person else form.needed("founder_name", 80),
        lang=visit.lang,
    )


def _packs(visit: Visit) -> list[dict[str, str]]:
    text = visit.say("A few plain rules; everything can be voted later.")
    return [{"key": "light", "name": visit.say("Light"), "text": text}]

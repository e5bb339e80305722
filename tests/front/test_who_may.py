"""Every route and every kind of visitor: who may is said yes to, who may not is told why; no more and no less.

Each way in is used with what it says yes to: a form as a page shows it, a program's example with what is real here. So
a refusal is never about what was sent.
"""

from uuid import UUID

import pytest
from litestar.routes import HTTPRoute

from api.places.mailed.acting import ForSomebodyElse
from api.web.access import NotAMember, NotSignedIn, NotYourRole, with_ids
from api.web.acts import Accepted
from governance.member import NeedsAVote
from kernel.refused import NotYours
from tests.front.forms import SHOWN_AT_ONCE, forms_by_way, forms_in, way_of
from tests.front.ground import Ground
from tests.front.ids import ids_of
from tests.front.visitor import position, visit
from tests.front.ways import WAYS, Way
from tests.front.well_made import content_for
from tests.kit.databases import once
from tests.kit.village import COOP, ELSEWHERE, Village
from usecases.actor import Actor, is_asked_of_formers

PEOPLE = {
    None: {"everyone"},
    "Sacha": {"everyone", "person"},  # signed in, in no co-op
    "Olga": {"everyone", "person"},  # of another co-op, where she holds every role
    "Luc": {"everyone", "person", "former"},  # has left
    "Nadia": {"everyone", "person", "member"},
    "Amina": {"everyone", "person", "member", "referent"},
    "Paul": {"everyone", "person", "member", "treasurer"},
    "Jean": {"everyone", "person", "member"},  # lends the Clio, and is asked for it
}

pytestmark = once


STANDING = [way for way in WAYS if not way.name.startswith("moved.")]  # the others know nothing but an address

BY_LETTER = ("mailed.acting", "mailed.act_by_link")
ASKED_FURTHER = {
    "profile.erase_member": ("Luc",),
    "members.end_role": ("Paul", "Amina"),
    "settlement.undo_declaration": ("Paul",),
    **dict.fromkeys(BY_LETTER, (None, "Nadia")),
}
"""Who of those let in may go through with what concerns one: herself, a référent, who said it, whose letter it is."""

FOR_A_VOTE = {("profile.erase_member", "Amina"), ("profile.leave_coop", "Amina")}
"""What a référent is told that only a vote can do."""


def is_recorded(way: Way, name: str | None) -> bool:
    """Tell whether a yes is written down: an act's is, but for who accepts an invitation and is a member already."""
    described = way.route.described
    joined = way.name == "api.coming_in.accept_invitation" and "member" in PEOPLE[name]
    return described is not None and described.returns is Accepted and not joined


def welcome(way: Way, name: str | None) -> int:
    """Return the status of a yes."""
    if way.name in ("moved.to_my_departure", "coming_in.follow_words") or (way.name == "coming_in.front_door" and name):
        return 303
    if way.name.startswith("moved."):
        return 308
    if way.route.described:
        return way.route.described.status
    return 200 if way.method == "GET" or way.name in SHOWN_AT_ONCE else 303


def why_not(way: Way, name: str | None) -> tuple[int, str]:
    """Return the status of a no, and the sentence that says why."""
    if (way.name.removeprefix("api."), name) in FOR_A_VOTE:
        return 409, NeedsAVote.sentence()
    if way.name in BY_LETTER:
        return 403, ForSomebodyElse.sentence().format(name="Nadia")
    if name is None:
        return 401, NotSignedIn.sentence() if way.is_api else "Share vehicles between neighbours"
    if way.who == "person" or (is_asked(way, name) and way.who not in ("referent", "treasurer")):
        return 403, NotYours.sentence()
    return 403, (NotYourRole if "member" in PEOPLE[name] else NotAMember).sentence()


def is_asked(way: Way, name: str | None) -> bool:
    """Tell whether a right is asked of someone: a member, or where it says so who has left."""
    who, known = way.route.who, PEOPLE[name]
    return "member" in known or ("former" in known and callable(who) and is_asked_of_formers(who))


def may(village: Village, way: Way, name: str | None, ids: dict[str, str]) -> bool:
    """Tell whether the declaration lets someone in; a right is asked itself, as a member of this co-op is."""
    who = way.route.who
    if isinstance(who, str):
        return who in PEOPLE[name]
    if not is_asked(way, name):
        return False
    places = {field: UUID(ids[way.named(field)]) for field in way.fields}
    with village.site.reading() as connection:
        token = village.as_(str(name)).token
        actor = Actor.signed_in(village.site.history, connection, village.now, token=token, coop_id=COOP)
        return bool(with_ids(who, places, actor))


@pytest.mark.parametrize("name", PEOPLE, ids=str)
def test_exactly_those_are_said_yes_to_whom_the_table_lets(ground: Ground, name: str | None) -> None:
    village, forms = ground.village, dict(ground.forms)
    ids, mine = ids_of(village, COOP, "Nadia"), ids_of(village, COOP, name or "Nadia")
    for way in sorted(WAYS, key=lambda way: way.method != "GET"):  # pages first: each fills in the forms she is shown
        act = way.name.removeprefix("api.")
        ground.stand(act)
        before = position(village)
        alone = (act, name) not in FOR_A_VOTE and name in ASKED_FURTHER.get(act, PEOPLE)
        allowed = may(village, way, name, ids) and alone
        response = visit(village, name).use(way, address_of(way, ids, mine), content_for(way, forms, mine))
        if allowed:
            assert response.status_code == welcome(way, name), (way, response.text)
            assert position(village) > before or not is_recorded(way, name), way
            forms |= forms_by_way(forms_in(response.text)) if way.method == "GET" else {}
        else:
            status, sentence = why_not(way, name)
            assert response.status_code == status, (way, response.text)
            assert sentence in response.text, way
        if way.method != "GET" or not allowed:
            ground.check(response, way)


def address_of(way: Way, ids: dict[str, str], mine: dict[str, str]) -> str:
    """Return where someone uses a way in: at what Nadia has and sees, on her own device."""
    return way.shown(ids | {"session_id": mine["session_id"]})


def test_somebody_is_let_in_everywhere_and_somebody_kept_out(lived: Village) -> None:
    ids = ids_of(lived, COOP, "Nadia")
    for way in WAYS:
        welcomed = {name for name in PEOPLE if may(lived, way, name, ids)}
        assert welcomed, way
        assert (welcomed == PEOPLE.keys()) == (way.who == "everyone"), way


def test_every_form_way_in_is_where_a_page_sends_a_form(ground: Ground) -> None:
    sent = {way_of(form) for _, form in ground.shown}
    of_transfers = (f"settlement.undo_{what}" for what in ("declaration", "receipt", "denial"))
    once_said = {*(f"bookings.undo_{what}" for what in ("keys", "return", "undriven")), *of_transfers}
    assert sorted(sent | once_said) == sorted(way.name for way in WAYS if way.method == "POST" and not way.is_api)


def test_every_way_in_is_served_under_its_own_name(lived: Village) -> None:
    routes = [route for route in lived.client.app.routes if isinstance(route, HTTPRoute)]
    handlers = [each.name for route in routes for each in route.route_handlers if not route.path.startswith("/static")]
    assert sorted(name for name in handlers if name) == sorted(way.name for way in WAYS)
    assert len({way.name for way in WAYS}) == len(WAYS)  # no name stands for two routes


def test_what_another_co_op_has_is_not_found_by_its_members(ground: Ground) -> None:
    theirs = ids_of(ground.village, COOP, "Nadia") | {"coop_id": str(ELSEWHERE)}
    for way in STANDING:
        if "coop_id" in way.fields and len(named_ids(way)) > 1:
            check_refused(ground, way, "Olga", theirs)


def test_no_single_id_of_another_co_op_passes_among_ones_own(ground: Ground) -> None:
    mine, theirs = ids_of(ground.village, COOP, "Claire"), ids_of(ground.village, ELSEWHERE, "Olga")
    for way in STANDING:
        for field in named_ids(way) & set(theirs) - {"coop_id", "person_id"}:
            if "coop_id" in way.fields:
                check_refused(ground, way, "Claire", mine | {way.named(field): theirs[field]})


def named_ids(way: Way) -> set[str]:
    """Return the names of what a path holds that belongs to one co-op."""
    return {field for field in way.fields if field.endswith("_id")}


def check_refused(ground: Ground, way: Way, name: str, ids: dict[str, str]) -> None:
    address = way.to(ids)
    mine = ids_of(ground.village, ELSEWHERE if name == "Olga" else COOP, name)
    response = visit(ground.village, name).use(way, address, content_for(way, ground.forms, mine))
    assert response.status_code in (403, 404, 410), (way, response.text)
    ground.check(response, way)
    shown = response.text.replace(address, "")
    assert not [each for each in OF_THE_DIOIS if each in shown and name == "Olga"], way


OF_THE_DIOIS = ("Zoé", "Kangoo", "Clio", "Nadia", "Amina", "Jean", "Voisins du Diois")

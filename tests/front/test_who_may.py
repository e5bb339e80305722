"""Every route and every kind of visitor: the table of who may is what happens, no more and no less."""

from collections.abc import Callable
from uuid import UUID

import pytest
from httpx import Response
from litestar.routes import HTTPRoute

from api.web.access import NotAMember, NotYourRole, with_places
from kernel.refused import NotYours
from tests.front.ids import ids_of
from tests.front.visitor import position, visit
from tests.front.ways import WAYS, Way
from tests.kit.village import COOP, ELSEWHERE, Village
from usecases.actor import Actor

PEOPLE = {
    None: {"everyone"},
    "Sacha": {"everyone", "person"},  # signed in, in no co-op
    "Olga": {"everyone", "person"},  # of another co-op, where she holds every role
    "Luc": {"everyone", "person"},  # has left
    "Nadia": {"everyone", "person", "member"},
    "Amina": {"everyone", "person", "member", "referent"},
    "Paul": {"everyone", "person", "member", "treasurer"},
}

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


STANDING = [way for way in WAYS if not way.name.startswith("moved.")]  # the others know nothing but an address


def passes(way: Way, response: Response) -> bool:
    """Tell whether the table let someone pass; what a route then thinks of it is another matter."""
    assert response.status_code < 500, way
    if response.status_code == 401:
        return False
    if response.status_code != 403:
        return True
    sentences = [NotAMember.sentence(), NotYourRole.sentence()]
    sentences += [NotYours.sentence()] if callable(way.route.who) else []
    assert "open for too long" not in response.text, way  # the test's own CSRF token
    return not any(sentence in response.text for sentence in sentences)


def may(village: Village, way: Way, name: str | None, ids: dict[str, str]) -> bool:
    """Tell whether the declaration lets someone in; a right is asked itself, as a member of this co-op is."""
    who = way.route.who
    if isinstance(who, str):
        return who in PEOPLE[name]
    if "member" not in PEOPLE[name]:
        return False
    places = {field: UUID(ids[field]) for field in way.fields}
    with village.site.reading() as connection:
        token = village.as_(str(name)).token
        actor = Actor.signed_in(village.site.history, connection, village.now, token=token, coop_id=COOP)
        return bool(with_places(who, places, actor))


@pytest.mark.parametrize("name", PEOPLE, ids=str)
def test_exactly_those_pass_whom_the_table_lets(lived: Village, again: Callable[[], None], name: str | None) -> None:
    ids, wrong = ids_of(lived, COOP, "Nadia"), []
    for way in WAYS:
        allowed = may(lived, way, name, ids)  # asked before: some ways lead out of the co-op
        response = visit(lived, name).use(way, way.to(ids))
        if passes(way, response) != allowed:
            wrong.append(way)
        if way.method != "GET" and response.status_code < 400:
            again()
    assert wrong == []


def test_every_way_in_is_served_under_its_own_name(lived: Village) -> None:
    routes = [route for route in lived.client.app.routes if isinstance(route, HTTPRoute)]
    handlers = [each.name for route in routes for each in route.route_handlers if not route.path.startswith("/static")]
    assert sorted(name for name in handlers if name) == sorted(way.name for way in WAYS)
    assert len({way.name for way in WAYS}) == len(WAYS)  # no name stands for two routes


def test_what_another_co_op_has_is_not_found_by_its_members(lived: Village) -> None:
    theirs = ids_of(lived, COOP, "Nadia") | {"coop_id": str(ELSEWHERE)}
    for way in STANDING:
        if "coop_id" in way.fields and len(way.fields) > 1:
            check_refused(lived, way, "Olga", way.to(theirs))


def test_no_single_id_of_another_co_op_passes_among_ones_own(lived: Village) -> None:
    mine, theirs = ids_of(lived, COOP, "Claire"), ids_of(lived, ELSEWHERE, "Olga")
    for way in STANDING:
        for field in set(way.fields) & set(theirs) - {"coop_id", "token", "person_id"}:
            if "coop_id" in way.fields:
                check_refused(lived, way, "Claire", way.to(mine | {field: theirs[field]}))


def check_refused(village: Village, way: Way, name: str, address: str) -> None:
    before = position(village)
    response = visit(village, name).use(way, address)
    assert 400 <= response.status_code < 500, way
    assert position(village) == before, way
    if way.method == "GET":
        assert response.status_code in (404, 403, 410), way
    shown = response.text.replace(address, "")
    assert not [each for each in OF_THE_DIOIS if each in shown and name == "Olga"], way


OF_THE_DIOIS = ("Zoé", "Kangoo", "Clio", "Nadia", "Amina", "Jean", "Voisins du Diois")

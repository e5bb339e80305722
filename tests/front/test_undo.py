"""Each act says by which other it is undone, or why it lasts; what undoes asks for nothing, of whoever acted."""

import re

import msgspec
import pytest

from api import places
from api.web.acts import ACTS, DECLARED
from api.web.programs.bodies import body_of
from api.web.routes import ROUTES, Route, every_route, plain_path

every_route(places)
UNDONE = {name: act.undo for name, act in DECLARED.items() if act.undo}


def ways_to(address: str) -> dict[bool, Route]:
    """Return the routes by which an address is posted to, by whether they are for programs."""
    shape = re.compile(re.sub(r"\\{\w+\\}", r"{\\w+}", re.escape(address)))
    found = [
        route
        for route in ROUTES
        if route.method == "POST" and shape.fullmatch(plain_path(route.path).removeprefix("/api"))
    ]
    return {route.described is not None: route for route in found}


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_every_act_names_its_undo_or_why_it_lasts(name: str) -> None:
    act = DECLARED[name]
    assert bool(act.undo) != bool(act.lasting), name
    assert not act.lasting or act.lasting.endswith("."), name


@pytest.mark.parametrize("name", sorted(UNDONE))
def test_what_undoes_is_an_act_for_people_and_programs_that_asks_nothing_more(name: str) -> None:
    undo = UNDONE[name]
    ways = ways_to(undo.address)
    assert {*ways} == {True, False}, undo.address
    undoing = ways[False].name
    body = msgspec.structs.fields(body_of(ACTS[undoing], DECLARED[undoing].path))
    assert [field.name for field in body if field.required] == []


def test_what_others_act_on_soon_is_undone_for_ten_minutes() -> None:
    assert {name for name, undo in UNDONE.items() if undo.soon} == {
        "bookings.book_vehicle",
        "bookings.cancel_booking",
        "bookings.approve_booking",
        "bookings.refuse_booking",
        "bookings.take_keys",
        "bookings.return_vehicle",
        "bookings.say_undriven",
        "settlement.declare_paid",
        "settlement.confirm_paid",
        "settlement.deny_paid",
        "votes.propose_rule",
    }

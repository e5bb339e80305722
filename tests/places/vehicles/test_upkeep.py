"""Looking after a vehicle, by its forms and by a program."""

from typing import Any

import pytest

from fleet.queries import access_code, vehicles_in_service
from governance.roles import Role
from tests.kit.browser import Seen
from tests.kit.village import COOP, NOW, Village

PAGE = f"/coops/{COOP}/vehicles"


def in_service(village: Village) -> int:
    return len(village.ask(vehicles_in_service, COOP, on=NOW.date()))


def edit(village: Village, who: str, vehicle: str, what: str, **fields: Any) -> Seen:
    return village.as_(who).post(f"{PAGE}/{village.vehicle(vehicle)}/{what}", **fields)


def test_it_is_called_something_else_and_keeps_its_tint(village: Village) -> None:
    page = f"{PAGE}/{village.vehicle('Clio')}"
    tint = village.as_("Nadia").get(page).html.split('class="vehicle ')[1][:6]
    seen = edit(village, "Jean", "Clio", "name", name="La Rouge")
    assert "Its new name is noted." in seen.text
    renamed = village.as_("Nadia").get(page)
    assert "La Rouge" in renamed.text
    assert renamed.html.split('class="vehicle ')[1][:6] == tint


def test_what_colour_it_has_is_said_and_taken_back(village: Village) -> None:
    page = f"{PAGE}/{village.vehicle('Clio')}"
    seen = edit(village, "Jean", "Clio", "colour", colour="midnight blue")
    assert "Its colour is noted." in seen.text
    assert 'value="midnight blue"' in seen.html
    assert "Plate AB-124-CD Colour midnight blue" in village.as_("Nadia").get(page).text
    edit(village, "Jean", "Clio", "colour", colour="")
    assert "Colour" not in village.as_("Nadia").get(page).text


def test_it_moves_home(village: Village) -> None:
    seen = edit(village, "Jean", "Clio", "home", place="Chemin de Vachères", latitude="44.75", longitude="5.37")
    assert "Its new place is noted." in seen.text
    assert "Chemin de Vachères" in village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Clio')}").text


def test_an_empty_code_leaves_the_one_it_has(village: Village) -> None:
    def code() -> str | None:
        found: str | None = village.ask(access_code, COOP, village.vehicle("Clio"))
        return found

    edit(village, "Jean", "Clio", "handbook", text="Choke on the left.", access_code="1914")
    seen = edit(village, "Jean", "Clio", "handbook", text="Choke on the right.", access_code="")
    assert code() == "1914"
    assert "1914" not in seen.html
    assert "Choke on the right." in seen.text
    edit(village, "Jean", "Clio", "handbook", text="No choke.", access_code="", no_code="yes")
    assert code() is None


def test_it_leaves_service_and_stays_as_it_is(village: Village) -> None:
    seen = edit(village, "Jean", "Clio", "withdrawal")
    assert "It is out of service. Bookings already made stand." in seen.text
    assert edit(village, "Jean", "Clio", "home", place="Elsewhere").status == 409
    assert edit(village, "Jean", "Clio", "withdrawal").status == 200
    assert in_service(village) == 3


@pytest.mark.parametrize(
    ("what", "fields", "status"),
    [
        ("name", {"name": " "}, 422),
        ("name", {"name": "x" * 121}, 422),
        ("colour", {"colour": "x" * 41}, 422),
        ("home", {"place": ""}, 422),
        ("home", {"place": "Die", "latitude": "91", "longitude": "5"}, 422),
        ("handbook", {"text": "x" * 10_001}, 422),
        ("handbook", {"text": "", "access_code": "9" * 41}, 422),
    ],
)
def test_what_cannot_be_is_refused_beside_what_was_typed(
    village: Village, what: str, fields: dict[str, Any], status: int
) -> None:
    seen = edit(village, "Jean", "Clio", what, **fields)
    assert seen.status == status
    assert "Look after the Clio" in seen.text


LOOKING_AFTER: list[tuple[str, dict[str, Any]]] = [
    ("name", {"name": "La Rouge"}),
    ("colour", {"colour": "midnight blue"}),
    ("home", {"place": "Valence"}),
    ("handbook", {"text": "Mine now."}),
    ("withdrawal", {}),
]


@pytest.mark.parametrize(("what", "fields"), LOOKING_AFTER)
def test_only_owner_referent_and_steward_look_after_it(village: Village, what: str, fields: dict[str, Any]) -> None:
    village.give_role("Luc", Role.TREASURER)
    village.give_role("Paul", Role.STEWARD)
    for who in ("Nadia", "Luc", "Olga", "Sacha"):
        assert edit(village, who, "Clio", what, **fields).status == 403
        assert village.as_(who).get(f"{PAGE}/{village.vehicle('Clio')}/edit").status == 403
    assert village.anyone().post(f"{PAGE}/{village.vehicle('Clio')}/{what}", **fields).status == 401
    for who in ("Jean", "Claire", "Paul"):
        assert edit(village, who, "Clio", what, **fields).status == 200


def test_the_way_to_look_after_it_is_shown_to_who_may(village: Village) -> None:
    shown = {
        who: "Change what is written" in village.as_(who).get(f"{PAGE}/{village.vehicle('Clio')}").text
        for who in ("Jean", "Claire", "Nadia")
    }
    assert shown == {"Jean": True, "Claire": True, "Nadia": False}


def test_a_code_and_no_code_at_once_are_refused(village: Village) -> None:
    edit(village, "Jean", "Clio", "handbook", text="Choke", access_code="1914")
    seen = edit(village, "Jean", "Clio", "handbook", text="Choke", access_code="7777", no_code="yes")
    assert seen.status == 422
    assert village.ask(access_code, COOP, village.vehicle("Clio")) == "1914"


@pytest.mark.parametrize("line_end", ["\u2028", "\u2029", "\x85"])
def test_a_name_is_one_line_for_every_letter(village: Village, line_end: str) -> None:
    assert edit(village, "Jean", "Clio", "name", name=f"Clio{line_end}rouge").status == 422


def test_a_refused_form_stands_on_its_own_page_whose_language_can_be_changed(village: Village) -> None:
    here = f"/coops/{COOP}/vehicles/{village.vehicle('Clio')}"
    seen = village.as_("Jean").post(f"{here}/name", name="")
    assert seen.status == 422
    assert f'name="next" value="{here}/edit"' in seen.html

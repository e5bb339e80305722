"""Communes for programs, for everyone."""

import pytest

from tests.kit.village import Village


def test_a_commune_is_found_without_its_accents(village: Village) -> None:
    found = village.anyone().api("GET", "/communes?q=evreux").json()
    assert (found[0]["name"], found[0]["code"]) == ("Évreux", "27229")


@pytest.mark.parametrize(
    ("asked", "first"),
    [("26150", "26113"), ("26113", "26113"), ("2A004", "2A004"), ("saint-denis%20974", "97411"), ("Die", "26113")],
)
def test_by_name_postcode_or_code(village: Village, asked: str, first: str) -> None:
    assert first in [commune["code"] for commune in village.anyone().api("GET", f"/communes?q={asked}").json()]


@pytest.mark.parametrize(
    ("asked", "name", "through"),
    [
        ("marseille%208", "Marseille", "Marseille 8e Arrondissement"),
        ("ch%C3%A2lons-sur-marne", "Châlons-en-Champagne", "Châlons-sur-Marne"),
        ("die", "Die", None),
    ],
)
def test_it_says_through_which_other_name(village: Village, asked: str, name: str, through: str | None) -> None:
    found = village.anyone().api("GET", f"/found-communes?q={asked}").json()["items"][0]
    assert (found["name"], found["through"]) == (name, through)


def test_more_are_asked_for_after_the_last_one(village: Village) -> None:
    anyone = village.anyone()
    first = anyone.api("GET", "/found-communes?q=saint").json()
    further = anyone.api("GET", f"/found-communes?q=saint&limit=2&after={first['after']}").json()
    twelve = anyone.api("GET", "/found-communes?q=saint&limit=12").json()
    assert [*first["items"], *further["items"]] == twelve["items"]
    assert (len(first["items"]), len(twelve["items"])) == (10, 12)
    assert anyone.api("GET", "/found-communes?q=die&limit=100").json()["after"] is None
    assert anyone.api("GET", "/found-communes?q=die&after=99999").code == "unreadable"


def test_the_older_list_says_the_same_of_today(village: Village) -> None:
    (found,) = village.anyone().api("GET", "/communes?q=marseille%208").json()
    assert (found["code"], "through" in found) == ("13055", False)


def test_nothing_asked_finds_nothing(village: Village) -> None:
    assert village.anyone().api("GET", "/communes").json() == []
    assert village.anyone().api("GET", f"/communes?q={'x' * 5000}").json() == []


def test_one_commune_by_its_code(village: Village) -> None:
    found = village.anyone().api("GET", "/communes/97411").json()
    assert (found["name"], found["time_zone"]) == ("Saint-Denis", "Indian/Reunion")


@pytest.mark.parametrize("code", ["99999", "die", "2a0044", "%23"])
def test_a_code_nobody_has_is_told(village: Village, code: str) -> None:
    seen = village.anyone().api("GET", f"/communes/{code}")
    assert (seen.status, seen.code) == (404, "no-such-commune")

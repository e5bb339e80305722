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

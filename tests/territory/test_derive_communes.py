from pathlib import Path

import pytest

from territory.derive_communes import derive, rows

COMMUNE = {"code": "26113", "nom": "Die", "type": "commune-actuelle", "departement": "26"}
DEPARTEMENTS = [{"code": "26", "nom": "Drôme"}]


def test_a_current_commune_gives_one_row() -> None:
    full = {**COMMUNE, "codesPostaux": ["26150"], "population": 4844}
    epci = [{"code": "242600534", "nom": "CC du Diois", "membres": [{"code": "26113"}]}]
    expected = ("26113", "Die", "26", "Drôme", "26150", "4844", "242600534", "CC du Diois", "", "")
    assert list(rows([full], DEPARTEMENTS, epci, [])) == [expected]


def test_what_the_source_does_not_say_is_left_empty() -> None:
    assert list(rows([COMMUNE], DEPARTEMENTS, [], [])) == [("26113", "Die", "26", "Drôme", "", "0", "", "", "", "")]


def test_communes_of_the_past_and_arrondissements_have_no_row_of_their_own() -> None:
    others = [
        {**COMMUNE, "type": kind} for kind in ("commune-deleguee", "commune-associee", "arrondissement-municipal")
    ]
    assert list(rows(others, DEPARTEMENTS, [], [])) == []


def test_other_names_are_those_of_what_became_part_of_it_and_those_it_bore() -> None:
    whole = {**COMMUNE, "code": "26001", "nom": "Die-sur-Drôme", "anciensCodes": ["26371"]}
    delegated = {**COMMUNE, "type": "commune-deleguee", "chefLieu": "26001"}
    quarter = {**COMMUNE, "code": "26901", "nom": "Die 1er Arrondissement", "commune": "26001"}
    quarter["type"] = "arrondissement-municipal"
    past = [{"code": "26371", "nom": "Véronne"}, {"code": "26371", "nom": "Veronne"}, {"code": "26001", "nom": "Dea"}]
    (row,) = rows([whole, delegated, quarter], DEPARTEMENTS, [], past)
    assert row[-2:] == ("Dea|Véronne|Die 1er Arrondissement", "26113 26371 26901")


def test_another_archive_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "other.tgz"
    archive.write_bytes(b"something else")
    with pytest.raises(ValueError, match="is not @etalab"):
        derive(archive, archive)

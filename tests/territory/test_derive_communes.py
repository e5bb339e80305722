from pathlib import Path

import pytest

from territory.derive_communes import derive, rows

COMMUNE = {"code": "26113", "nom": "Die", "type": "commune-actuelle", "departement": "26"}
DEPARTEMENTS = [{"code": "26", "nom": "Drôme"}]


def test_a_current_commune_gives_one_row() -> None:
    full = {**COMMUNE, "codesPostaux": ["26150"], "population": 4844}
    epci = [{"code": "242600534", "nom": "CC du Diois", "membres": [{"code": "26113"}]}]
    expected = ("26113", "Die", "26", "Drôme", "26150", "4844", "242600534", "CC du Diois")
    assert list(rows([full], DEPARTEMENTS, epci)) == [expected]


def test_what_the_source_does_not_say_is_left_empty() -> None:
    assert list(rows([COMMUNE], DEPARTEMENTS, [])) == [("26113", "Die", "26", "Drôme", "", "0", "", "")]


def test_communes_of_the_past_and_arrondissements_are_left_out() -> None:
    others = [
        {**COMMUNE, "type": kind} for kind in ("commune-deleguee", "commune-associee", "arrondissement-municipal")
    ]
    assert list(rows(others, DEPARTEMENTS, [])) == []


def test_another_archive_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "other.tgz"
    archive.write_bytes(b"something else")
    with pytest.raises(ValueError, match="is not @etalab"):
        derive(archive)

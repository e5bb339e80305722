"""Communes as people type them: by arrondissement, by a former name, whole or begun; and those that follow."""

import pytest

from kernel.refused import Unreadable
from territory.communes import FoundCommune, search


def _first(text: str) -> FoundCommune:
    return search(text).items[0]


@pytest.mark.parametrize(
    ("text", "code", "through"),
    [
        ("Marseille 8", "13055", "Marseille 8e Arrondissement"),
        ("marseille 8ème", "13055", "Marseille 8e Arrondissement"),
        ("paris 11e", "75056", "Paris 11e Arrondissement"),
        ("Paris 1er arr.", "75056", "Paris 1er Arrondissement"),
        ("paris 1", "75056", "Paris 1er Arrondissement"),
        ("PARIS 20 EME ARRONDISSEMENT", "75056", "Paris 20e Arrondissement"),
        ("Lyon 3ème", "69123", "Lyon 3e Arrondissement"),
        ("lyon 6", "69123", "Lyon 6e Arrondissement"),
    ],
)
def test_an_arrondissement_leads_to_its_city(text: str, code: str, through: str) -> None:
    assert (_first(text).code, _first(text).through) == (code, through)


@pytest.mark.parametrize(
    ("text", "name", "through"),
    [
        ("Châlons-sur-Marne", "Châlons-en-Champagne", "Châlons-sur-Marne"),  # called so until 1995
        ("bellegarde sur valserine", "Valserhône", "Bellegarde-sur-Valserine"),  # part of it since 2019
        ("arbignieu", "Arboys en Bugey", "Arbignieu"),
        ("arbigni", "Arboys en Bugey", "Arbignieu"),
        ("veronne 26", "Saillans", "Véronne"),
        ("pierrefitte sur seine", "Saint-Denis", "Pierrefitte-sur-Seine"),
        ("st-rambert l'ile barbe", "Lyon", "Saint-Rambert-l'Île-Barbe"),  # part of it since 1963
    ],
)
def test_a_former_name_leads_to_the_commune_of_today(text: str, name: str, through: str) -> None:
    assert (_first(text).name, _first(text).through) == (name, through)


def test_a_former_code_leads_to_the_commune_of_today() -> None:
    assert _first("26371").name == "Saillans"


@pytest.mark.parametrize("text", ["die", "DIE", "26150", "26113", "die drome", "châlons-en-champagne", "13008"])
def test_what_todays_name_or_a_number_says_was_not_another_name(text: str) -> None:
    assert _first(text).through is None


def test_whose_whole_name_is_typed_comes_before_who_bore_it_and_those_that_begin_so() -> None:
    found = [(commune.name, commune.through is None) for commune in search("bellegarde", 8).items]
    assert found[:4] == [("Bellegarde", True)] * 3 + [("Valserhône", False)]
    assert found[4][0].startswith("Bellegarde-")


@pytest.mark.parametrize(("text", "code"), [("y somme", "80829"), ("die drôme", "26113"), ("l'île d'yeu 85", "85113")])
def test_a_whole_name_beside_its_departement_comes_before_names_that_begin_so(text: str, code: str) -> None:
    assert _first(text).code == code


def test_more_than_ten_are_asked_for_after_the_last_one() -> None:
    first = search("saint")
    further = search("saint", after=first.after)
    assert (len(first.items), first.after) == (10, first.items[-1].code)
    assert [*first.items, *further.items] == [*search("saint", 20).items]
    everyone = search("bourg-les-valence")
    assert (len(everyone.items), everyone.after) == (1, None)


@pytest.mark.parametrize("after", ["26113", "x", "📍"])
def test_who_was_not_found_so_is_no_place_to_go_on_from(after: str) -> None:
    with pytest.raises(Unreadable):
        search("bourg-les-valence", after=after)

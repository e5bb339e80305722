from zoneinfo import ZoneInfo

import pytest

from territory.communes import NoSuchCommune, commune, count, search
from territory.folding import fold
from territory.time_zones import BY_COMMUNE, BY_DEPARTEMENT


def test_france_has_all_its_communes() -> None:
    assert count() == 34_969


@pytest.mark.parametrize(
    ("code", "name", "departement", "time_zone"),
    [
        ("26113", "Die", "Drôme", "Europe/Paris"),
        ("2A004", "Ajaccio", "Corse-du-Sud", "Europe/Paris"),
        ("2a004", "Ajaccio", "Corse-du-Sud", "Europe/Paris"),
        ("2B033", "Bastia", "Haute-Corse", "Europe/Paris"),
        ("75056", "Paris", "Paris", "Europe/Paris"),
        ("97411", "Saint-Denis", "La Réunion", "Indian/Reunion"),
        ("97105", "Basse-Terre", "Guadeloupe", "America/Guadeloupe"),
        ("98735", "Papeete", "Polynésie française", "Pacific/Tahiti"),
        ("98731", "Nuku-Hiva", "Polynésie française", "Pacific/Marquesas"),
    ],
)
def test_a_code_names_one_commune_with_its_clock(code: str, name: str, departement: str, time_zone: str) -> None:
    found = commune(code)
    assert (found.name, found.departement_name, found.time_zone) == (name, departement, time_zone)


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        *(("26113", "EUR"), ("2A004", "EUR"), ("97411", "EUR"), ("97502", "EUR"), ("97701", "EUR")),
        *(("98613", "XPF"), ("98735", "XPF"), ("98818", "XPF")),
    ],
)
def test_a_commune_of_the_pacific_pays_in_francs_and_all_others_in_euros(code: str, currency: str) -> None:
    assert commune(code).currency == currency


@pytest.mark.parametrize("code", ["", "00000", "26", "99999", "die", "2A0045", "\n 26113", "saint"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(NoSuchCommune):
        commune(code)


def test_a_commune_knows_its_postcodes_inhabitants_and_epci() -> None:
    die = commune("26113")
    assert (die.postcodes, die.epci, die.epci_name) == (("26150",), "242600534", "CC du Diois")
    assert 4_000 < die.population < 6_000
    assert len(commune("75056").postcodes) == 21


def test_every_clock_is_one_the_computer_knows() -> None:
    assert all(ZoneInfo(zone) for zone in {*BY_DEPARTEMENT.values(), *BY_COMMUNE.values()})


@pytest.mark.parametrize("text", ["die", "DIE", " Die ", "dié", "26113", "die 26", "die drome", "drôme die", "26150"])
def test_die_is_found_first(text: str) -> None:
    assert search(text).items[0].code == "26113"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("paris", "Paris"),
        ("ST ETIENNE", "Saint-Étienne"),
        ("ste-marie réunion", "Sainte-Marie"),
        ("aix en provence", "Aix-en-Provence"),
        ("l abergement clem", "L'Abergement-Clémenciat"),
        ("abergement-clemenciat", "L'Abergement-Clémenciat"),
        ("oeuilly", "Œuilly"),
        ("y", "Y"),
        ("2a004", "Ajaccio"),
        ("97400", "Saint-Denis"),
        ("roque-gageac", "La Roque-Gageac"),
    ],
)
def test_a_name_is_found_however_it_is_typed(text: str, name: str) -> None:
    assert search(text).items[0].name == name


def test_homonyms_are_all_there_and_told_apart_by_departement() -> None:
    names = [
        f"{found.name} ({found.departement_name}, {found.departement})" for found in search("saint denis", 4).items
    ]
    assert names == [
        "Saint-Denis (La Réunion, 974)",
        "Saint-Denis (Seine-Saint-Denis, 93)",
        "Saint-Denis (Aude, 11)",
        "Saint-Denis (Gard, 30)",
    ]


def test_a_postcode_finds_each_commune_it_serves() -> None:
    found = search("26150", 50).items
    assert {"Die", "Romeyer", "Saint-Julien-en-Quint"} <= {commune.name for commune in found}
    assert all("26150" in commune.postcodes or commune.code == "26150" for commune in found)


def test_nothing_is_found_twice_and_no_more_than_asked() -> None:
    found = search("saint", 40).items
    assert len({commune.code for commune in found}) == 40


@pytest.mark.parametrize("text", ["", "   ", "\0\n\t", "#26113", "\n die", "🚲", "xyzzy", "x" * 100_000, "'; --", "%"])
def test_odd_questions_are_answered_calmly(text: str) -> None:
    assert len(search(text).items) <= 10


def test_folding_leaves_letters_and_digits() -> None:
    assert fold("  St-Étienne-de-l'Œuvre  ") == "saint etienne de l oeuvre"

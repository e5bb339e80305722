"""Any hours in six taps at most, and those one usually takes in two: on a phone, with scripts and without."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from tests.journeys.chromium import PHONE
from tests.journeys.lived import HERE, Lived, lived
from tests.journeys.phone import Phone
from tests.kit.village import Rows

SCRIPTS = pytest.mark.parametrize(("scripts", "vehicle"), [(True, "Kangoo"), (False, "Zoé")])


@pytest.fixture(scope="module")
def habitual(browser: Browser, village_rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """The village after Luc took the Kangoo at the same hours of the same weekday, three weeks on end."""
    with lived(browser, village_rows, tmp_path_factory.mktemp("habitual")) as served:
        village = served.village
        village.pass_time(days=1)
        for _ in range(3):
            village.drove("Luc", "Kangoo", 10)
            village.pass_time(days=7, hours=-2)
        village.pass_time(days=5)
        served.site.rest()
        yield served


def phone_of(served: Lived, name: str, *, scripts: bool) -> Phone:
    phone = served.phone(name, **PHONE, java_script_enabled=scripts)
    phone.open(f"{HERE}/")
    return phone


def stays_within(phone: Phone, sentence: str) -> None:
    """See that a page does not scroll sideways, and that its days and hours are large enough to be tapped."""
    phone.reads(sentence)
    sizes = phone.page.evaluate(
        "[...document.querySelectorAll('.days a, .ribbon a')].map(a => [a.offsetWidth, a.offsetHeight])"
    )
    assert all(width >= 44 and height >= 48 for width, height in sizes), sizes
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


@SCRIPTS
def test_saturday_morning_takes_five_taps(busy: Lived, vehicle: str, *, scripts: bool) -> None:
    luc = phone_of(busy, "Luc", scripts=scripts)
    luc.place("Véhicules")
    stays_within(luc, "Ou un jour, heure par heure")
    luc.tap("sam.")
    stays_within(luc, "Samedi : à partir de quand ?")
    luc.tap("9 h", luc.card(vehicle))
    stays_within(luc, "À partir de samedi 9 h, jusqu’à quand ?")
    luc.tap("11 h")
    luc.reads("Samedi 9 h – 11 h")
    luc.tap("Réserver")
    luc.reads("C’est noté.", vehicle)
    assert luc.taps == 5


@SCRIPTS
def test_a_night_takes_five_taps_and_half_hours_as_many(busy: Lived, vehicle: str, *, scripts: bool) -> None:
    nadia = phone_of(busy, "Nadia", scripts=scripts)
    nadia.place("Véhicules")
    nadia.tap("dim.")
    nadia.tap("20 h", nadia.card(vehicle))
    later = nadia.main.locator("#hours h2").nth(1).locator("xpath=following-sibling::*")
    nadia.touch(later.get_by_role("link", name="7 h", exact=True).first)
    nadia.reads("Dimanche 20 h 30 – lundi", "7 h")
    nadia.tap("Réserver")
    nadia.reads("C’est noté.", vehicle)
    assert nadia.taps == 5


@SCRIPTS
def test_several_days_take_six_taps(busy: Lived, vehicle: str, *, scripts: bool) -> None:
    paul = phone_of(busy, "Paul", scripts=scripts)
    paul.place("Véhicules")
    paul.tap("jeu.")
    paul.tap("7 h", paul.card(vehicle))
    paul.tap("ven.")
    paul.tap("17 h")
    paul.tap("Réserver")
    paul.reads("C’est noté.", vehicle)
    assert paul.taps == 6


def test_a_day_far_ahead_takes_six_taps(busy: Lived) -> None:
    jean = phone_of(busy, "Jean", scripts=True)
    jean.place("Véhicules")
    jean.tap("Choisir")
    stays_within(jean, "Voir qui est libre")
    far = busy.village.now.date() + timedelta(days=25)
    jean.touch(jean.main.locator(f".days a[href*='{far.isoformat()}']"))
    jean.tap("14 h", jean.card("Biporteur"))
    jean.tap("16 h")
    jean.tap("Réserver")
    jean.reads("C’est noté.", "Biporteur")
    assert jean.taps == 6


@pytest.mark.parametrize("scripts", [True, False])
def test_tomorrow_evening_still_takes_four_taps(busy: Lived, *, scripts: bool) -> None:
    claire = phone_of(busy, "Claire", scripts=scripts)
    claire.place("Véhicules")
    claire.tap("Demain soir")
    claire.tap("Réserver", claire.card("Zoé" if scripts else "Kangoo"))
    claire.tap("Réserver")
    claire.reads("C’est noté.")
    assert claire.taps == 4


@pytest.mark.parametrize("scripts", [False, True])
def test_what_one_usually_takes_takes_two_taps(habitual: Lived, *, scripts: bool) -> None:
    """Once it is taken the week after is what is usual."""
    luc = phone_of(habitual, "Luc", scripts=scripts)
    luc.touch(luc.main.get_by_role("link", name="comme d’habitude"))
    luc.tap("Réserver")
    luc.reads("C’est noté.", "Kangoo")
    assert luc.taps == 2


def test_the_km_one_drives_are_typed_once(busy: Lived) -> None:
    amina = phone_of(busy, "Amina", scripts=False)
    amina.place("Véhicules")
    amina.tap("Demain soir")
    amina.type("Si vous roulez", "65")
    amina.tap("Calculer")
    amina.reads("pour 65 km")
    amina.place("Véhicules")
    amina.tap("Demain soir")
    amina.reads("pour 65 km")

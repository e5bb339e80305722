"""Home on a phone and at a desk: whatever the group asks, the way to a vehicle is in the first screen."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator

from people.person import change_person
from tests.journeys.chromium import DESK, PHONE
from tests.journeys.lived import HERE, Lived
from tests.kit.village import person_id_of

WHO_ASK = ("Nadia", "Amina", "Paul", "Claire")  # for the Clio, beside what Nadia asked before


def bottom(shown: Locator) -> float:
    box = shown.bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize(("size", "from_day"), [(PHONE, 4), (DESK, 9)], ids=["phone", "desk"])
def test_the_way_to_a_vehicle_is_in_the_first_screen_beside_five_requests(
    busy: Lived, size: dict[str, Any], from_day: int
) -> None:
    village = busy.village
    for days, name in enumerate(WHO_ASK, start=from_day):
        village.booked(name, "Clio", village.now + timedelta(days=days))
    jean = busy.phone("Jean", **size)
    jean.open(f"{HERE}/")
    jean.reads("Bonjour Jean")
    assert jean.main.get_by_role("button", name="Dire oui").count() >= len(WHO_ASK) + 1
    find, bar = jean.main.get_by_role("link", name="Trouver un véhicule"), jean.page.get_by_role("navigation")
    above = bar.bounding_box() if size is PHONE else None
    assert bottom(find) < (above["y"] if above else size["viewport"]["height"])
    jean.tap("Trouver un véhicule")
    jean.page.wait_for_url("**/availability**")
    assert jean.taps == 1


def test_a_newcomer_is_led_to_what_she_has_to_say_and_it_goes(busy: Lived) -> None:
    busy.village.join("Zoé")
    with busy.site.writing() as connection:
        change_person(connection, person_id_of("Zoé"), language="fr")
    zoe = busy.phone("Zoé", **PHONE)
    zoe.open(f"{HERE}/")
    zoe.reads("Bonjour Zoé", "Comment ça marche", "Encore une chose ou deux", "Dire où vous habitez")
    zoe.tap("Donner votre numéro de téléphone")
    zoe.type("Votre numéro de téléphone", "06 12 34 56 78")
    zoe.tap("Garder")
    zoe.place("Accueil")
    zoe.reads("Dire où vous habitez")
    zoe.does_not_read("Donner votre numéro de téléphone")
    nadia = busy.phone("Nadia", **PHONE)
    nadia.open(f"{HERE}/")
    nadia.tap("Zoé a rejoint le groupe")
    nadia.reads("Zoé", "06 12 34 56 78")

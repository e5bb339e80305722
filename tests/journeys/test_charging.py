"""Charging others: the form asks for which vehicle and among whom; who bears what another noted contests it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.chromium import by_size
from tests.journeys.lived import HERE, Lived
from tests.journeys.phone import Phone


def test_for_which_vehicle_is_asked_and_among_whom_opens_with_equal_parts(busy: Lived) -> None:
    with busy.device("Amina") as device:
        page = device.new_page()
        page.goto(f"{HERE}/expenses/new")
        expect(page.locator("#vehicle_id")).to_have_value("")
        expect(page.locator("#bearers")).to_be_hidden()
        page.get_by_label("À égalité").check()
        expect(page.locator("#bearers")).to_be_visible()
        page.locator("#amount").fill("30")
        page.get_by_label("Réparation").check()
        page.locator("#bearers").get_by_label("Paul").check()
        page.get_by_role("button", name="Ajouter la dépense").click()
        expect(page.locator("#vehicle_id:invalid")).to_have_count(1)  # the browser asks, and sends nothing
        assert page.url.endswith("/expenses/new")


@pytest.mark.parametrize(("name", "width", "height"), [("Paul", 390, 844), ("Luc", 1280, 800)])
def test_who_bears_what_another_noted_sees_it_at_home_and_contests_it_in_a_word(
    busy: Lived, name: str, width: int, height: int
) -> None:
    with busy.device(name, viewport={"width": width, "height": height}) as device:
        page = device.new_page()
        page.goto(f"{HERE}/")
        page.get_by_role("link", name="Voir, ou contester").first.click()
        expect(page.get_by_text("Votre part est de")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_label("Pourquoi").fill("Je n’étais pas du voyage")
        page.get_by_role("button", name="Contester ma part").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vous contestez votre part")
        expect(page.locator("q")).to_have_text("Je n’étais pas du voyage")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@by_size()
def test_what_one_is_made_to_bear_is_contested_and_decided_for_a_reason(busy: Lived, size: dict[str, Any]) -> None:
    paul, nadia, claire = (busy.phone(name, **size) for name in ("Paul", "Nadia", "Claire"))
    note(paul, "40")
    nadia.open(f"{HERE}/")
    nadia.tap("Voir, ou contester", nadia.card("Réparation, Zoé · 40,00 €"))
    nadia.reads("Votre part est de 40,00 €", "Paul")
    nadia.type("Pourquoi", "Je n’ai jamais pris la Zoé")
    nadia.tap("Contester ma part")
    nadia.reads("Vous contestez votre part", "Cette part est à l’écart", "Je n’ai jamais pris la Zoé")
    claire.open(f"{HERE}/")
    claire.tap("Voir pourquoi, et répondre", claire.card("Nadia conteste sa part : 40,00 €"))
    claire.reads("Je n’ai jamais pris la Zoé")
    claire.tap("Non : elle est retirée")
    claire.type("Pourquoi", "C’était la semaine de Paul.")
    claire.tap("Décider")
    claire.reads("C’est décidé.", "la part n’est plus à sa charge, elle est retirée.")
    nadia.page.reload()
    nadia.reads("Claire a décidé : la part n’est plus à sa charge", "C’était la semaine de Paul.")


@by_size()
def test_more_than_one_may_put_on_others_alone_waits_for_a_yes(busy: Lived, size: dict[str, Any]) -> None:
    paul, nadia = (busy.phone(name, **size) for name in ("Paul", "Nadia"))
    note(paul, "200")
    paul.reads("Elle ne compte pour personne tant qu’un autre n’a pas dit oui")
    nadia.open(f"{HERE}/")
    nadia.tap("La voir, et dire oui ou non", nadia.card("Une dépense de 200,00 € attend un oui"))
    nadia.tap("Dire oui à cette dépense")
    nadia.reads("C’est oui : la dépense compte à partir de maintenant.")


def note(paul: Phone, amount: str) -> None:
    """Let Paul note what he paid for the Zoé, all of it to be borne by Nadia."""
    paul.open(f"{HERE}/expenses/new")
    paul.type("Montant", amount)
    paul.tap("Réparation")
    paul.choose("Pour quel véhicule ?", "Zoé")
    paul.tap("À égalité entre les cochés")
    paul.tap("Nadia", paul.main.locator("#bearers"))
    paul.tap("Ajouter la dépense")
    paul.reads("La dépense est notée.")

"""Charging others: the form asks for which vehicle and among whom; who bears what another noted contests it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.lived import HERE, Lived


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

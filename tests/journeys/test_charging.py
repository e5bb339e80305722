"""Charging others on a phone: the form asks for which vehicle, and among whom as soon as it goes equally."""

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

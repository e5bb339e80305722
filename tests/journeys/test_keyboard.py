"""With the keyboard alone: what has the focus is seen, the frame can be skipped, a vehicle can be booked."""

from playwright.sync_api import Page, expect

from tests.journeys.chromium import DESK
from tests.journeys.lived import HERE, Lived

FOCUSED = r"document.activeElement.textContent.trim().replace(/\s+/g, ' ')"
OUTLINE = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
MOST_TABS = 60


def desk(busy: Lived, name: str) -> Page:
    page = busy.device(name, **DESK).new_page()
    page.goto(f"{HERE}/")
    return page


def go_to(page: Page, words: str) -> None:
    """Press Tab until something that begins with these words has the focus; what has it is always outlined."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE) > 0, page.evaluate("document.activeElement.outerHTML")
        if str(page.evaluate(FOCUSED)).startswith(words):
            return
    raise AssertionError(f"nothing that begins with {words!r} is reached by Tab")


def press(page: Page, words: str) -> None:
    go_to(page, words)
    page.keyboard.press("Enter")


def test_the_first_thing_reached_skips_to_the_content(busy: Lived) -> None:
    page = desk(busy, "Nadia")
    press(page, "Aller au contenu")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


def test_a_vehicle_is_booked_with_the_keyboard_alone(busy: Lived) -> None:
    page = desk(busy, "Nadia")
    press(page, "Véhicules")
    expect(page.get_by_role("heading", name="Qui est libre ?")).to_be_visible()
    press(page, "Demain soir")
    expect(page.get_by_role("link", name="Demain soir")).to_have_attribute("aria-current", "true")
    press(page, "Réserver Zoé")
    expect(page.get_by_role("heading", name="Réserver : Zoé")).to_be_visible()
    press(page, "Réserver")
    expect(page.get_by_role("status")).to_contain_text("C’est noté.")

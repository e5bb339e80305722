"""A poster on a wall: it fills its sheet, names its place, and its words lead a phone to the same page as its code."""

import pytest

from tests.journeys.lived import HERE, Lived

A4 = {"width": 680, "height": 1009}  # CSS pixels within margins of 15 mm
FOOT = "(poster) => poster.lastElementChild.getBoundingClientRect().bottom"


def test_it_fills_one_sheet_and_names_the_commune(busy: Lived) -> None:
    page = busy.device("Claire", viewport=A4, service_workers="block").new_page()
    page.goto(f"{HERE}/poster")
    page.emulate_media(media="print")
    poster = page.locator(".poster")
    assert "Die" in poster.inner_text()
    assert A4["height"] * 0.93 < poster.evaluate(FOOT) <= A4["height"]
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_its_words_are_typed_on_a_phone_and_lead_in(busy: Lived, javascript: bool) -> None:  # noqa: FBT001
    on_wall = busy.device("Claire", service_workers="block").new_page()
    on_wall.goto(f"{HERE}/poster")
    words = on_wall.locator(".poster .typed").inner_text().rpartition("/")[2]
    page = busy.device(java_script_enabled=javascript, service_workers="block").new_page()
    page.goto(f"/r/{words.split('-')[0]}-xyzzyx")
    assert "n’est un mot d’aucune affiche" in page.locator("#main, main").first.inner_text()
    page.get_by_label("Les mots sous le code").fill(words.replace("-", " ").title())
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/invitations/*")
    assert page.locator("h1").inner_text() == "Rejoindre Les Voisins du Diois"

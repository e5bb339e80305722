"""The treasurer at her desk sorts, narrows and prints; on a phone the same pages are the rows they were."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.chromium import DESK, PHONE
from tests.journeys.lived import HERE, Lived
from tests.journeys.phone import Phone
from tests.journeys.sweep import faults_of

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PRESSED = "a.button, button, a.link, nav, form, .top"


def first_cells(page: Page) -> list[str]:
    """Return what the first cell of each row says, in order."""
    return [" ".join(cell.inner_text().split()) for cell in page.locator(".desk tbody th").all()]


def side_by_side(one: Locator, other: Locator) -> bool:
    """Tell whether two things stand beside each other."""
    left, right = one.bounding_box(), other.bounding_box()
    assert left
    assert right
    return left["x"] + left["width"] <= right["x"] and right["y"] < left["y"] + left["height"]


def test_the_treasurer_opens_an_account_sorts_it_narrows_it_and_prints_it(busy: Lived) -> None:
    desk = busy.phone("Claire", **DESK)
    desk.open(f"{HERE}/balances")
    desk.tap("Amina")
    desk.reads("Compte : Amina")
    table, totals = desk.page.locator(".desk"), desk.page.locator(".beside section.card")
    assert side_by_side(table, totals)
    newest_first = first_cells(desk.page)
    desk.tap("Montant")
    expect(desk.page.get_by_role("columnheader", name="Montant")).to_have_attribute("aria-sort", "descending")
    greatest_first = first_cells(desk.page)
    assert sorted(greatest_first) == sorted(newest_first)
    assert greatest_first != newest_first
    desk.choose("Véhicule", "Clio")
    desk.tap("Montrer")
    assert [text for text in first_cells(desk.page) if "Clio" not in text] == []
    assert len(first_cells(desk.page)) < len(newest_first)
    printed(desk, "Claire")


def printed(desk: Phone, name: str) -> None:
    """See that the page on paper has a head that says of which co-op, whose and when, and nothing one presses."""
    desk.page.emulate_media(media="print")
    head = desk.page.locator(".on-paper")
    expect(head).to_contain_text("Les Voisins du Diois")
    expect(head).to_contain_text(name)
    expect(head).to_contain_text("novembre 2026")
    assert [one for one in desk.page.locator(PRESSED).all() if one.is_visible()] == []
    expect(desk.page.get_by_role("columnheader").first).to_be_visible()
    desk.page.emulate_media(media="screen")


def test_the_books_open_month_by_month_and_a_vehicle_s_book_chapter_by_chapter(busy: Lived) -> None:
    desk = busy.phone("Claire", **DESK)
    desk.open(f"{HERE}/books")
    desk.tap("Novembre 2026")
    desk.reads("Le livre : novembre 2026", "Ce que cela fait")
    desk.choose("Quoi", "Trajets")
    desk.tap("Montrer")
    assert all(text.startswith("Trajet") for text in first_cells(desk.page))
    printed(desk, "Claire")
    desk.place("Chez nous")
    desk.tap("Clio")
    desk.reads("Le carnet : Clio", "Amina")
    for chapter, words in (("Relevés", "10 100 km"), ("Dépenses", "60,00 €"), ("Dégâts", "Aucun dégât")):
        desk.tap(chapter)
        desk.reads(words)


@pytest.mark.parametrize(
    "path", ["accounts", "members", "trips", "fleet", "months/2026-11", "purse", "vehicles/{Clio}/trips", "chronicle"]
)
def test_on_a_phone_there_are_rows_without_headings_and_nothing_is_too_wide(busy: Lived, path: str) -> None:
    phone = busy.phone("Claire", **PHONE)
    phone.open(f"{HERE}/{path.format(Clio=busy.village.vehicle('Clio'))}")
    assert [one for one in phone.page.locator(".desk thead, .at-desk, .on-paper").all() if one.is_visible()] == []
    assert phone.page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize(
    "path",
    [
        *(
            "members",
            "trips",
            "trips?month=2026-10",
            "fleet",
            "fleet?q=zz",
            "chronicle",
            "purse",
            "balances?sort=amount",
        ),
        *("months/2026-11", "months/2026-10", "members/{gone}/account", "vehicles/{Kangoo}/trips"),
        *("vehicles/{Kangoo}/readings", "vehicles/{Kangoo}/costs", "vehicles/{Kangoo}/damages"),
    ],
)
def test_nothing_is_wrong_with_any_table(busy: Lived, path: str) -> None:
    page = busy.device("Claire", **DESK, bypass_csp=True, service_workers="block").new_page()
    page.goto(f"{HERE}/{path.format(gone=busy.ids['gone'], Kangoo=busy.village.vehicle('Kangoo'))}")
    assert faults_of(page, path) == []

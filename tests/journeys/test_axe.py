"""axe finds nothing on any page: empty, filled, refused and done, light and dark; and no page is ever too wide."""

from collections.abc import Iterable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.lived import HERE, Lived
from tests.journeys.sweep import faults_of
from tests.kit.village import ELSEWHERE

SENT_EMPTY = """(form) => {
  for (const each of form.elements) {
    if (["radio", "checkbox"].includes(each.type)) each.checked = false;
    else if (!["hidden", "select-one"].includes(each.type)) each.value = "";
  }
  form.submit();
}"""
AT_THE_DOOR = (
    *("/", "/coops/new", "/coops/new?q=die", "/coops/new?q=nulle-part", "/coops/new?commune=26113"),
    *("/people", "/mailbox", "/offline", "/sign-in/spent", "/nothing", "/r", "/r/agneau-agneau-agneau"),
)
PLACES = (
    *("/", "/availability", "/availability?when=choose", "/vehicles/new", "/bookings", "/accounts", "/books"),
    *("/contributions/new", "/expenses", "/expenses/new", "/community", "/rules", "/bank-account"),
    *("/proposals/new", "/invitations", "/poster", "/profile", "/leave", "/proposals/new?parameter=price_per_km"),
    "/proposals/new?parameter=majority",
)


def sweep(page: Page, paths: Iterable[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(path)
        found += faults_of(page, path)
    return found


def look(busy: Lived, name: str | None) -> Page:
    return busy.device(name, is_mobile=False, bypass_csp=True, service_workers="block").new_page()


def ids_of(busy: Lived) -> dict[str, UUID]:
    """Return the ids of what stands in the village, its vehicles by their names."""
    return busy.ids | {name: busy.village.vehicle(name) for name in ("Kangoo", "Clio", "Biporteur")}


def refused(page: Page, path: str) -> list[str]:
    """Send the page's form with nothing in it, as a browser that checks nothing would, and look at the answer."""
    page.goto(path)
    with page.expect_navigation():
        page.locator("main form[method=post]:has(.field)").first.evaluate(SENT_EMPTY)
    expect(page.get_by_role("alert")).to_be_focused()
    return faults_of(page, f"{path}, refused")


def done(page: Page, path: str, *presses: str) -> list[str]:
    """Press one button after the other, and look at the page that says what was done."""
    page.goto(path)
    for words in presses:
        page.locator("main").get_by_role("button", name=words, exact=True).first.click()
    expect(page.get_by_role("status")).to_be_visible()
    return faults_of(page, f"{path}, done")


def test_nothing_is_wrong_at_the_door(busy: Lived) -> None:
    invited = [f"/invitations/{busy.ids[kind]}" for kind in ("mail", "poster")]
    assert sweep(look(busy, None), (*AT_THE_DOOR, *invited)) == []


def test_nothing_is_wrong_where_there_is_nothing_yet(busy: Lived) -> None:
    assert sweep(look(busy, "Olga"), (f"/coops/{ELSEWHERE}{place}" for place in PLACES)) == []


def test_nothing_is_wrong_where_much_is_under_way(busy: Lived) -> None:
    hers = (f"{HERE}{place}" for place in PLACES if place not in ("/invitations", "/poster", "/bank-account"))
    assert sweep(look(busy, "Amina"), hers) == []


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("Amina", ("bookings/{soon}", "bookings/{soon}/keys", "bookings/{over}", "entries/{entry}", "plans/{plan}")),
        ("Paul", ("", "bookings/{under_way}", "bookings/{under_way}/return", "expenses/{expense}", "plans/{plan}")),
        ("Luc", ("", "burdens/{expense}")),
        ("Jean", ("", "bookings/{asked}", "proposals/{open}", "proposals/{decided}", "accounts", "plans/{plan}")),
        ("Claire", ("", "members/{gone}", "invitations", "poster", "books", "plans/{plan}", "community")),
        ("Nadia", ("bookings", "bookings/{refused}", "bookings/{over}", "invitations")),
        ("Amina", ("vehicles/{Kangoo}", "vehicles/{Kangoo}/edit", "bookings/new?vehicle_id={Kangoo}&when=tomorrow")),
        ("Nadia", ("vehicles/{Clio}", "bookings/new?vehicle_id={Clio}&when=tomorrow", "vehicles/{Biporteur}")),
    ],
)
def test_nothing_is_wrong_for(busy: Lived, name: str, places: tuple[str, ...]) -> None:
    assert sweep(look(busy, name), (f"{HERE}/{place.format(**ids_of(busy))}" for place in places)) == []


@pytest.mark.parametrize(
    ("name", "places"),
    [
        (None, ("/sign-in", "/coops/new?commune=26113", "/invitations/{poster}")),
        ("Amina", ("vehicles/new", "contributions/new", "expenses/new", "profile")),
        ("Amina", ("proposals/new?parameter=price_per_km",)),
        ("Amina", ("bookings/{soon}/keys", "vehicles/{Kangoo}", "vehicles/{Kangoo}/edit")),
        ("Paul", ("bookings/{under_way}/return",)),
        ("Claire", ("invitations", "bank-account")),
        ("Nadia", ("leave",)),
    ],
)
def test_nothing_is_wrong_when_refused(busy: Lived, name: str | None, places: tuple[str, ...]) -> None:
    page = look(busy, name)
    paths = [place.format(**ids_of(busy)) for place in places]
    assert [fault for path in paths for fault in refused(page, path if name is None else f"{HERE}/{path}")] == []


def test_nothing_is_wrong_with_what_is_said_to_someone_too_late(busy: Lived) -> None:
    page, taken = look(busy, "Nadia"), f"{HERE}/bookings/new?vehicle_id={busy.village.vehicle('Zoé')}"
    page.goto(taken)
    expect(page.get_by_role("alert")).to_contain_text("Déjà réservé")
    assert faults_of(page, "too late") == []


def test_nothing_is_wrong_with_what_is_said_once_done(busy: Lived) -> None:
    page, free = look(busy, "Luc"), f"{HERE}/bookings/new?vehicle_id={busy.village.vehicle('Biporteur')}"
    found = done(page, f"{HERE}/profile", "Garder")
    found += done(page, f"{HERE}/proposals/{busy.ids['open']}", "Je suis pour")
    found += done(page, f"{free}&when=tomorrow", "Réserver")
    assert found == []

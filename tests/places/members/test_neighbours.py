"""All the neighbours, by name: a slice at a time, and found by a part of a name."""

import re

import pytest

from tests.kit.browser import Browser
from tests.kit.crowd import crowd
from tests.kit.money import spent
from tests.kit.village import COOP, MEMBERS, Village

HERE = f"/coops/{COOP}"
ROW = re.compile(r'/members/[0-9a-f-]{36}"><strong>([^<]+)</strong>')
NEXT = re.compile(rf'href="({HERE}/members\?[^"]*after=[^"]+)"')


def slices(browser: Browser, path: str) -> list[list[str]]:
    """Follow a list to its end; return the names in each of its slices."""
    found, following = [], [path]
    while following:
        html = browser.get(following[0].replace("&amp;", "&")).html
        found.append(ROW.findall(html))
        following = NEXT.findall(html)
    return found


def test_a_few_are_shown_at_once(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{HERE}/members")
    assert seen.status == 200
    assert ROW.findall(seen.html) == sorted(MEMBERS)
    assert "6 neighbours" in seen.text
    assert "Claire , référent, treasurer" in seen.text
    assert "More neighbours" not in seen.text
    community = village.as_("Nadia").get(f"{HERE}/community").text
    assert "All the neighbours" not in community
    assert "All the vehicles" not in community


def test_many_are_shown_a_slice_at_a_time_each_once(village: Village) -> None:
    crowd(village, members=60, vehicles=60)
    found = slices(village.as_("Nadia"), f"{HERE}/members")
    assert [len(names) for names in found] == [40, 26]
    assert [name for names in found for name in names] == [
        *sorted(MEMBERS),
        *(f"Voisine {number:04}" for number in range(1, 61)),
    ]


def test_the_co_op_s_page_ends_and_leads_to_the_others(village: Village) -> None:
    crowd(village, members=3_000, vehicles=60)
    seen = village.as_("Nadia").get(f"{HERE}/community")
    assert "All the neighbours (3,006)" in seen.text
    assert "All the vehicles (64)" in seen.text
    assert "The price of each other vehicle stands on its page." in seen.text
    assert len(ROW.findall(seen.html)) == 40
    assert f'href="{HERE}/members"' in seen.html
    assert f'href="{HERE}/availability"' in seen.html


def test_someone_is_found_by_a_part_of_her_name(village: Village) -> None:
    crowd(village, members=60)
    browser = village.as_("Nadia")
    assert slices(browser, f"{HERE}/members?q=0042") == [["Voisine 0042"]]
    assert [len(names) for names in slices(browser, f"{HERE}/members?q=VO%C3%8FSINE")] == [40, 20]
    seen = browser.get(f"{HERE}/members?q=%3Cb%3E")
    assert "Nobody here is called “<b>”." in seen.text
    assert "All the neighbours" in seen.text


def test_who_left_is_no_neighbour_any_more(village: Village) -> None:
    village.leave("Paul")
    assert "Paul" not in ROW.findall(village.as_("Nadia").get(f"{HERE}/members").html)


@pytest.mark.parametrize("asked", ["after=x", "after=WyJhIl0", "after=%00"])
def test_a_mark_that_no_list_gave_is_refused(village: Village, asked: str) -> None:
    assert village.as_("Nadia").get(f"{HERE}/members?{asked}").status == 400


def test_a_name_that_no_text_holds_is_refused(village: Village) -> None:
    assert village.as_("Nadia").get(f"{HERE}/members?q=%00").status == 422


def test_others_may_not_see_them(village: Village) -> None:
    assert village.as_("Olga").get(f"{HERE}/members").status == 403
    assert village.anyone().get(f"{HERE}/members").status == 401


def test_at_a_desk_they_are_a_table_with_how_to_reach_each_and_how_she_stands(village: Village) -> None:
    spent(village, "Amina", 3000, "Nadia")
    account = f"{HERE}/members/{village.member('Amina')}/account"
    as_treasurer, as_member = (village.as_(name).get(f"{HERE}/members") for name in ("Claire", "Jean"))
    for seen in (as_treasurer, as_member):
        assert "Kangoo amina@example.org since November 2026 2 Nov 2026 +€30.00" in seen.text
    assert account in as_treasurer.html
    assert account not in as_member.html


def test_they_can_be_sorted_by_when_they_joined(village: Village) -> None:
    village.pass_time(days=1)
    village.join("Aaron")
    jean = village.as_("Jean")
    assert ROW.findall(jean.get(f"{HERE}/members").html)[0] == "Aaron"
    assert ROW.findall(jean.get(f"{HERE}/members?sort=since").html)[-1] == "Aaron"
    assert ROW.findall(jean.get(f"{HERE}/members?sort=-since").html)[0] == "Aaron"

"""Everyone's balance: the ones that one looks for on the accounts' page, all of them by name on their own."""

import re
from typing import Any

from tests.kit.crowd import crowd
from tests.kit.money import HERE, read, spent
from tests.kit.village import Village

ROW = re.compile(r'<th scope="row">\s*(?:<[^>]+>\s*)*([^<]+?)\s*(?:</[^>]+>\s*)*</th>\s*<td class="num">([^<]+)</td>')
NEXT = re.compile(rf'href="({HERE}/balances\?[^"]*after=[^"]+)"')


def rows(seen: Any) -> list[tuple[str, str]]:
    return [(name, cents) for name, cents in ROW.findall(seen.html) if name != "All together"]


def test_a_small_co_op_sees_all_by_name(village: Village) -> None:
    spent(village, "Amina", 9000, "Luc")
    seen = village.as_("Nadia").get(f"{HERE}/accounts")
    assert [name for name, _ in rows(seen)] == ["Amina", "Claire", "Jean", "Luc", "Nadia", "Paul"]
    assert "All the balances, by name" not in seen.text


def test_in_a_large_one_those_not_even_come_first_and_the_others_have_a_page(village: Village) -> None:
    spent(village, "Amina", 9000, "Luc")
    spent(village, "Paul", 2000, "Jean")
    crowd(village, members=60)
    seen = village.as_("Nadia").get(f"{HERE}/accounts")
    shown = [name for name, _ in rows(seen)]
    assert ({*shown[:2]}, {*shown[2:4]}, len(shown)) == ({"Amina", "Luc"}, {"Paul", "Jean"}, 40)
    assert "All the balances, by name" in seen.text


def test_all_are_there_by_name_each_once(village: Village) -> None:
    spent(village, "Amina", 9000, "Luc")
    crowd(village, members=60)
    browser, found, following = village.as_("Nadia"), list[tuple[str, str]](), [f"{HERE}/balances"]
    while following:
        seen = browser.get(following[0].replace("&amp;", "&"))
        assert "All together" in seen.text
        found += rows(seen)
        following = NEXT.findall(seen.html)
    assert len(found) == len(dict(found)) == 67
    assert [name for name, _ in found[:3]] == ["The common purse", "Amina", "Claire"]
    assert [name for name, cents in found if "90.00" in cents] == ["Amina", "Luc"]


def test_a_balance_is_found_by_a_part_of_a_name(village: Village) -> None:
    spent(village, "Amina", 9000, "Luc")
    assert rows(village.as_("Nadia").get(f"{HERE}/balances?q=AM%C3%8E")) == [("Amina", "+€90.00")]
    assert "Nobody here is called “zz”." in village.as_("Nadia").get(f"{HERE}/balances?q=zz").text


def test_who_left_stands_there_while_her_balance_is_not_zero(village: Village) -> None:
    spent(village, "Amina", 9000, "Nadia")
    village.leave("Jean")
    assert "Jean" not in read(village.as_("Amina").get(f"{HERE}/balances"))
    assert "Nadia -€90.00" in read(village.as_("Amina").get(f"{HERE}/balances?q=nadia"))


def test_what_cannot_be_read_is_refused(village: Village) -> None:
    assert village.as_("Nadia").get(f"{HERE}/balances?after=x").status == 400
    assert village.as_("Nadia").get(f"{HERE}/balances?q=%00").status == 422


def test_only_members_see_them(village: Village) -> None:
    assert village.as_("Olga").get(f"{HERE}/balances").status == 403
    assert village.anyone().get(f"{HERE}/balances").status == 401

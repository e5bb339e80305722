"""Who paid and who shares, in a co-op too large to list: those at hand, and whoever is looked for."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from governance.queries import members_slice
from tests.kit.browser import Seen
from tests.kit.crowd import crowd
from tests.kit.money import HERE
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, NOW, Village
from tests.places.expenses.test_expenses import TYPED as REPAIR

PAGE = f"{HERE}/expenses"
TYPED = REPAIR | {"vehicle_id": "coop", "note": "Tyres"}
BOX = re.compile(r'name="among" value="[0-9a-f-]{36}" autocomplete="off"( checked)?>\s*<span>([^<]+)</span>')
PAYER = re.compile(r'<option value="[0-9a-f-]{36}"( selected)?>([^<]+)</option>')


@pytest.fixture
def large(village: Village) -> Village:
    """The village, in which nobody can be listed any more."""
    crowd(village, members=60)
    return village


def boxes(seen: Seen) -> list[str]:
    return [name for _, name in BOX.findall(seen.html)]


def ticked(seen: Seen) -> list[str]:
    return [name for checked, name in BOX.findall(seen.html) if checked]


def named(village: Village, name: str) -> UUID:
    [row] = village.ask(members_slice, COOP, NOW, called=name, most=2).items
    found: UUID = row.member_id
    return found


def recorded(village: Village) -> list[Any]:
    items: list[Any] = village.as_("Amina").api("GET", PAGE).json()["items"]
    return items


def test_a_small_co_op_lists_everyone_and_looks_for_nobody(village: Village) -> None:
    seen = village.as_("Amina").get(f"{PAGE}/new")
    assert boxes(seen) == ["Amina", "Claire", "Jean", "Luc", "Nadia", "Paul", "The common purse"]
    assert "Find a neighbour" not in seen.text


def test_a_large_one_lists_the_reader_and_the_common_purse(large: Village) -> None:
    seen = large.as_("Amina").get(f"{PAGE}/new")
    assert boxes(seen) == ["Amina", "The common purse"]
    assert "Find a neighbour" in seen.text


def test_who_is_found_can_be_chosen_and_nothing_is_recorded(large: Village) -> None:
    form = TYPED | {"paid_by": large.member("Paul"), "among": [large.member("Luc")], "find": "v\u00f4isine 004"}
    seen = large.as_("Amina").post(PAGE, files={"receipt": jpeg()}, search="yes", **form)
    assert seen.status == 200
    found = ["Voisine 0004", *(f"Voisine {number:04}" for number in range(40, 50))]
    assert boxes(seen) == ["Amina", "Luc", "Paul", *found, "The common purse"]
    assert ticked(seen) == ["Luc"]
    assert [name for chosen, name in PAYER.findall(seen.html) if chosen] == ["Paul"]
    assert "11 neighbours are called so." in seen.text
    assert 'value="96,35"' in seen.html
    assert 'value="Tyres"' in seen.html
    assert "Your photo or PDF is kept" in seen.text
    assert "wrong" not in seen.html.split("<main")[1]
    assert recorded(large) == []


def test_what_is_recorded_is_what_was_chosen_shown_or_not(large: Village) -> None:
    someone, other = named(large, "Voisine 0042"), named(large, "Voisine 0007")
    first = large.as_("Amina").post(PAGE, files={"receipt": jpeg()}, search="yes", **TYPED | {"find": "0042"})
    kept = first.html.split('name="kept_receipt" value="')[1].split('"')[0]
    form = TYPED | {"paid_by": someone, "among": [other, large.member("Luc")], f"part_{other}": "30"}
    seen = large.as_("Amina").post(PAGE, find="0042", found="0042", kept_receipt=kept, **form)
    assert "The expense is noted." in seen.text
    [row] = recorded(large)
    assert row["paid"] == {str(someone): 6635, str(other): 3000}
    assert row["weights"] == {str(other): 1, str(large.member("Luc")): 1}
    assert row["receipt"] == kept


def test_a_name_typed_and_not_looked_for_yet_records_nothing(large: Village) -> None:
    form = TYPED | {"paid_by": large.member("Amina"), "among": [large.member("Luc")]}
    seen = large.as_("Amina").post(PAGE, **form, find="0042", found="")
    assert (seen.status, boxes(seen)) == (200, ["Amina", "Luc", "Voisine 0042", "The common purse"])
    assert "Choose whom you looked for, or nobody, and send it again." in seen.text
    assert recorded(large) == []


def test_the_button_alone_records_nothing(large: Village) -> None:
    form = TYPED | {"paid_by": large.member("Amina"), "among": [large.member("Luc")]}
    assert large.as_("Amina").post(PAGE, **form, search="yes", find="").status == 200
    assert recorded(large) == []


def test_the_owners_of_the_vehicle_are_at_hand(large: Village) -> None:
    form = TYPED | {"vehicle_id": large.vehicle("Kangoo"), "find": "zz"}
    seen = large.as_("Nadia").post(PAGE, search="yes", **form)
    assert boxes(seen) == ["Amina", "Luc", "Nadia", "Paul", "The common purse"]
    assert "Nobody here is called “zz”." in seen.text


def test_more_than_can_be_shown_are_said(large: Village) -> None:
    seen = large.as_("Amina").post(PAGE, search="yes", **TYPED | {"find": "voisine"})
    assert "Here are the first 40" in seen.text


def test_what_is_refused_keeps_who_was_chosen(large: Village) -> None:
    someone = named(large, "Voisine 0042")
    form = TYPED | {"paid_by": someone, "among": [someone], "amount": "many", f"part_{large.member('Luc')}": "3"}
    seen = large.as_("Amina").post(PAGE, **form)
    assert seen.status == 422
    assert ticked(seen) == ["Voisine 0042"]
    assert boxes(seen) == ["Amina", "Luc", "Voisine 0042", "The common purse"]


def test_unknown_ids_are_refused(large: Village) -> None:
    form = TYPED | {"paid_by": large.member("Amina"), "among": [uuid4()]}
    assert large.as_("Amina").post(PAGE, **form).status == 409
    assert large.as_("Amina").post(PAGE, **form | {"among": ["x"]}).status == 422
    assert recorded(large) == []


def test_what_is_no_photo_is_told_while_looking_too(large: Village) -> None:
    seen = large.as_("Amina").post(PAGE, files={"receipt": b"<svg/>"}, search="yes", **TYPED | {"find": "0042"})
    assert seen.status == 422


def test_only_members_look_for_members(large: Village) -> None:
    assert large.as_("Olga").post(PAGE, search="yes", **TYPED | {"find": "0042"}).status == 403
    assert large.anyone().post(PAGE, search="yes", **TYPED | {"find": "0042"}).status == 401

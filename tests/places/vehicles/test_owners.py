"""Whose a vehicle is, in a co-op too large to list: the reader, those already named, and whoever is looked for."""

import re
from typing import Any
from uuid import UUID

import pytest

from fleet.queries import vehicles_in_service
from governance.queries import members_slice
from tests.kit.browser import Seen
from tests.kit.crowd import crowd
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, NOW, Village
from tests.places.vehicles.test_entering import PAGE, TWINGO

OWNER = re.compile(r'aria-label="Shares of ([^"]+)"')
LENDER = re.compile(r'<option value="[0-9a-f-]{36}"( selected)?>([^<]+)</option>')


@pytest.fixture
def large(village: Village) -> Village:
    """The village, in which nobody can be listed any more."""
    crowd(village, members=60)
    return village


def named(village: Village, name: str) -> UUID:
    [row] = village.ask(members_slice, COOP, NOW, called=name, most=2).items
    found: UUID = row.member_id
    return found


def in_service(village: Village) -> int:
    return len(village.ask(vehicles_in_service, COOP, on=NOW.date()))


def sent(village: Village, who: str, **more: Any) -> Seen:
    return village.as_(who).post(PAGE, **TWINGO | more)


def test_a_small_co_op_lists_everyone(village: Village) -> None:
    seen = village.as_("Claire").get(f"{PAGE}/new")
    assert OWNER.findall(seen.html) == ["Amina", "Claire", "Jean", "Luc", "Nadia", "Paul"]
    assert [name for _, name in LENDER.findall(seen.html)] == OWNER.findall(seen.html)
    assert "Find a neighbour" not in seen.text


def test_a_large_one_lists_the_reader(large: Village) -> None:
    seen = large.as_("Claire").get(f"{PAGE}/new")
    assert OWNER.findall(seen.html) == ["Claire"]
    assert LENDER.findall(seen.html) == [(" selected", "Claire")]
    assert "Find a neighbour" in seen.text


def test_who_is_found_can_own_it_and_nothing_is_brought_in(large: Village) -> None:
    parts = {f"parts_{large.member('Luc')}": "2", "lender": large.member("Jean")}
    seen = sent(large, "Claire", files={"photo": jpeg()}, search="yes", find="0042", **parts)
    assert seen.status == 200
    assert OWNER.findall(seen.html) == ["Claire", "Jean", "Luc", "Voisine 0042"]
    assert [name for chosen, name in LENDER.findall(seen.html) if chosen] == ["Jean"]
    assert f'name="parts_{large.member("Luc")}" value="2"' in seen.html
    for kept in ('value="Twingo"', 'value="pets" checked', 'value="2580"', 'value="2027-12-31"'):
        assert kept in seen.html
    assert "Your photo is kept" in seen.text
    assert in_service(large) == 4


def test_whoever_was_named_owns_it_shown_or_not(large: Village) -> None:
    parts = {f"parts_{large.member('Nadia')}": "2", f"parts_{named(large, 'Voisine 0042')}": "1"}
    seen = sent(large, "Nadia", sharing="co_owned", find="0007", found="0007", **parts)
    assert "Owned together by Nadia (2/3) and Voisine 0042 (1/3)" in seen.text


def test_a_referent_lends_it_for_someone_found(large: Village) -> None:
    assert "Lent by Voisine 0042" in sent(large, "Claire", lender=named(large, "Voisine 0042")).text


def test_a_name_typed_and_not_looked_for_yet_brings_nothing_in(large: Village) -> None:
    assert OWNER.findall(sent(large, "Nadia", find="0042").html) == ["Nadia", "Voisine 0042"]
    assert in_service(large) == 4


@pytest.mark.parametrize("owner", ["8f14e45f-ceea-4678-9b4d-2f1d6a7c3e04", "x"])
def test_parts_of_someone_unknown_are_refused(large: Village, owner: str) -> None:
    parts = {f"parts_{large.member('Nadia')}": "2", f"parts_{owner}": "1"}
    assert sent(large, "Nadia", sharing="co_owned", **parts).status == 422
    assert in_service(large) == 4


def test_only_members_look_for_members(large: Village) -> None:
    assert sent(large, "Olga", search="yes", find="0042").status == 403
    assert large.anyone().post(PAGE, search="yes", find="0042").status == 401

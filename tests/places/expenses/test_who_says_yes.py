"""Who says yes to an expense over the voted limit: whoever bears more than she paid; nobody's cent makes it count."""

from typing import Any

import pytest

from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.money import HERE
from tests.kit.village import COOP, MEMBERS, Village

pytestmark = on_both
ASKED = "waits for a yes"


def noted(village: Village, by: str, paid: dict[str, int], *among: str, **more: Any) -> str:
    """Note an expense of so many cents paid by whom, borne by some (by the purse where none is named); its page."""
    bearers = [str(village.member(name)) for name in among] or [str(COOP)]
    body = {"kind": "repair", "paid_on": str(village.now.date()), "split": "equal", "among": dict.fromkeys(bearers, 1)}
    body |= {"paid": {str(village.member(name)): cents for name, cents in paid.items()}}
    made = village.as_(by).api("POST", f"{HERE}/expenses", body | more)
    village.settle()
    return f"{HERE}/expenses/{made.json()['id']}"


def waits(village: Village, page: str) -> bool:
    return bool(village.as_("Claire").api("GET", page).json()["waiting"])


def says(village: Village, name: str, page: str) -> Seen:
    seen = village.as_(name).api("POST", f"{page}/agreement", {})
    village.settle()
    return seen


def owed(village: Village, name: str) -> int:
    return int(village.as_(name).api("GET", f"{HERE}/balance").json()["cents"])


def asked_at_home(village: Village, *names: str) -> set[str]:
    return {name for name in names or MEMBERS if ASKED in village.as_(name).get(f"{HERE}/").text}


def asked_by_letter(village: Village) -> set[str]:
    return {kept.address.split("@")[0].capitalize() for kept in village.letters() if ASKED in kept.subject}


def test_who_has_left_is_not_waited_for(village: Village) -> None:
    village.leave("Nadia")
    page = noted(village, "Paul", {"Paul": 20_000}, "Nadia")
    assert (waits(village, page), asked_by_letter(village)) == (True, {"Claire"})
    assert says(village, "Nadia", page).status == 403
    assert says(village, "Claire", page).status == 201


def test_in_a_co_op_shrunk_to_one_nothing_waits(village: Village) -> None:
    for name in MEMBERS[1:]:
        village.leave(name)
    page = noted(village, "Claire", {"Claire": 90_000}, "Nadia")
    assert (waits(village, page), owed(village, "Claire")) == (False, 90_000)


def test_a_cent_paid_by_each_of_the_others_leaves_the_yes_to_who_bears_it(village: Village) -> None:
    paid = {name: 1 for name in MEMBERS if name not in ("Paul", "Nadia")} | {"Paul": 5_000_000}
    page = noted(village, "Paul", paid, "Nadia", confirmed=5_000_004)
    assert (waits(village, page), owed(village, "Nadia")) == (True, 0)
    assert (asked_by_letter(village), asked_at_home(village)) == ({"Nadia"}, {"Nadia"})
    for name in ("Paul", "Claire", "Luc"):
        assert says(village, name, page).status == 403
    assert says(village, "Nadia", page).status == 201
    assert (owed(village, "Nadia"), owed(village, "Paul"), owed(village, "Luc")) == (-5_000_004, 5_000_000, 1)


@pytest.mark.parametrize("answer", ["agreement", "refusal"])
def test_who_paid_a_cent_of_what_she_bears_says_yes_or_no(village: Village, answer: str) -> None:
    page = noted(village, "Paul", {"Paul": 90_000, "Nadia": 1}, "Nadia")
    assert (asked_by_letter(village), asked_at_home(village)) == ({"Nadia", "Claire"}, {"Nadia", "Claire"})
    sent = {"reason": "Nobody asked me"} if answer == "refusal" else {}
    assert village.as_("Nadia").api("POST", f"{page}/{answer}", sent).status == 201
    village.settle()
    assert owed(village, "Nadia") == (-90_000 if answer == "agreement" else 0)


def test_on_the_purse_with_a_cent_of_each_any_other_says_yes(village: Village) -> None:
    page = noted(village, "Paul", dict.fromkeys(MEMBERS, 1) | {"Paul": 90_000})
    others = {*MEMBERS} - {"Paul"}
    assert (asked_by_letter(village), asked_at_home(village)) == (others, others)
    assert says(village, "Paul", page).status == 403
    assert says(village, "Luc", page).status == 201
    assert owed(village, "Paul") == 90_000


def test_in_a_co_op_of_two_the_other_says_yes_though_she_gains(village: Village) -> None:
    for name in MEMBERS[2:]:
        village.leave(name)
    other = MEMBERS[1]
    page = noted(village, "Claire", {"Claire": 90_000, other: 1})
    assert (asked_by_letter(village), asked_at_home(village, "Claire", other)) == ({other}, {other})
    assert says(village, "Claire", page).status == 403
    assert says(village, other, page).status == 201


def test_who_bears_to_the_cent_what_she_paid_is_not_asked_who_bears_a_cent_more_is(village: Village) -> None:
    page = noted(village, "Paul", {"Paul": 10_000, "Nadia": 10_000}, "Luc", "Nadia")  # 100.00 each: Nadia is even
    assert asked_by_letter(village) == {"Luc", "Claire"}
    assert says(village, "Nadia", page).status == 403
    page = noted(village, "Paul", {"Paul": 10_001, "Nadia": 9_999}, "Luc", "Nadia")  # she bears a cent more
    assert says(village, "Nadia", page).status == 201


def test_a_treasurer_who_bears_what_she_paid_says_yes_as_treasurer(village: Village) -> None:
    page = noted(village, "Paul", {"Paul": 10_000, "Claire": 10_000}, "Luc", "Claire")
    assert asked_by_letter(village) == {"Luc", "Claire"}
    assert says(village, "Claire", page).status == 201

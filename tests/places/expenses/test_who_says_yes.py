"""Who says yes to an expense over the voted limit: whoever bears more than she paid; nobody's cent makes it count."""

from typing import Any

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

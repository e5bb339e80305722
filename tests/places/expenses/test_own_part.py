"""An expense another noted that the treasurer bears: she does not take it back, another speaks for the co-op."""

from governance.roles import Role
from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.money import HERE, owed
from tests.kit.village import COOP, MEMBERS, Village

pytestmark = on_both
FORM = "Take this expense back"


def noted(village: Village, by: str, paid: dict[str, int], *among: str) -> str:
    """Note an expense of so many cents paid by whom ("" is the purse), borne by some; return its page."""
    cents = {str(village.member(name) if name else COOP): of_it for name, of_it in paid.items()}
    among_ids = {str(village.member(name)): 1 for name in among}
    body = {"kind": "repair", "paid_on": str(village.now.date()), "split": "equal", "paid": cents, "among": among_ids}
    made = village.as_(by).api("POST", f"{HERE}/expenses", body)
    village.settle()
    return f"{HERE}/expenses/{made.json()['id']}"


def take_back(village: Village, by: str, page: str) -> Seen:
    seen = village.as_(by).api("POST", f"{page}/withdrawal", {"reason": "Not hers"})
    village.settle()
    return seen


def offered(village: Village, page: str) -> set[str]:
    return {name for name in MEMBERS if FORM in village.as_(name).get(page).text}


def test_what_she_bears_any_other_member_takes_back_where_nobody_else_holds_a_role(village: Village) -> None:
    page = noted(village, "Paul", {"": 14_000}, "Claire")
    assert offered(village, page) == {*MEMBERS} - {"Claire"}
    refused = take_back(village, "Claire", page)
    assert (refused.status, refused.code, owed(village, "Claire")) == (403, "not-yours", -14_000)
    assert (take_back(village, "Luc", page).status, owed(village, "Claire")) == (201, 0)


def test_another_with_a_role_takes_it_back_and_who_noted_it(village: Village) -> None:
    page = noted(village, "Paul", {"": 14_000}, "Claire")
    village.give_role("Amina", Role.REFERENT)
    assert offered(village, page) == {"Paul", "Amina"}
    village.give_role("Nadia", Role.TREASURER)
    assert offered(village, page) == {"Paul", "Nadia"}
    assert [take_back(village, name, page).status for name in ("Claire", "Amina", "Nadia")] == [403, 403, 201]


def test_what_she_noted_herself_she_takes_back(village: Village) -> None:
    page = noted(village, "Claire", {"": 14_000}, "Claire")
    assert take_back(village, "Claire", page).status == 201


def test_what_she_paid_more_of_than_she_bears_is_hers_to_take_back(village: Village) -> None:
    page = noted(village, "Paul", {"Claire": 5_000, "Luc": 5_000}, "Claire", "Nadia", "Luc")
    assert offered(village, page) == {"Paul", "Claire"}  # she bears 33.33 or 33.34 of it, and paid 50.00
    page = noted(village, "Paul", {"Claire": 3_000, "Luc": 6_000}, "Claire", "Nadia", "Luc")
    assert offered(village, page) == {"Paul", "Claire"}  # even: 30.00 of both
    page = noted(village, "Paul", {"Claire": 2_999, "Luc": 6_001}, "Claire", "Nadia", "Luc")
    assert "Claire" not in offered(village, page)


def test_what_the_purse_pays_her_another_who_speaks_for_it_takes_back_too(village: Village) -> None:
    body = {"kind": "repair", "paid_on": str(village.now.date()), "split": "equal", "among": {str(COOP): 1}}
    body |= {"paid": {str(village.member("Claire")): 15_000}}
    page = f"{HERE}/expenses/{village.as_('Claire').api('POST', f'{HERE}/expenses', body).json()['id']}"
    village.settle()
    assert owed(village, "Claire") == 15_000
    assert offered(village, page) == {*MEMBERS}
    village.give_role("Amina", Role.REFERENT)
    assert offered(village, page) == {"Claire", "Amina"}
    assert (take_back(village, "Luc", page).status, take_back(village, "Amina", page).status) == (403, 201)
    assert owed(village, "Claire") == 0

"""What was paid before it is contested does not stand apart: nobody pays it back meanwhile, whoever else is owed."""

import pytest

from tests.kit.databases import on_both
from tests.kit.money import HERE, plan_issued, spent
from tests.kit.village import Village

pytestmark = on_both


def asked(village: Village, plan: str) -> set[tuple[str, str, int]]:
    """Return who pays whom how many cents by a plan."""
    names = {str(village.member(name)): name for name in ("Paul", "Luc", "Nadia")}
    transfers = village.as_("Claire").api("GET", plan).json()["transfers"]
    return {(names[line["debtor"]], names[line["receiver"]], line["cents"]) for line in transfers}


def pay(village: Village, plan: str, receiver: str) -> None:
    """Let Nadia pay one of those the plan asks her to, who says that it has come."""
    transfers = village.as_("Claire").api("GET", plan).json()["transfers"]
    line = next(line for line in transfers if line["receiver"] == str(village.member(receiver)))
    for who, answer in (("Nadia", "payment"), (receiver, "receipt")):
        assert village.as_(who).api("POST", f"{plan}/transfers/{line['line_id']}/{answer}", {}).status == 201
    village.settle()


def anew(village: Village, plan: str) -> set[tuple[str, str, int]]:
    """Give a plan up, draw another, and return what it asks."""
    claire = village.as_("Claire")
    claire.api("POST", f"{plan}/withdrawal", {})
    made = claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).json()["id"]
    return asked(village, f"{HERE}/plans/{made}")


def contest(village: Village, entry_id: object) -> None:
    seen = village.as_("Nadia").api("POST", f"{HERE}/burdens/{entry_id}/contest", {"reason": "Not mine"})
    assert seen.status == 201


def test_who_was_paid_pays_nothing_back_where_another_is_still_owed(village: Village) -> None:
    contested = spent(village, "Paul", 3_000, "Nadia")
    spent(village, "Luc", 5_000, "Nadia")
    plan = plan_issued(village).path
    assert asked(village, plan) == {("Nadia", "Paul", 3_000), ("Nadia", "Luc", 5_000)}
    pay(village, plan, "Paul")
    contest(village, contested)
    assert anew(village, plan) == {("Nadia", "Luc", 5_000)}


@pytest.mark.parametrize("since", ["Luc", "Paul"])
def test_nor_where_it_was_paid_by_an_earlier_plan(village: Village, since: str) -> None:
    contested = spent(village, "Paul", 3_000, "Nadia")
    plan = plan_issued(village).path
    pay(village, plan, "Paul")
    spent(village, since, 5_000, "Nadia")
    plan = plan_issued(village).path
    contest(village, contested)
    assert anew(village, plan) == {("Nadia", since, 5_000)}


def test_what_was_paid_and_undone_stands_apart_again(village: Village) -> None:
    contested = spent(village, "Paul", 3_000, "Nadia")
    plan = plan_issued(village).path
    pay(village, plan, "Paul")
    contest(village, contested)
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").json()["apart_cents"] == 0
    [line] = village.as_("Nadia").api("GET", plan).json()["transfers"]
    payment = line["entry_id"]
    undone = village.as_("Claire").api("POST", f"{HERE}/entries/{payment}/reversal", {"reason": "It never came"})
    assert undone.status == 201
    village.settle()
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").json()["apart_cents"] == -3_000

"""Transfers under the voted floor are not asked: what they would settle is carried over to the next plan, and said."""

import pytest

from governance.rules.queries import rules_in_force
from tests.kit.money import HERE, plan_issued, spent, transfers
from tests.kit.village import COOP, Village


@pytest.fixture
def small(village: Village) -> Village:
    """Nadia owes Jean 30 cents, Luc owes Amina 5.00."""
    spent(village, "Jean", 30, "Nadia")
    spent(village, "Amina", 500, "Luc")
    return village


def test_what_is_under_one_euro_is_carried_over_and_said_to_all(small: Village) -> None:
    assert small.ask(rules_in_force, COOP, small.now)["settlement_floor"].number == 1
    page = plan_issued(small)
    assert "One transfer settles all but what is carried over." in page.text
    assert "€0.30 is carried over to the next plan: no transfer is asked under €1.00." in page.text
    assert "Of it, you owe €0.30." in small.as_("Nadia").get(page.path).text
    assert "Of it, €0.30 is owed to you." in small.as_("Jean").get(page.path).text
    assert set(transfers(small, page.path)) == {str(small.member("Amina"))}
    found = small.as_("Nadia").api("GET", page.path).json()
    assert found["floor_cents"] == 100
    assert {row["account"]: row["cents"] for row in found["carried"]} == {
        str(small.member("Nadia")): -30,
        str(small.member("Jean")): 30,
    }


def test_where_nothing_else_is_owed_there_is_no_plan(village: Village) -> None:
    spent(village, "Jean", 99, "Nadia")
    page = village.as_("Claire").post(f"{HERE}/plans", as_of="2026-11-02")
    assert (page.status, "Each transfer would be under €1.00" in page.text) == (409, True)


def test_a_plan_without_anything_to_carry_over_says_nothing_of_it(village: Village) -> None:
    spent(village, "Amina", 500, "Luc")
    page = plan_issued(village)
    assert "One transfer settles everyone." in page.text
    assert "carried over" not in page.text

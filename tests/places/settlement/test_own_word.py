"""What one said for the co-op to be paid one never proves oneself: another does, and is offered to."""

import pytest

from governance.roles import Role
from tests.kit.databases import on_both
from tests.kit.money import HERE, plan_issued, spent, transfers
from tests.kit.village import Village

pytestmark = on_both

PROOF = {"proof": "Bank statement of 12 November"}


@pytest.fixture
def said(village: Village) -> tuple[Village, str]:
    """Claire, who alone holds the roles, said that the co-op paid Nadia 40.00; Nadia let her time pass."""
    spent(village, "Nadia", 4_000, "Luc")
    plan = plan_issued(village, through_purse="yes").path
    at = f"{plan}/transfers/{transfers(village, plan)[str(village.member('Nadia'))]['line_id']}"
    assert village.as_("Claire").api("POST", f"{at}/payment", {}).status == 201
    village.pass_time(days=15)
    return village, at


def is_offered(village: Village, at: str, name: str) -> bool:
    """Tell whether a page and a program offer somebody to confirm it with proof."""
    plan = at.partition("/transfers")[0]
    program = transfers(village, plan, name)[str(village.member("Nadia"))]["can_be_proven"]
    assert (f'href="{at}/proof"' in village.as_(name).get(plan).html) is program
    return bool(program)


def test_she_who_said_it_does_not_prove_it(said: tuple[Village, str]) -> None:
    village, at = said
    claire = village.as_("Claire")
    assert not is_offered(village, at, "Claire")
    assert "This transfer is not yours to confirm" in claire.get(f"{at}/proof").text
    refused = claire.api("POST", f"{at}/proof", PROOF)
    assert (refused.status, refused.code) == (403, "not-yours")
    assert claire.api("POST", f"{at}/receipt", {}).code == "not-yours"
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").json()["cents"] == 4_000


def test_another_treasurer_does_before_a_referent(said: tuple[Village, str]) -> None:
    village, at = said
    village.give_role("Paul", Role.TREASURER)
    village.give_role("Amina", Role.REFERENT)
    assert not is_offered(village, at, "Amina")
    assert village.as_("Amina").api("POST", f"{at}/proof", PROOF).code == "not-yours"
    assert is_offered(village, at, "Paul")
    assert village.as_("Paul").api("POST", f"{at}/proof", PROOF).status == 201
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").json()["cents"] == 0


def test_where_no_other_is_treasurer_a_referent_does(said: tuple[Village, str]) -> None:
    village, at = said
    village.give_role("Nadia", Role.TREASURER)  # who receives it, and never proves it either
    village.give_role("Amina", Role.REFERENT)
    assert not any(is_offered(village, at, name) for name in ("Nadia", "Jean"))
    for name in ("Nadia", "Jean"):
        assert village.as_(name).api("POST", f"{at}/proof", PROOF).code == "not-yours"
    assert is_offered(village, at, "Amina")
    assert village.as_("Amina").post(f"{at}/proof", **PROOF).status == 200
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").json()["cents"] == 0


def test_where_nobody_else_holds_a_role_any_other_member_does(said: tuple[Village, str]) -> None:
    village, at = said
    assert is_offered(village, at, "Jean")
    assert village.as_("Jean").api("POST", f"{at}/proof", PROOF).status == 201
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").json()["cents"] == 0


def test_said_by_another_since_she_may(said: tuple[Village, str]) -> None:
    village, at = said
    village.give_role("Paul", Role.TREASURER)
    assert village.as_("Paul").api("POST", f"{at}/payment", {"cents": 3_000}).status == 201
    village.pass_time(days=15)
    assert not is_offered(village, at, "Paul")
    assert village.as_("Claire").api("POST", f"{at}/proof", PROOF).status == 201
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").json()["cents"] == 1_000

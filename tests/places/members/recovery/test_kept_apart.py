"""For fourteen days after her address was given back, she does not say that what the two owe her has come."""

from typing import Any

import pytest

from governance import commands as g
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from governance.roles import Role
from ledger.settlement.commands import IssuePlan
from tests.kit.databases import on_both
from tests.kit.money import ledger_in, spent
from tests.kit.village import COOP, Village, person_id_of
from tests.places.members.recovery.ways import HERE, given_back, known_long, vouched_by_strangers

pytestmark = on_both


def owing(village: Village, payer: str, debtor: str) -> str:
    """Let a plan ask one transfer of a debtor; return where that stands."""
    spent(village, payer, 4_000, debtor)
    command = IssuePlan(coop_id=COOP, as_of=village.now.date())
    plan = f"{HERE}/plans/{ledger_in(village).issue_plan(command, village.asked('Claire')).stream_id}"
    village.settle()
    return f"{plan}/transfers/{line_of(village, plan)['line_id']}"


def line_of(village: Village, plan: str) -> Any:
    [line] = village.as_("Nadia").api("GET", plan.partition("/transfers")[0]).json()["transfers"]
    return line


@pytest.mark.parametrize("witness", ["Claire", "Jean"])
def test_she_confirms_what_one_of_the_two_pays_on_the_fifteenth_day(village: Village, witness: str) -> None:
    known_long(village)
    given_back(village)
    at = owing(village, "Nadia", witness)
    assert (line_of(village, at)["can_be_confirmed"], line_of(village, at)["kept_until"]) == (
        False,
        "2027-02-17T08:00:00Z",
    )
    page = village.as_("Nadia").get(at.partition("/transfers")[0]).text
    assert f"Your mail address was given back by the word of {witness}: until" in page
    assert "I received it" not in page
    village.pass_time(days=13, hours=23, minutes=59)
    refused = village.as_("Nadia").api("POST", f"{at}/receipt", {"cents": 4_000})
    assert (refused.status, refused.code) == (409, "witness-pays")
    village.pass_time(minutes=1)
    assert line_of(village, at)["kept_until"] is None
    assert village.as_("Nadia").api("POST", f"{at}/receipt", {"cents": 4_000}).status == 201


def test_what_others_pay_her_she_confirms_at_once(village: Village) -> None:
    known_long(village)
    given_back(village)
    at = owing(village, "Nadia", "Paul")
    assert "was given back by the word of" not in village.as_("Nadia").get(at.partition("/transfers")[0]).text
    assert village.as_("Nadia").api("POST", f"{at}/receipt", {"cents": 4_000}).status == 201


def test_nor_does_she_as_treasurer_for_another_with_proof(village: Village) -> None:
    known_long(village)
    village.give_role("Nadia", Role.TREASURER)
    at = owing(village, "Paul", "Jean")
    assert village.as_("Jean").api("POST", f"{at}/payment", {"cents": 4_000}).status == 201
    village.pass_time(days=12)
    given_back(village)
    assert not line_of(village, at)["can_be_proven"]
    proof = {"proof": "Relevé du 12 février"}
    assert village.as_("Nadia").api("POST", f"{at}/proof", proof).code == "witness-pays"
    assert village.as_("Claire").api("POST", f"{at}/proof", proof).status == 201


def test_nor_where_the_two_were_of_another_co_op_of_hers(village: Village) -> None:
    vouched_by_strangers(village)
    join = g.JoinCoop(
        coop_id=COOP,
        invitation_id=village.invitation(InvitationKind.MAIL),
        person_id=person_id_of("Olga"),
        charter_version=CHARTER_VERSION,
    )
    Governance(village.site.history).join_coop(join, village.asked())
    village.settle()
    village.pass_time(hours=72)
    village.as_("Nadia").token = village.session("Nadia")
    at = owing(village, "Nadia", "Olga")
    assert village.as_("Nadia").api("POST", f"{at}/receipt", {"cents": 4_000}).code == "witness-pays"

"""A receiver who says nothing, a member or one who left: past her time the treasurer confirms, with proof."""

from uuid import UUID

import pytest

from governance.rules.queries import rules_in_force
from ledger.settlement.commands import ConfirmByProof
from people.person import person
from tests.kit.money import HERE, plan_issued, spent, transfers
from tests.kit.village import COOP, Village, person_id_of
from usecases.actor import Actor
from usecases.money.paying import ReceiverHasTime, confirm_by_proof

PROOF = "Relevé du 12 novembre"


def said_to_be_paid(village: Village, receiver: str = "Luc", debtor: str = "Nadia", cents: int = 674) -> str:
    """Let a debtor say that she paid what she owes by a plan; return the transfer's address."""
    spent(village, receiver, cents, debtor)
    plan = plan_issued(village).path
    line = transfers(village, plan, "Claire")[str(village.member(receiver))]["line_id"]
    village.as_(debtor).post(f"{plan}/transfers/{line}/payment")
    return f"{plan}/transfers/{line}"


def test_after_a_fortnight_the_treasurer_confirms_what_who_left_does_not(village: Village) -> None:
    transfer = said_to_be_paid(village)
    village.leave("Luc")
    claire, plan = village.as_("Claire"), transfer.partition("/transfers")[0]
    soon = claire.post(f"{transfer}/proof", proof=PROOF)
    assert (soon.status, "The receiver has until Monday 16 November 9 am" in soon.text.replace("\u00a0", " ")) == (
        409,
        True,
    )
    assert "Confirm with proof" not in claire.get(plan).text
    village.pass_time(days=14)
    assert f'href="{transfer}/proof"' in claire.get(plan).html
    assert "Luc has not said that it has come." in claire.get(f"{transfer}/proof").text
    assert "Noted: it has come. Both are told." in claire.post(f"{transfer}/proof", proof=PROOF).text
    page = village.as_("Nadia").get(plan)
    assert "this plan is done" in page.text
    assert f"Confirmed by Claire, with proof. “{PROOF}”" in page.text
    assert "You are even" in village.as_("Nadia").get(f"{HERE}/accounts").text


def test_confirmed_in_two_parts_both_proofs_are_listed_the_first_one_first(village: Village) -> None:
    spent(village, "Luc", 674, "Nadia")
    plan = plan_issued(village).path
    transfer = f"{plan}/transfers/{transfers(village, plan, 'Claire')[str(village.member('Luc'))]['line_id']}"
    for amount, proof in (("3", "Relevé du 16"), ("6.74", "Relevé du 30")):
        village.as_("Nadia").post(f"{transfer}/payment", amount=amount)
        village.pass_time(days=14)
        village.as_("Claire").post(f"{transfer}/proof", proof=proof)
    seen = village.as_("Nadia").get(plan).text
    assert 0 < seen.index("with proof. “Relevé du 16”") < seen.index("with proof. “Relevé du 30”")
    (line,) = transfers(village, plan).values()
    assert (line["proofs"], line["received_cents"]) == (["Relevé du 16", "Relevé du 30"], 674)


def test_its_words_are_read_by_those_concerned_alone(village: Village) -> None:
    transfer = said_to_be_paid(village)
    village.pass_time(days=14)
    village.as_("Claire").post(f"{transfer}/proof", proof=PROOF)
    plan = transfer.partition("/transfers")[0]
    for name, reads in (("Nadia", True), ("Luc", True), ("Claire", True), ("Paul", False)):
        assert (PROOF in village.as_(name).get(plan).text) is reads
    assert "Confirmed by Claire, with proof." in village.as_("Paul").get(plan).text


def test_both_are_told(village: Village) -> None:
    transfer = said_to_be_paid(village)
    village.pass_time(days=14)
    village.letters()
    village.as_("Claire").post(f"{transfer}/proof", proof=PROOF)
    village.settle()
    told = [letter for letter in village.letters() if "a transfer is confirmed, with proof" in letter.subject]
    assert sorted(letter.address for letter in told) == ["luc@example.org", "nadia@example.org"]
    assert all(PROOF not in letter.body and transfer.partition("/transfers")[0] in letter.body for letter in told)


def test_never_a_line_of_her_own(village: Village) -> None:
    transfer = said_to_be_paid(village, receiver="Claire")
    village.pass_time(days=14)
    page = village.as_("Claire").get(f"{transfer}/proof").text
    assert "This transfer is not yours to confirm" in page
    assert village.as_("Claire").post(f"{transfer}/proof", proof=PROOF).status == 403


def test_nobody_but_the_treasurer_may(village: Village) -> None:
    transfer = said_to_be_paid(village)
    village.pass_time(days=14)
    for name in ("Nadia", "Luc", "Paul", "Olga"):
        assert village.as_(name).get(f"{transfer}/proof").status == 403
        assert village.as_(name).post(f"{transfer}/proof", proof=PROOF).status == 403


def test_how_long_a_receiver_has_is_a_rule(village: Village) -> None:
    rule = village.ask(rules_in_force, COOP, village.now)["confirm_days"]
    assert rule.number == 14
    assert "has 14 days to say that it has come" in village.as_("Nadia").get(f"{HERE}/rules").text


def test_what_is_said_to_be_paid_while_the_treasurer_writes_gives_the_receiver_her_time_anew(village: Village) -> None:
    spent(village, "Luc", 674, "Nadia")
    plan = plan_issued(village).path
    line = transfers(village, plan, "Claire")[str(village.member("Luc"))]["line_id"]
    village.as_("Nadia").post(f"{plan}/transfers/{line}/payment", amount="3")
    village.pass_time(days=14)
    with village.site.reading() as before:
        who = person(before, person_id_of("Claire"))
        claire = Actor.of(village.site.history, before, village.now, person=who, coop_id=COOP)
        village.as_("Nadia").post(f"{plan}/transfers/{line}/payment", amount="6.74")
        command = ConfirmByProof(coop_id=COOP, plan_id=UUID(plan.rpartition("/")[2]), line_id=UUID(line), proof=PROOF)
        with pytest.raises(ReceiverHasTime):
            confirm_by_proof(claire, command, village.asked("Claire"))

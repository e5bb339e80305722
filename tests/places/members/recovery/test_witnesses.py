"""Who asks and who vouches: two known here for a while, apart from each other, neither of whom can gain by it."""

from datetime import timedelta

import pytest

from governance import commands as g
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from governance.roles import Role
from ledger.settlement.commands import IssuePlan
from ledger.spending.commands import RecordExpense
from tests.kit.databases import on_both
from tests.kit.money import HERE, ledger_in, plan_issued, spent, transfers
from tests.kit.village import COOP, Village, person_id_of
from tests.places.members.recovery.ways import OLD, address_of, ask, confirm, known_long, vouch

pytestmark = on_both


def test_both_have_been_members_for_thirty_days(village: Village) -> None:
    assert ask(village).code == "too-new"
    village.clock.now += timedelta(days=29, hours=23)
    assert ask(village).code == "too-new"
    village.clock.now += timedelta(hours=1)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    village.join("Inès")
    assert vouch(village, "Inès").code == "too-new"


def test_when_it_is_asked_and_not_only_when_she_vouches(village: Village) -> None:
    known_long(village)
    village.join("Inès")
    village.clock.now += timedelta(days=29)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    village.clock.now += timedelta(days=2)
    assert vouch(village, "Inès").code == "too-new"


def test_for_ninety_days_nobody_vouches_beside_whom_she_invited_or_was_invited_by(village: Village) -> None:
    village.clock.now += timedelta(days=89, hours=23)
    village.give_role("Paul", Role.REFERENT)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    assert vouch(village, "Jean").code == "brought-in"
    assert (ask(village, "Paul").status, confirm(village).status) == (201, 200)
    assert vouch(village, "Claire").code == "brought-in"
    village.clock.now += timedelta(hours=1)
    assert vouch(village, "Claire").status == 201


def test_who_was_brought_in_by_another_vouches_before_that(village: Village) -> None:
    known_long(village)
    village.join("Inès")
    village.give_role("Paul", Role.REFERENT)
    village.clock.now += timedelta(days=30)
    assert (ask(village, "Paul").status, confirm(village).status, vouch(village, "Inès").status) == (201, 200, 201)


def test_for_ninety_days_nobody_vouches_beside_whom_the_same_member_invited(village: Village) -> None:
    known_long(village)
    village.join("Inès")
    village.clock.now += timedelta(days=1)
    village.join("Odile")
    village.give_role("Inès", Role.REFERENT)
    village.clock.now += timedelta(days=88, hours=23)
    assert (ask(village, "Inès").status, confirm(village).status) == (201, 200)
    refused = vouch(village, "Odile")
    assert (refused.status, refused.code) == (409, "by-one-way")
    assert "by way of Claire, as Inès did" in refused.text
    village.clock.now += timedelta(hours=1)  # Inès has been here for ninety days, Odile has not
    assert vouch(village, "Odile").status == 201


def test_nor_beside_one_behind_whom_the_same_member_stands(village: Village) -> None:
    known_long(village)
    village.join("Inès")
    village.give_role("Inès", Role.REFERENT)
    invited_by(village, "Inès", "Odile")
    village.clock.now += timedelta(days=30)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    assert vouch(village, "Odile").code == "brought-in"  # Claire invited Inès, who invited her
    village.join("Ulysse")
    village.clock.now += timedelta(days=30)
    assert (ask(village, "Inès").status, confirm(village).status) == (201, 200)
    assert vouch(village, "Ulysse").code == "by-one-way"
    assert vouch(village, "Paul").status == 201


def invited_by(village: Village, name: str, joining: str) -> None:
    """Let a référent invite somebody, who joins."""
    governance = Governance(village.site.history)
    village.person(joining)
    issue = g.IssueInvitation(coop_id=COOP, kind=InvitationKind.MAIL)
    join = g.JoinCoop(
        coop_id=COOP,
        invitation_id=governance.issue_invitation(issue, village.asked(name)).stream_id,
        person_id=person_id_of(joining),
        charter_version=CHARTER_VERSION,
    )
    governance.join_coop(join, village.asked(joining))
    village.settle()


def bears(village: Village, payer: str, debtor: str) -> None:
    """Let one owe the other 40 €."""
    noted = RecordExpense(
        coop_id=COOP,
        kind="other",
        paid_on=village.now.date(),
        paid={village.member(payer): 4_000},
        split="equal",
        among={village.member(debtor): 1},
    )
    ledger_in(village).record_expense(noted, village.asked(payer))


@pytest.mark.parametrize("draft_hours", [0, 48])
@pytest.mark.parametrize(("payer", "debtor"), [("Jean", "Nadia"), ("Nadia", "Jean")])
def test_nobody_vouches_with_whom_she_has_a_transfer(
    village: Village, payer: str, debtor: str, draft_hours: int
) -> None:
    known_long(village)
    bears(village, payer, debtor)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    plan = IssuePlan(coop_id=COOP, as_of=village.now.date())
    ledger_in(village).issue_plan(plan, village.asked("Claire"), draft_hours=draft_hours)
    assert vouch(village, "Jean").code == "open-transfer"
    assert vouch(village, "Paul").status == 201


def test_one_vouches_again_once_the_transfer_between_both_has_come(village: Village) -> None:
    bears(village, "Nadia", "Jean")
    bears(village, "Luc", "Paul")  # still to be paid: the plan stays open
    plan = plan_issued(village).path
    line = transfers(village, plan)[str(village.member("Nadia"))]["line_id"]
    assert village.as_("Nadia").api("POST", f"{plan}/transfers/{line}/receipt", {}).status == 201
    known_long(village)
    assert (ask(village).status, confirm(village).status, vouch(village, "Jean").status) == (201, 200, 201)


@pytest.mark.parametrize(("payer", "bearer"), [("Jean", "Nadia"), ("Nadia", "Jean")])
def test_nobody_vouches_with_whom_something_is_contested(village: Village, payer: str, bearer: str) -> None:
    known_long(village)
    contest = contested(village, payer, bearer)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    assert vouch(village, "Jean").code == "open-contest"
    assert village.as_(bearer).api("POST", f"{contest}/withdrawal", {}).status == 201
    assert vouch(village, "Jean").status == 201


def test_nor_asks_nor_is_it_done_where_something_is_contested_by_then(village: Village) -> None:
    known_long(village)
    assert (ask(village).status, confirm(village).status, vouch(village, "Paul").status) == (201, 200, 201)
    contested(village, "Nadia", "Claire")
    village.pass_time(hours=80)
    assert address_of(village) == OLD
    assert ask(village).code == "open-contest"


def contested(village: Village, payer: str, bearer: str) -> str:
    """Let one contest what another paid for her; return where the contest stands."""
    expense_id = spent(village, payer, 4_000, bearer)
    reason = {"reason": "Not mine"}
    made = village.as_(bearer).api("POST", f"{HERE}/burdens/{expense_id}/contest", reason).json()["id"]
    return f"{HERE}/contests/{made}"


def test_who_asked_may_not_have_come_to_owe_her_meanwhile_nor_have_lost_her_role(village: Village) -> None:
    known_long(village)
    village.give_role("Amina", Role.REFERENT)
    assert (ask(village, "Amina").status, confirm(village).status) == (201, 200)
    Governance(village.site.history).end_role(
        g.EndRole(coop_id=COOP, member_id=village.member("Amina"), role=Role.REFERENT), village.asked("Claire")
    )
    assert vouch(village, "Paul").code == "recovery-over"
    assert (ask(village).status, confirm(village).status) == (201, 200)
    bears(village, "Nadia", "Claire")
    ledger_in(village).issue_plan(IssuePlan(coop_id=COOP, as_of=village.now.date()), village.asked("Claire"))
    assert vouch(village, "Paul").code == "open-transfer"

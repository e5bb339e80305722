"""Two say that she has lost her mailbox, and she has not: what keeps her account hers."""

from uuid import uuid4

import pytest
from sqlalchemy import update

from governance import commands as g
from governance.application import Governance
from governance.roles import Role
from ledger.settlement.commands import IssuePlan
from sending.outbox import outbox
from tests.kit.databases import on_both
from tests.kit.money import ledger_in, spent
from tests.kit.village import COOP, Village
from tests.places.members.recovery.ways import (
    NEW,
    OLD,
    address_of,
    ask,
    confirm,
    known_long,
    link_to,
    refuse,
    subjects_to,
    under_way,
    vouch,
    vouched,
    vouched_by_strangers,
    way_of,
)

pytestmark = on_both


def vouched_while_no_mail_leaves(village: Village) -> None:
    known_long(village)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    assert village.as_("Jean").api("POST", f"{way_of(village)}/vouching", {}).status == 201


def test_her_three_days_begin_when_the_letter_to_her_old_address_has_left(village: Village) -> None:
    vouched_while_no_mail_leaves(village)
    village.pass_time(hours=80)
    assert address_of(village) == OLD
    assert subjects_to(village, OLD) == ["Les Voisins du Diois: is it you who changes your address?"]
    village.pass_time()
    village.pass_time(hours=71, minutes=59)
    assert address_of(village) == OLD
    assert village.anyone().api("POST", f"{link_to(village, OLD, 'recoveries')}/refusal", {}).status == 200
    village.pass_time(hours=80)
    assert address_of(village) == OLD


def test_unrefused_it_is_done_three_days_after_the_letter_left(village: Village) -> None:
    vouched_while_no_mail_leaves(village)
    village.pass_time(hours=80)
    village.letters()
    village.pass_time()
    village.pass_time(hours=72)
    assert address_of(village) == NEW


def test_an_old_address_that_takes_no_mail_is_told_and_a_letter_of_ours_that_fails_is_not(village: Village) -> None:
    for trouble, address in (("letter", OLD), ("address", NEW)):
        if trouble == "letter":
            vouched_while_no_mail_leaves(village)
        with village.site.writing() as connection:
            given_up = update(outbox).where(outbox.c.template == "recovery_begun")
            connection.execute(given_up.values(next_at=None, trouble=trouble, reason="no"))
        village.pass_time()
        village.pass_time(hours=72)
        assert address_of(village) == address


def test_what_was_asked_a_month_ago_is_not_done(village: Village) -> None:
    vouched_while_no_mail_leaves(village)
    village.pass_time(days=28)
    village.letters()
    village.pass_time()
    village.pass_time(hours=72)
    assert (address_of(village), under_way(village)) == (OLD, [])


def test_a_link_does_not_say_refused_of_what_was_dropped_or_asked_anew(village: Village) -> None:
    vouched(village)
    link = f"{link_to(village, OLD, 'recoveries')}/refusal"
    village.leave("Jean")
    village.pass_time(hours=72)
    assert under_way(village) == []
    assert village.anyone().api("POST", link, {}).code == "recovery-over"
    assert refuse(village, "Claire").code == "recovery-over"
    assert (ask(village).status, confirm(village).status, vouch(village, "Paul").status) == (201, 200, 201)
    assert village.anyone().api("POST", link, {}).code == "recovery-over"
    assert [one["state"] for one in under_way(village)] == ["vouched"]


def test_she_and_the_referents_of_all_her_co_ops_refuse_what_another_vouched_for(village: Village) -> None:
    vouched_by_strangers(village)
    assert refuse(village, "Paul").code == "not-yours"
    key = uuid4()
    refusal = f"{way_of(village)}/refusal"
    for _ in range(2):
        seen = village.as_("Claire").api("POST", refusal, {}, key)
        assert seen.status == 201, seen.text
    village.pass_time(hours=80)
    assert address_of(village) == OLD


def test_she_refuses_signed_in_at_another_co_op_and_reads_it_there(village: Village) -> None:
    vouched_by_strangers(village)
    page = f"/coops/{COOP}/members/{village.member('Nadia')}"
    for name, reads in (("Paul", False), ("Claire", True), ("Nadia", True)):
        seen = village.as_(name).get(page).text
        assert ("Another of the co-ops of Nadia says" in seen) is reads
        assert ("Ailleurs" in seen) is (name == "Nadia")  # among the co-ops of her who reads
    assert "her address stays as it is" in village.as_("Nadia").post(f"{page}/recovery/refusal").text
    village.pass_time(hours=80)
    assert address_of(village) == OLD


def test_a_treasurer_given_back_her_address_leaves_the_co_op_s_account_for_fourteen_days(village: Village) -> None:
    village.give_role("Nadia", Role.TREASURER)
    vouched(village)
    village.pass_time(hours=72)
    way, account = f"/coops/{COOP}/bank-account", {"holder": "N", "iban": "FR7630006000011234567890189"}
    village.as_("Nadia").token = village.session("Nadia")
    village.pass_time(days=13, hours=23)
    assert village.as_("Nadia").api("PUT", way, account).code == "coop-iban-kept"
    assert village.as_("Claire").api("PUT", way, account | {"holder": "Voisins"}).status == 201
    village.pass_time(hours=1)
    assert village.as_("Nadia").api("PUT", way, account).status == 201


@pytest.mark.parametrize("gone", ["Claire", "Jean", "Nadia", "role"])
def test_it_is_dropped_when_she_or_one_of_the_two_is_not_there_any_more(village: Village, gone: str) -> None:
    village.give_role("Amina", Role.REFERENT)
    vouched(village)
    if gone == "role":
        end = g.EndRole(coop_id=COOP, member_id=village.member("Claire"), role=Role.REFERENT)
        Governance(village.site.history).end_role(end, village.asked("Amina"))
    else:
        village.leave(gone)
    village.pass_time(hours=80)
    assert address_of(village) == OLD


@pytest.mark.parametrize(("payer", "debtor"), [("Jean", "Nadia"), ("Nadia", "Claire")])
def test_it_is_dropped_when_one_of_the_two_might_gain_by_now(village: Village, payer: str, debtor: str) -> None:
    vouched(village)
    spent(village, payer, 4_000, debtor)
    ledger_in(village).issue_plan(IssuePlan(coop_id=COOP, as_of=village.now.date()), village.asked("Claire"))
    village.pass_time(hours=80)
    assert address_of(village) == OLD


def test_who_refuses_refuses_it_in_all_her_co_ops_at_once(village: Village) -> None:
    vouched_by_strangers(village)
    for seen in (ask(village), confirm(village), vouch(village)):
        assert seen.status in (200, 201), seen.text
    assert refuse(village, "Claire").status == 201
    village.pass_time(hours=80)
    assert address_of(village) == OLD

"""Settling up: few transfers, the code a bank's app reads, declared by who pays, confirmed by who receives."""

import io
import re
from uuid import uuid4

from PIL import Image
from sqlalchemy import select, update

from governance.application import Governance
from governance.commands import SetBankAccount
from kernel.money import Money
from ledger.settlement.payment import Payee
from people.bank_account import BankAccount
from people.person import people
from tests.kit.codes import read_code, read_drawn_code
from tests.kit.money import HERE, IBANS, give_account, give_ibans, indebted, lent, plan_issued, spent, transfers
from tests.kit.payment import read_epc
from tests.kit.village import COOP, Village, person_id_of


def planned(village: Village) -> str:
    """Let the treasurer issue a plan; return its page."""
    return plan_issued(village).path


def test_the_treasurer_issues_a_plan_and_nobody_else(village: Village) -> None:
    indebted(village)
    assert "Issue a settlement plan" in village.as_("Claire").get(f"{HERE}/books").text
    assert "Issue a settlement plan" not in village.as_("Nadia").get(f"{HERE}/books").text
    assert village.as_("Nadia").post(f"{HERE}/plans", as_of="2026-11-02").status == 403
    page = plan_issued(village)
    assert "The plan is issued" in page.text
    assert "2 transfers settle everyone. There is no way with fewer." in page.text


def test_a_plan_may_go_through_the_common_purse(village: Village) -> None:
    indebted(village)
    assert "Everything through the common purse" in village.as_("Claire").get(f"{HERE}/books").text
    page = plan_issued(village, through_purse="yes")
    assert "2 transfers settle everyone. All go through the common purse." in page.text
    found = village.as_("Nadia").api("GET", page.path).json()["transfers"]
    nadia, jean, purse = str(village.member("Nadia")), str(village.member("Jean")), str(COOP)
    assert {(line["debtor"], line["receiver"], line["cents"]) for line in found} == {
        (nadia, purse, 5500),
        (purse, jean, 3000),
    }


def test_a_plan_is_refused_with_nothing_to_settle_or_one_under_way(village: Village) -> None:
    claire = village.as_("Claire")
    nothing = claire.post(f"{HERE}/plans", as_of="2026-11-02")
    assert (nothing.status, "there is nothing to settle" in nothing.text) == (409, True)
    indebted(village)
    to_come = claire.post(f"{HERE}/plans", as_of="2026-11-03")
    assert (to_come.status, "That day has not come yet." in to_come.text) == (409, True)
    planned(village)
    second = claire.post(f"{HERE}/plans", as_of="2026-11-02")
    assert (second.status, "A settlement plan is under way." in second.text) == (409, True)
    assert claire.post(f"{HERE}/plans", as_of="0").status == 422


def test_who_pays_sees_holder_iban_reference_and_a_code_that_says_the_same(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    page = village.as_("Nadia").get(plan)
    line = transfers(village, plan)[str(village.member("Jean"))]
    for shown in ("You pay Jean", "€30.00", "M. Jean MARTIN", "FR76 3000 6000 0112 3456 7890 189", line["reference"]):
        assert shown in page.text
    code = re.search(r'<svg class="qr".*?</svg>', page.html, re.DOTALL)
    assert code is not None
    payee = Payee("M. Jean MARTIN", IBANS["Jean"])
    assert read_epc(read_drawn_code(code[0])) == (payee, Money(3000), line["reference"])
    assert read_drawn_code(code[0]) == line["epc"]


def test_all_is_copied_at_once_and_the_code_is_a_picture_to_be_shared_or_saved(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    line = transfers(village, plan)[str(village.member("Jean"))]
    page = village.as_("Nadia").get(plan).html
    lines = ("Account holder: M. Jean MARTIN", "IBAN: FR76 3000 6000 0112 3456 7890 189", "Amount: €30.00")
    copied = "\n".join((*lines, f"Reference: {line['reference']}"))
    assert f'data-copy="{copied}"' in page.replace("\u00a0", " ")
    assert page.index("Copy all") < page.index('class="qr"')  # read first; a desk shows the code first
    address = page.split('/code"')[0].rsplit('"', 1)[1] + "/code"
    picture = village.as_("Nadia").get(address)
    assert (picture.headers["content-type"], picture.status) == ("image/png", 200)
    assert picture.headers["content-disposition"] == 'attachment; filename="payment.png"'
    assert read_code(Image.open(io.BytesIO(picture.content))) == line["epc"]
    for name in ("Jean", "Claire", "Paul"):
        assert village.as_(name).get(address).status in (403, 404)


def test_an_account_outside_the_sepa_area_is_shown_without_a_code(village: Village) -> None:
    indebted(village)
    plan, elsewhere = planned(village), "BR1800360305000010009795493C1"  # the example in the registry of IBANs
    give_account(village, "Jean", BankAccount(elsewhere, "M. Jean MARTIN"))
    line = transfers(village, plan)[str(village.member("Jean"))]
    assert (line["holder"], line["iban"], line["epc"]) == ("M. Jean MARTIN", elsewhere, None)
    page = village.as_("Nadia").get(plan)
    assert "BR18 0036 0305" in page.text
    assert 'class="qr"' not in page.html
    assert "has not given an IBAN" not in page.text


def test_nobody_else_sees_the_iban(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    for name in ("Jean", "Claire", "Paul"):
        page = village.as_(name).get(plan)
        assert "FR76 3000" not in page.text
        assert IBANS["Jean"] not in page.html
        assert all(line["iban"] is None and line["epc"] is None for line in transfers(village, plan, name).values())
    assert "Nothing to pay or to receive in this plan." in village.as_("Paul").get(plan).text


def test_an_iban_put_in_the_place_of_another_is_paid_by_nobody(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    with village.site.writing() as connection:
        claires = select(people.c.account).where(people.c.person_id == person_id_of("Claire")).scalar_subquery()
        connection.execute(update(people).where(people.c.person_id == person_id_of("Jean")).values(account=claires))
    assert all(line["iban"] is None for line in transfers(village, plan, "Nadia").values())


def test_without_an_iban_both_are_told_kindly(village: Village) -> None:
    lent(village, "Nadia")
    plan = planned(village)
    assert "Jean has not given an IBAN yet." in village.as_("Nadia").get(plan).text
    page = village.as_("Jean").get(plan)
    assert "the IBAN is missing" in page.text
    assert f'href="{HERE}/profile"' in page.html


def test_the_common_purse_is_paid_on_its_own_account(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    plan = planned(village)
    assert "The common purse has no bank account yet." in village.as_("Nadia").get(plan).text
    assert f'href="{HERE}/bank-account"' in village.as_("Claire").get(plan).html
    account = SetBankAccount(coop_id=COOP, holder="Les Voisins du Diois", iban=IBANS["Claire"])
    Governance(village.site.history).set_bank_account(account, village.asked("Claire"))
    page = village.as_("Nadia").get(plan).text
    assert "Les Voisins du Diois DE89 3704 0044 0532 0130 00" in page.replace("Copy ", "").replace("IBAN ", "")


def test_a_transfer_is_declared_then_confirmed_and_the_balances_follow(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    transfer = f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"
    assert "Noted. The receiver will say when it has come." in village.as_("Nadia").post(f"{transfer}/payment").text
    assert "Said to be paid" in village.as_("Jean").get(plan).text
    assert "You owe €55.00" in village.as_("Nadia").get(f"{HERE}/accounts").text
    assert "Noted: it has come." in village.as_("Jean").post(f"{transfer}/receipt").text
    assert "You owe €25.00" in village.as_("Nadia").get(f"{HERE}/accounts").text
    accounts = village.as_("Jean").get(f"{HERE}/accounts").text
    assert "Nadia paid you back €30.00: you are owed that much less" in accounts
    assert "You are even" in village.as_("Jean").get(f"{HERE}/accounts").text


def test_the_treasurer_confirms_for_the_common_purse_and_the_plan_is_done(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    plan = planned(village)
    transfer = f"{plan}/transfers/{transfers(village, plan)[str(COOP)]['line_id']}"
    assert village.as_("Paul").post(f"{transfer}/receipt").status == 403
    page = village.as_("Claire").post(f"{transfer}/receipt")
    assert "Everything is paid and received: this plan is done." in page.text
    entry = transfers(village, plan)[str(COOP)]["entry_id"]
    assert "See the settlement plan" in village.as_("Nadia").get(f"{HERE}/entries/{entry}").text


def test_the_treasurer_declares_what_the_common_purse_pays(village: Village) -> None:
    give_ibans(village)
    spent(village, "Jean", 4000, "Nadia")
    village.as_("Nadia").post(f"{HERE}/contributions", amount="40")
    spent(village, "Nadia", 9000, "Nadia", "Jean")
    command = {"kind": "tax", "paid_on": "2026-11-02", "paid": {str(village.member("Paul")): 2000}, "split": "shares"}
    village.as_("Paul").api("POST", f"{HERE}/expenses", command | {"among": {str(COOP): 1}})
    plan = planned(village)
    owed = [line for line in transfers(village, plan, "Claire").values() if line["debtor"] == str(COOP)]
    for line in owed:
        transfer = f"{plan}/transfers/{line['line_id']}"
        assert village.as_("Paul").post(f"{transfer}/payment").status == 403
        assert "Said to be paid" in village.as_("Claire").post(f"{transfer}/payment").text


def test_only_who_pays_declares_and_only_who_receives_confirms(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    transfer = f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"
    assert village.as_("Jean").post(f"{transfer}/payment").status == 403
    assert village.as_("Nadia").post(f"{transfer}/receipt").status == 403
    assert village.as_("Claire").post(f"{transfer}/receipt").status == 403
    assert village.as_("Olga").get(plan).status == 403
    assert village.as_("Nadia").post(f"{plan}/transfers/{uuid4()}/payment").status == 404
    assert village.as_("Nadia").get(f"{HERE}/plans/{uuid4()}").status == 404


def test_a_plan_is_withdrawn_by_the_treasurer_and_what_was_paid_stays(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    transfer = f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"
    village.as_("Jean").post(f"{transfer}/receipt")
    assert village.as_("Nadia").post(f"{plan}/withdrawal").status == 403
    assert "This plan was withdrawn." in village.as_("Claire").post(f"{plan}/withdrawal").text
    assert "You owe €25.00" in village.as_("Nadia").get(f"{HERE}/accounts").text
    late = village.as_("Nadia").post(f"{plan}/transfers/{transfers(village, plan)[str(COOP)]['line_id']}/payment")
    assert (late.status, "This settlement plan is closed." in late.text) == (409, True)


def test_after_a_plan_is_done_only_what_is_new_stands_across(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    village.pass_time(hours=1)
    for line in transfers(village, plan).values():
        who = "Claire" if line["receiver"] == str(COOP) else "Jean"
        village.as_(who).post(f"{plan}/transfers/{line['line_id']}/receipt")
    assert "You are even" in village.as_("Nadia").get(f"{HERE}/accounts").text
    spent(village, "Paul", 700, "Nadia")
    page = village.as_("Nadia").get(f"{HERE}/accounts").text
    assert "You owe €7.00 to Paul" in page
    assert "to Jean" not in page.split("Line by line")[0]


def test_the_home_of_the_accounts_shows_my_part_of_an_open_plan(village: Village) -> None:
    indebted(village)
    plan = planned(village)
    page = village.as_("Nadia").get(f"{HERE}/accounts")
    assert "You pay Jean To pay €30.00" in page.text
    assert plan in page.html
    assert "Balances of" in village.as_("Nadia").get(f"{HERE}/books").text

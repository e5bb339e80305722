"""A part of a transfer is paid: each says how much, and the page shows what is received, said to be paid and left."""

import re

import pytest

from kernel.money import Money
from ledger.settlement.payment import Payee
from tests.kit.codes import read_drawn_code
from tests.kit.money import HERE, IBANS, give_ibans, lent, plan_issued, transfers
from tests.kit.payment import read_epc
from tests.kit.village import Village


@pytest.fixture
def owing(village: Village) -> tuple[Village, str]:
    """Nadia owes Jean 30.00 by a plan; return her transfer's address too."""
    give_ibans(village)
    lent(village, "Nadia")
    plan = plan_issued(village).path
    return village, f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"


def plan_of(transfer: str) -> str:
    return transfer.partition("/transfers/")[0]


def test_the_plan_leads_to_where_one_says_how_much(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    nadia, jean = village.as_("Nadia"), village.as_("Jean")
    plan = nadia.get(plan_of(transfer))
    assert "I have paid a part of it" in plan.text
    assert f'href="{transfer}/payment"' in plan.html
    assert f'href="{transfer}/receipt"' in jean.get(plan_of(transfer)).html
    page = nadia.get(f"{transfer}/payment")
    for shown in ("How much have you paid?", "You pay Jean", "€30.00", "0 if you have not paid."):
        assert shown in page.text
    assert "How much has come?" in jean.get(f"{transfer}/receipt").text


def test_a_part_is_said_paid_then_received_and_the_code_asks_for_the_rest(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    nadia, jean = village.as_("Nadia"), village.as_("Jean")
    page = nadia.post(f"{transfer}/payment", amount="12,50")
    assert "Noted. The receiver will say when it has come." in page.text
    assert "Said to be paid €12.50 Left to pay €17.50" in page.text
    code = re.search(r'<svg class="qr".*?</svg>', page.html, re.DOTALL)
    assert code is not None
    line = transfers(village, plan_of(transfer))[str(village.member("Jean"))]
    assert read_epc(read_drawn_code(code[0])) == (
        Payee("M. Jean MARTIN", IBANS["Jean"]),
        Money(1750),
        line["reference"],
    )
    assert "You have €17.50 to pay to Jean" in nadia.get(f"{HERE}/").text
    assert "Nadia says they paid you €12.50" in jean.get(f"{HERE}/").text
    assert "I received €12.50" in jean.get(plan_of(transfer)).text
    assert "Noted: it has come." in jean.post(f"{transfer}/receipt", amount="12.50").text
    page = nadia.get(plan_of(transfer))
    assert "Received €12.50 Left to pay €17.50" in page.text
    assert "I have paid the rest" in page.text
    assert "You owe €17.50" in nadia.get(f"{HERE}/accounts").text
    nadia.post(f"{transfer}/payment")
    assert "Everything is paid and received: this plan is done." in jean.post(f"{transfer}/receipt").text


def test_when_a_part_has_come_the_button_says_and_means_all_that_is_left(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    jean = village.as_("Jean")
    page = jean.post(f"{transfer}/receipt", amount="12,50")
    assert "I received €17.50" in page.text
    (in_all,) = re.findall(rf'action="{transfer}/receipt">.*?name="amount" value="([^"]*)"', page.html, re.DOTALL)
    page = jean.post(f"{transfer}/receipt", amount=in_all)
    assert ("Noted: it has come." in page.text, "this plan is done" in page.text) == (True, True)
    assert "You are even" in village.as_("Nadia").get(f"{HERE}/accounts").text


def test_pressed_without_a_sum_it_is_all_that_is_left_too(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    jean = village.as_("Jean")
    jean.post(f"{transfer}/receipt", amount="12,50")
    assert "this plan is done" in jean.post(f"{transfer}/receipt").text
    assert "You are even" in jean.get(f"{HERE}/accounts").text


def test_what_was_said_by_mistake_is_put_right(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    nadia = village.as_("Nadia")
    assert "Correct what I said" in nadia.post(f"{transfer}/payment").text
    assert 'value="30.00"' in nadia.get(f"{transfer}/payment").html
    page = nadia.post(f"{transfer}/payment", amount="0")
    assert "To pay" in page.text
    assert "Correct what I said" not in page.text
    assert "they paid you" not in village.as_("Jean").get(f"{HERE}/").text


@pytest.mark.parametrize(
    ("name", "act", "amount", "status", "said"),
    [
        ("Nadia", "payment", "30,01", 422, "That is more than this transfer: it is of €30.00 in all."),
        ("Jean", "receipt", "300", 422, "That is more than this transfer: it is of €30.00 in all."),
        ("Jean", "receipt", "0", 422, "Type an amount, like 12,50."),
        ("Nadia", "payment", "-3", 422, "Type an amount, like 12,50."),
        ("Nadia", "payment", "1.500", 422, "€1,500.00 or €1.50?"),
    ],
)
def test_a_sum_that_cannot_be_is_refused_beside_its_field(
    owing: tuple[Village, str], name: str, act: str, amount: str, status: int, said: str
) -> None:
    village, transfer = owing
    page = village.as_(name).post(f"{transfer}/{act}", amount=amount)
    assert (page.status, said in page.text) == (status, True)
    assert f'value="{amount}"' in page.html


def test_only_who_pays_and_who_receives_open_these_pages(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    for name in ("Jean", "Claire", "Paul", "Olga"):
        assert village.as_(name).get(f"{transfer}/payment").status == 403
        assert village.as_(name).post(f"{transfer}/payment", amount="10").status == 403
    for name in ("Nadia", "Claire", "Paul", "Olga"):
        assert village.as_(name).get(f"{transfer}/receipt").status == 403
        assert village.as_(name).post(f"{transfer}/receipt", amount="10").status == 403


def test_who_has_left_says_so_too_and_comes_back_to_her_account(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    village.leave("Nadia")
    nadia = village.as_("Nadia")
    assert f'href="{HERE}/open-account"' in nadia.get(f"{transfer}/payment").html
    page = nadia.post(f"{transfer}/payment", amount="10")
    assert (page.path, "Left to pay €20.00" in page.text) == (f"{HERE}/open-account", True)


def test_once_all_has_come_there_is_nothing_more_to_say(owing: tuple[Village, str]) -> None:
    village, transfer = owing
    village.as_("Jean").post(f"{transfer}/receipt")
    for name, act in (("Nadia", "payment"), ("Jean", "receipt")):
        page = village.as_(name).get(f"{transfer}/{act}")
        assert "There is nothing more to say of this transfer." in page.text

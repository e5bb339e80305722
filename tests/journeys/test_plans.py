"""A settlement plan by browser, on a phone and on a desk: looked at as a draft, issued, paid and received in parts."""

from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from ledger.application import Ledger
from ledger.settlement.commands import WithdrawPlan
from ledger.settlement.queries import PlanLineRow, open_plan, plan_lines
from tests.journeys.chromium import DESK, PHONE
from tests.journeys.lived import Lived
from tests.journeys.sweep import faults_of
from tests.kit.village import COOP, MEMBERS
from tests.ledger.given import DIE

HERE = f"/coops/{COOP}"


def look(busy: Lived, name: str, size: dict[str, Any]) -> Page:
    return busy.device(name, **size, bypass_csp=True, service_workers="block").new_page()


def without_plan(busy: Lived) -> None:
    if under_way := busy.village.ask(open_plan, COOP):
        command = WithdrawPlan(coop_id=COOP, plan_id=under_way.plan_id)
        Ledger(busy.village.site.history, DIE, "EUR").withdraw_plan(command, busy.village.asked("Claire"))


def keeper(busy: Lived, account: UUID) -> str:
    """Return who acts for an account: its member, and for the common purse its treasurer."""
    return next((name for name in MEMBERS if busy.village.member(name) == account), "Claire")


def first_line(busy: Lived) -> PlanLineRow:
    plan = busy.village.ask(open_plan, COOP)
    lines: list[PlanLineRow] = busy.village.ask(plan_lines, COOP, plan.plan_id)
    return max(lines, key=lambda line: line.cents)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_plan_is_looked_at_issued_and_paid_in_parts(busy: Lived, size: dict[str, Any]) -> None:
    without_plan(busy)
    claire = look(busy, "Claire", size)
    claire.goto(f"{HERE}/books")
    claire.get_by_role("button", name="Établir un plan de remboursement").click()
    expect(claire.get_by_text("C’est un brouillon jusqu’à")).to_be_visible()
    plan = claire.url
    assert faults_of(claire, "draft") == []
    claire.set_viewport_size(size["viewport"])
    claire.get_by_text("L’établir maintenant").click()
    claire.get_by_role("button", name="Établir le plan").click()
    expect(claire.get_by_role("status")).to_be_visible()
    line = first_line(busy)
    payer = look(busy, keeper(busy, line.debtor), size)
    payer.goto(f"{plan}/transfers/{line.line_id}/payment")
    payer.get_by_label("Payé en tout").fill("1,50")
    assert faults_of(payer, "paying") == []
    payer.set_viewport_size(size["viewport"])
    payer.get_by_role("button", name="C’est ce que j’ai payé").click()
    expect(payer.get_by_text("Reste à payer").first).to_be_visible()
    assert faults_of(payer, "paid in part") == []
    receiver = look(busy, keeper(busy, line.receiver), size)
    receiver.goto(plan)
    receiver.get_by_role("button", name="J’ai reçu 1,50").click()
    expect(receiver.get_by_role("status")).to_be_visible()
    assert first_line(busy).received_cents == 150
    receiver.goto(f"{plan}/transfers/{line.line_id}/receipt")
    assert faults_of(receiver, "receiving") == []

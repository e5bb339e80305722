"""A co-op with a settlement plan under way: Ben owes Anna 30.00, Chloé owes David 20.00."""

from uuid import UUID

from kernel.log.history import History
from ledger.application import Ledger
from ledger.settlement import queries
from ledger.settlement.commands import ConfirmPaid, DeclarePaid, IssuePlan, WithdrawPlan
from ledger.settlement.queries import PlanLineRow
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, TODAY, asked, owe

ISSUE = IssuePlan(coop_id=COOP, as_of=TODAY)


def indebted(history: History) -> Ledger:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, BEN, ANNA, 3000)
    owe(ledger, CHLOE, DAVID, 2000)
    return ledger


def planned(history: History) -> tuple[Ledger, UUID]:
    ledger = indebted(history)
    return ledger, ledger.issue_plan(ISSUE, asked()).stream_id


def lines(history: History, plan_id: UUID, *readers: UUID) -> dict[UUID, PlanLineRow]:
    """Return a plan's lines by their debtors."""
    with history.engine.connect() as connection:
        found = queries.plan_lines(connection, COOP, plan_id, lambda account, _: account in readers)
        return {line.debtor: line for line in found}


def declare(history: History, ledger: Ledger, plan_id: UUID, debtor: UUID, cents: int | None = None) -> None:
    line = lines(history, plan_id)[debtor]
    ledger.declare_paid(DeclarePaid(coop_id=COOP, plan_id=plan_id, line_id=line.line_id, cents=cents), asked(debtor))


def confirm(history: History, ledger: Ledger, plan_id: UUID, debtor: UUID, cents: int | None = None) -> None:
    line = lines(history, plan_id)[debtor]
    command = ConfirmPaid(coop_id=COOP, plan_id=plan_id, line_id=line.line_id, cents=cents)
    ledger.confirm_paid(command, asked(line.receiver))


def withdraw(ledger: Ledger, plan_id: UUID) -> None:
    ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked())

"""Comptes: what I owe or am owed and to whom, my part of an open plan, line by line, and everyone's balances."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from api.drawing.charts import Point
from api.places import COOP
from api.places.accounts.balances import month_by_month
from api.places.accounts.lines import StatementLine, TableOfLines, statement_lines
from api.places.chain.checkpoint import Checkpoint, checkpoint
from api.places.tables import Choices, Order, choices_of, order_of
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page
from api.web.visit import Visit
from kernel.money import Money
from ledger.entries import queries
from ledger.entries.listing.queries import Summed, lines_by, lines_summed
from ledger.settlement.across import across
from ledger.settlement.apart import standing_apart
from ledger.settlement.queries import PlanLineRow, TransferState, open_plan, plan_lines, plans, said_paid
from usecases.actor import Actor
from usecases.money.accounts import Holder, Holders, MostBalances, most_balances

RECENT = 30  # lines: about a month's scrolling


class Across(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands across from me, and what she owes me (negative: I owe her)."""

    holder: Holder
    amount: Money


class MyTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer of the open plan that I pay or receive, and with whom."""

    other: Holder
    amount: Money
    i_pay: bool
    state: TransferState


class Unanswered(MyTransfer, frozen=True, kw_only=True):
    """A transfer said to be made by a plan that was withdrawn: it waits for its receiver's answer."""

    plan_id: UUID


class OpenPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan under way, and my transfers in it; a draft, in which nobody pays yet, is issued at `issue_at`."""

    plan_id: UUID
    issue_at: datetime | None
    mine: Sequence[MyTransfer]


class Statement(View, frozen=True, kw_only=True):
    """My balance, what of it stands `apart`, and some of its lines; `after` is where the next ones begin.

    `with_whom` is empty while a plan is open.
    """

    template: ClassVar[str] = "accounts/statement.html"

    me: UUID
    balance: Money
    apart: Money
    with_whom: Sequence[Across]
    points: Sequence[Point]
    plan: OpenPlan | None
    said_paid: Sequence[Unanswered]
    lines: Sequence[StatementLine]
    summed: Summed
    after: str | None
    order: Order
    choices: Choices
    everyone: MostBalances
    total: Money
    checkpoint: Checkpoint

    @property
    def moved(self) -> Money:
        """What the lines come to."""
        return Money(self.summed.cents, self.balance.currency)

    @property
    def with_one(self) -> Across | None:
        """The only one I owe, or who owes me, when it is one for all of my balance."""
        only = self.with_whom[0] if len(self.with_whom) == 1 else None
        return only if only and only.amount == self.balance else None


@page(f"{COOP}/accounts", who="member")
def my_accounts(visit: Visit) -> Page:
    """Show my balance in words, with whom, line by line, and everyone's."""
    actor, holders, asked = visit.actor, Holders(visit.actor), read_query(visit.sent.query, TableOfLines)
    found = lines_by(
        actor.connection, actor.coop_id, actor.me, asked.narrowed, by=asked.sort, after=asked.after, most=RECENT
    )
    view = Statement(
        me=actor.me,
        balance=actor.money(queries.balance(actor.connection, actor.coop_id, actor.me)),
        apart=actor.money(standing_apart(actor.connection, actor.coop_id).get(actor.me, 0)),
        with_whom=_with_whom(actor, holders),
        points=month_by_month(actor, visit.words, actor.me),
        plan=_plan(actor, holders),
        said_paid=_said_paid(actor, holders),
        lines=statement_lines(visit, found.items),
        summed=lines_summed(actor.connection, actor.coop_id, actor.me, asked.narrowed),
        after=found.after,
        order=order_of(visit, asked.sort, at="#lines"),
        choices=choices_of(actor, month=asked.month, vehicle_id=asked.vehicle_id),
        everyone=most_balances(actor),
        total=actor.money(queries.books_total(actor.connection, actor.coop_id)),
        checkpoint=checkpoint(actor),
    )
    return Page(view)


def _with_whom(actor: Actor, holders: Holders) -> list[Across]:
    """Return who stands across from me; while a plan is open it says so itself, better."""
    known = plans(actor.connection, actor.coop_id)
    if any(plan.state == "open" for plan in known):
        return []
    settled = next((plan for plan in known if plan.state == "complete"), None)
    found = across(actor.connection, actor.coop_id, actor.me, settled)
    holders.meet(found)
    ordered = sorted(found.items(), key=lambda item: item[1])
    return [Across(holder=holders.of(account), amount=actor.money(cents)) for account, cents in ordered]


def _plan(actor: Actor, holders: Holders) -> OpenPlan | None:
    plan = open_plan(actor.connection, actor.coop_id)
    if plan is None:
        return None
    known = plan_lines(actor.connection, actor.coop_id, plan.plan_id)
    transfers = [MyTransfer(**fields) for _, fields in _mine(actor, known, holders)]
    return OpenPlan(plan_id=plan.plan_id, issue_at=plan.issue_at, mine=transfers)


def _said_paid(actor: Actor, holders: Holders) -> list[Unanswered]:
    known = said_paid(actor.connection, actor.coop_id)
    return [Unanswered(plan_id=line.plan_id, **fields) for line, fields in _mine(actor, known, holders)]


def _mine(actor: Actor, lines: Sequence[PlanLineRow], holders: Holders) -> Iterator[tuple[PlanLineRow, dict[str, Any]]]:
    """Give my transfers among some, and what is shown of each."""
    mine = [line for line in lines if actor.me in (line.debtor, line.receiver)]
    holders.meet(account for line in mine for account in (line.debtor, line.receiver))
    for line in mine:
        i_pay = line.debtor == actor.me
        other = holders.of(line.receiver if i_pay else line.debtor)
        yield line, {"other": other, "amount": actor.money(_open(line)), "i_pay": i_pay, "state": line.state}


def _open(line: PlanLineRow) -> int:
    """Return what is open of a transfer, all of it once it is done; after a withdrawal, what is said to be paid."""
    return line.said_cents if line.plan_state == "withdrawn" else line.cents - line.received_cents or line.cents

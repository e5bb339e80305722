"""Expenses: who paid, who bears it, month by month; all of them newest first; and taking one back."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.expenses.listed import Expense, ListedExpense, listed, opened
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.slice import Slice, Wanted
from kernel.text import N_
from ledger.contesting.queries import contests_of
from ledger.days import due_on
from ledger.entries.causes.expense import part_id
from ledger.entries.spread import Spread
from ledger.spending.commands import WithdrawExpense
from ledger.spending.queries import expenses_slice
from people.photos import pdfs_among
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money import spending
from usecases.money.accounts import Holder, Holders
from usecases.money.contesting import bears_burden
from usecases.money.spending import known_expense, says_yes_to_expense, takes_back_expense
from usecases.money.witnessed import KeptApart

EXPENSES = f"{COOP}/expenses"
EXPENSE = f"{EXPENSES}/{{expense_id:uuid}}"
SHOWN = 30  # about a month's scrolling


class Which(Wanted, frozen=True, kw_only=True):
    """Whose expenses are asked about, and which slice of them."""

    vehicle_id: Annotated[UUID | None, msgspec.Meta(description="only those of this vehicle")] = None


class Bearer(msgspec.Struct, frozen=True, kw_only=True):
    """Who bears how many of its shares."""

    holder: Holder
    weight: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A monthly part, and its entry once it stands in the books."""

    due_on: date
    amount: Money
    entry_id: UUID | None


class ContestOfIt(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody contests her part of it, or did."""

    contest_id: UUID
    contester: Holder
    amount: Money
    is_open: bool


class AllExpenses(View, frozen=True, kw_only=True):
    """The co-op's expenses, newest first; `older` is where the next begin."""

    template: ClassVar[str] = "expenses/expenses.html"

    expenses: Sequence[ListedExpense]
    older: str | None


class OneExpense(View, frozen=True, kw_only=True):
    """One expense, part by part, and the reader's own; `bears_burden`: it came on her by another's hand.

    `kept`: she does not say yes, or take it back, yet.
    """

    template: ClassVar[str] = "expenses/expense.html"

    listed: ListedExpense
    recorded_by: Holder | None
    bearers: Sequence[Bearer]
    my_part: Money
    parts: Sequence[Part]
    contests: Sequence[ContestOfIt]
    bears_burden: bool
    refused_by: Holder | None
    can_take_back: bool
    can_say_yes: bool
    kept: KeptApart | None
    receipt_is_pdf: bool

    @property
    def expense(self) -> Expense:
        """The expense itself."""
        return self.listed.expense

    @property
    def whole(self) -> int:
        """All its shares."""
        return sum(bearer.weight for bearer in self.bearers)


@page(EXPENSES, who="member")
def all_expenses(visit: Visit) -> Page:
    """List the co-op's expenses, newest first."""
    found = expenses(visit.actor, Which(after=visit.sent.query.get("after"), limit=SHOWN))
    return Page(AllExpenses(expenses=listed(visit.actor, found.items), older=found.after))


@page(EXPENSE, who="member")
def show_expense(visit: Visit, expense_id: UUID) -> Page:
    """Show an expense: who paid, who bears it, month by month."""
    actor, shown = visit.actor, expense(visit.actor, expense_id)
    (one,) = listed(actor, [shown])
    holders = Holders(actor).meet(filter(None, (*shown.weights, shown.refused_by)))
    can_say_yes = shown.waiting and says_yes_to_expense(actor, expense_id)  # or no: she takes nothing back besides
    can_take_back = not (shown.withdrawn or can_say_yes) and takes_back_expense(actor, expense_id)
    bearing = [(account, weight) for account, weight in shown.weights.items() if weight]
    view = OneExpense(
        listed=one,
        recorded_by=holders.of(shown.recorded_by) if shown.recorded_by else None,
        bearers=[Bearer(holder=holders.of(account), weight=weight) for account, weight in bearing],
        my_part=actor.money(copied(shown, Spread, by=shown.spread_by).until(shown.months).borne.get(actor.me, 0)),
        parts=_parts(shown),
        contests=_contests(actor, expense_id, holders),
        bears_burden=bears_burden(actor, expense_id),
        refused_by=holders.of(shown.refused_by) if shown.refused_by else None,
        can_take_back=can_take_back,
        can_say_yes=can_say_yes,
        kept=spending.kept_from(actor, expense_id) if can_say_yes or (can_take_back and not shown.waiting) else None,
        receipt_is_pdf=bool(shown.receipt and pdfs_among(actor.connection, actor.coop_id, [shown.receipt])),
    )
    return Page(view)


@question(EXPENSES, who="member")
def expenses(actor: Actor, query: Which) -> Slice[Expense]:
    """The co-op's expenses, or one vehicle's, newest first."""
    found = expenses_slice(actor.connection, actor.coop_id, query.vehicle_id, after=query.after, most=query.limit)
    return found.mapped_together(lambda rows: opened(actor, rows))


@question(EXPENSE, who="member")
def expense(actor: Actor, expense_id: UUID) -> Expense:
    """One expense."""
    (known,) = opened(actor, [known_expense(actor, expense_id)])
    return known


@act(
    f"{EXPENSE}/withdrawal",
    who=takes_back_expense,
    page=show_expense,
    said=N_("The expense is taken back: it counts for nobody any more."),
    then="/coops/{coop_id}/expenses/{expense_id}",
    lasting="It is noted again; its opposite lines are in the books.",
    example={"reason": "Saisie deux fois."},
)
def withdraw_expense(actor: Actor, command: WithdrawExpense, asked: Asked) -> Done:
    """Take an expense back: for who recorded it, or the treasurer."""
    return spending.withdraw_expense(actor, command, asked)


def _contests(actor: Actor, expense_id: UUID, holders: Holders) -> list[ContestOfIt]:
    found = contests_of(actor.connection, actor.coop_id, expense_id)
    return [
        ContestOfIt(
            contest_id=row.contest_id,
            contester=holders.of(row.account),
            amount=actor.money(row.cents),
            is_open=row.state == "open",
        )
        for row in found
    ]


def _parts(shown: Expense) -> list[Part]:
    spread = copied(shown, Spread, by=shown.spread_by)
    accrued = [spread.until(part).cents for part in range(shown.months + 1)]
    return [
        Part(
            due_on=due_on(shown.paid_on, number),
            amount=Money(with_it - before, shown.currency),
            entry_id=part_id(shown.expense_id, number) if number <= shown.posted else None,
        )
        for number, (before, with_it) in enumerate(pairwise(accrued), start=1)
    ]

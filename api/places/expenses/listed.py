"""Expenses as any member reads them, with what was written of them opened, and the names of who paid."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from kernel.money import Money
from ledger.entries.spread import SpreadBy
from ledger.spending.events import ExpenseKind, Split
from ledger.spending.queries import ExpenseRow
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money.accounts import Holder, Holders
from usecases.neighbours import Neighbours


class Expense(msgspec.Struct, frozen=True, kw_only=True):
    """An expense, for any member: who paid how many cents, by which weights it is shared, how many parts stand.

    `paid` and `weights` are by account; `note` is `None` once who wrote it was erased. While it is `waiting` for a yes
    nothing of it counts; one that was `refused_by` somebody, whose words are its `refusal`, counts for nobody.
    """

    expense_id: UUID
    kind: ExpenseKind
    cents: int
    currency: str
    paid_on: date
    vehicle_id: UUID | None
    recorded_by: UUID | None
    recorded_at: datetime
    months: int
    posted: int
    waiting: bool
    agreed_by: UUID | None
    withdrawn: bool
    refused_by: UUID | None
    refusal: str | None
    paid: dict[UUID, int]
    split: Split
    weights: dict[UUID, int]
    receipt: UUID | None
    note: str | None
    spread_by: SpreadBy


class Payer(msgspec.Struct, frozen=True, kw_only=True):
    """Who paid how much of it."""

    holder: Holder
    amount: Money


class ListedExpense(msgspec.Struct, frozen=True, kw_only=True):
    """An expense among others: for which vehicle (`None`: for the co-op), and paid by whom."""

    expense: Expense
    vehicle_name: str | None
    payers: Sequence[Payer]

    @property
    def amount(self) -> Money:
        """What was paid in all."""
        return Money(self.expense.cents, self.expense.currency)


def opened(actor: Actor, rows: Sequence[ExpenseRow]) -> list[Expense]:
    """Return expenses with what was written of them opened, all at once."""
    texts = actor.opened_all(text for row in rows for text in (row.note, row.refusal))
    return [
        copied(
            row,
            Expense,
            currency=actor.currency,
            note=texts.get(row.note) if row.note else None,
            refusal=texts.get(row.refusal) if row.refusal else None,
        )
        for row in rows
    ]


def listed(actor: Actor, found: Sequence[Expense]) -> list[ListedExpense]:
    """Return expenses with the names of who paid them and of what for."""
    neighbours = Neighbours(actor).meet(vehicles=(expense.vehicle_id for expense in found))
    holders = Holders(actor, neighbours).meet(account for expense in found for account in expense.paid)
    return [
        ListedExpense(
            expense=expense,
            vehicle_name=neighbours.vehicle(expense.vehicle_id),
            payers=[
                Payer(holder=holders.of(account), amount=actor.money(cents)) for account, cents in expense.paid.items()
            ],
        )
        for expense in found
    ]

"""What is asked of expenses."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from kernel.command import Command
from ledger.limits import Cents, Weight, Words
from ledger.spending.events import ExpenseKind, Split


class RecordExpense(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Record what one or several paid (payer → cents) and who bears it (account → weight), at once or over months.

    `confirmed` repeats the amount in cents where it was said to look odd, `confirmed_weight` the weight where that was.
    """

    kind: ExpenseKind
    paid_on: date
    paid: Annotated[dict[UUID, Cents], Meta(min_length=1, max_length=20)]
    split: Split
    among: Annotated[dict[UUID, Weight], Meta(min_length=1, max_length=200)]
    months: Annotated[int, Meta(ge=1, le=60)] = 1
    vehicle_id: UUID | None = None
    receipt: UUID | None = None
    note: Words = ""
    confirmed: Cents | None = None
    confirmed_weight: Weight | None = None


class AgreeToExpense(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say yes to an expense that waits for it: it counts from here on."""

    expense_id: UUID


class RefuseExpense(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say no to an expense that waits for a yes: it never counts."""

    expense_id: UUID
    reason: Words = ""


class PostSpreadPart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Post the next monthly part of an expense whose month has come."""

    expense_id: UUID
    part: Annotated[int, Meta(ge=1, le=60)]


class UndoSpreadPart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Undo a monthly part of an expense that was taken back."""

    expense_id: UUID
    part: Annotated[int, Meta(ge=1, le=60)]


class WithdrawExpense(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back an expense recorded by mistake: its posted parts are undone, and no other is posted."""

    expense_id: UUID
    reason: Words = ""

"""Expenses for programs."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from api.spending import NotAnAccount, record_expense, withdraw_expense
from api.web.declared import Read, Write
from api.web.forms import Form
from api.web.visit import Visit
from kernel.refused import NotYours, Unknown
from ledger.entries.books import DayToCome, TooLongAgo
from ledger.spending import commands as c
from ledger.spending.events import ExpenseKind, Split
from ledger.spending.expense import ExpenseGone, NobodyBears, NothingToShare
from ledger.spending.queries import ExpenseRow, expense, expenses_slice
from people.photos import NoSuchPhoto


class Expense(msgspec.Struct, frozen=True, kw_only=True):
    """An expense: who paid how many cents, by which weights it is shared, how many monthly parts stand in the books."""

    expense_id: UUID
    kind: ExpenseKind
    cents: int
    paid_on: date
    vehicle_id: UUID | None
    recorded_by: UUID | None
    recorded_at: datetime
    months: int
    posted: int
    withdrawn: bool
    paid: dict[UUID, int]
    split: Split
    weights: dict[UUID, int]
    receipt: UUID | None
    note: str | None


def _shown(visit: Visit, row: ExpenseRow) -> Expense:
    known = {name: getattr(row, name) for name in Expense.__struct_fields__ if name != "note"}
    return Expense(**known, note=visit.site.keyring.open(visit.connection, row.note))


def _expenses(visit: Visit) -> list[Expense]:
    sent = visit.sent.query.get("vehicle_id")
    vehicle_id = Form({"vehicle_id": [sent]}).uuid("vehicle_id") if sent else None
    return [_shown(visit, row) for row in expenses_slice(visit.connection, visit.coop_id, vehicle_id, most=1000).items]


def _expense(visit: Visit) -> Expense:
    found = expense(visit.connection, visit.coop_id, visit.place("expense_id"))
    if found is None:
        raise Unknown
    return _shown(visit, found)


_INSURANCE = {
    "kind": "insurance",
    "paid_on": "2026-11-02",
    "paid": {"0b1f7c1e-6c1a-5d6f-9a53-3f6a4d1f2b11": 48000},
    "split": "shares",
    "among": {
        "0b1f7c1e-6c1a-5d6f-9a53-3f6a4d1f2b11": 2,
        "53d1a8f0-22c7-5a0e-8a4c-9f5b1c7e4a02": 2,
        "c2a5e9b4-7d10-5b3f-b1de-0a6f3e8d2c03": 1,
    },
    "months": 12,
    "vehicle_id": "8f14e45f-ceea-5678-9b4d-2f1d6a7c3e04",
    "note": "Assurance de l'année",
}

DECLARED: list[Write | Read] = [
    Read(
        name="api_expenses",
        path="/coops/{coop_id:uuid}/expenses",
        answer=_expenses,
        returns=list[Expense],
        summary="The co-op's expenses, or one vehicle's, newest first",
        parameters={"vehicle_id": (UUID, "only those of this vehicle")},
    ),
    Read(
        name="api_expense",
        path="/coops/{coop_id:uuid}/expenses/{expense_id:uuid}",
        answer=_expense,
        returns=Expense,
        summary="One expense",
    ),
    Write(
        name="api_record_expense",
        path="/coops/{coop_id:uuid}/expenses",
        command=c.RecordExpense,
        carry_out=record_expense,
        summary="Record what was paid and who shares it, at once or month by month",
        refuses=(Unknown, NotAnAccount, NoSuchPhoto, NobodyBears, NothingToShare, DayToCome, TooLongAgo),
        example=_INSURANCE,
    ),
    Write(
        name="api_withdraw_expense",
        path="/coops/{coop_id:uuid}/expenses/{expense_id:uuid}/withdrawal",
        command=c.WithdrawExpense,
        carry_out=withdraw_expense,
        summary="Take an expense back: for who recorded it, or the treasurer",
        refuses=(NotYours, ExpenseGone),
        example={"reason": "Saisie deux fois."},
    ),
]

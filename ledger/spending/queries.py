"""What expense pages ask. Amounts are whole cents; notes stay sealed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import Connection, RowMapping, and_, select

from kernel.privacy import Sealed
from kernel.slice import Slice, newest_first
from ledger.entries.spread import SpreadBy
from ledger.spending.events import ExpenseKind, ExpenseRecorded, Split
from ledger.spending.read_models import ledger_expenses, ledger_spread_parts

_recorded = msgspec.json.Decoder(ExpenseRecorded)


class ExpenseRow(msgspec.Struct, frozen=True):
    """An expense, how many of its monthly parts stand in the books, and whether it was taken back.

    While it is `waiting` for a yes none does; it was `agreed_by` somebody, or `refused_by` her and counts for nobody.
    """

    expense_id: UUID
    kind: str
    cents: int
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
    refusal: Sealed | None
    paid: dict[UUID, int]
    split: Split
    weights: dict[UUID, int]
    receipt: UUID | None
    note: Sealed | None
    spread_by: SpreadBy


class DuePart(NamedTuple):
    """A monthly part of an expense whose day has come."""

    coop_id: UUID
    expense_id: UUID
    part: int


def expenses_slice(
    connection: Connection, coop_id: UUID, vehicle_id: UUID | None = None, *, after: str | None = None, most: int
) -> Slice[ExpenseRow]:
    """Return a slice of the co-op's expenses, or of one vehicle's, newest first; refuses a text that is no cursor."""
    table = ledger_expenses.c
    query = select(ledger_expenses).where(table.coop_id == coop_id)
    if vehicle_id is not None:
        query = query.where(table.vehicle_id == vehicle_id)
    key = (table.paid_on, table.recorded_at, table.expense_id)
    return newest_first(connection, query, key, after=after, most=most).mapped(_expense)


def amounts_lately(connection: Connection, coop_id: UUID, kind: ExpenseKind, most: int) -> list[int]:
    """Return the cents of the co-op's last `most` expenses of a kind, those taken back left out."""
    table = ledger_expenses.c
    of_kind = (table.coop_id == coop_id, table.kind == kind, table.withdrawn.is_(False))
    query = select(table.cents).where(*of_kind).order_by(table.paid_on.desc(), table.recorded_at.desc()).limit(most)
    return [*connection.execute(query).scalars()]


def expense(connection: Connection, coop_id: UUID, expense_id: UUID) -> ExpenseRow | None:
    """Return one expense, or `None`."""
    table = ledger_expenses.c
    query = select(ledger_expenses).where(table.coop_id == coop_id, table.expense_id == expense_id)
    row = connection.execute(query).mappings().one_or_none()
    return _expense(row) if row else None


def waiting_expenses(connection: Connection, coop_id: UUID) -> list[ExpenseRow]:
    """Return the expenses that wait for a yes, the oldest first."""
    table = ledger_expenses.c
    query = select(ledger_expenses).where(table.coop_id == coop_id, table.waiting)
    return [_expense(row) for row in connection.execute(query.order_by(table.recorded_at, table.expense_id)).mappings()]


def coops_awaiting_parts(connection: Connection, day: date) -> list[UUID]:
    """Return the co-ops with parts of expenses that are due by the end of a day."""
    part = ledger_spread_parts.c
    query = select(part.coop_id).where(part.due_on <= day).distinct().order_by(part.coop_id)
    return [*connection.execute(query).scalars()]


def spread_parts_due(
    connection: Connection, coop_ids: Collection[UUID], today: date, limit: int = 500
) -> list[DuePart]:
    """Return the parts of some co-ops' expenses that are due on `today`, each expense's in order; none that waits."""
    part, its_expense = ledger_spread_parts.c, ledger_expenses.c
    its_own = and_(its_expense.coop_id == part.coop_id, its_expense.expense_id == part.expense_id)
    due = part.coop_id.in_(coop_ids), part.due_on <= today, ~its_expense.waiting
    query = select(part.coop_id, part.expense_id, part.part).join(ledger_expenses, its_own).where(*due)
    ordered = query.order_by(part.due_on, part.coop_id, part.expense_id, part.part).limit(limit)
    return [DuePart(*row) for row in connection.execute(ordered)]


def _expense(row: RowMapping) -> ExpenseRow:
    recorded = _recorded.decode(row["recorded"])
    known = {
        name: row[name] if name in ledger_expenses.c else getattr(recorded, name)
        for name in ExpenseRow.__struct_fields__
    }
    refusal = Sealed(row["coop_id"], row["refused_by"], row["refusal"]) if row["refusal"] else None
    return ExpenseRow(**known | {"refusal": refusal})

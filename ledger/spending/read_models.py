"""The tables of shared expenses, and what each event does to them.

`ledger_spread_parts` holds the monthly parts still to come, so that what is due on a day is one look away.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Uuid

from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Put, Remove, Write
from kernel.tables import Instant, derived
from ledger.days import due_on
from ledger.spending.events import (
    ExpenseAgreed,
    ExpenseRecorded,
    ExpenseRefused,
    ExpenseWithdrawn,
    SpreadPartPosted,
)
from people.photos import named

ledger_expenses = Table(
    "ledger_expenses",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("expense_id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("vehicle_id", Uuid),
    Column("recorded_by", Uuid),
    Column("recorded_at", Instant, nullable=False),
    Column("months", Integer, nullable=False),
    Column("posted", Integer, nullable=False),
    Column("waiting", Boolean, nullable=False),
    Column("agreed_by", Uuid),
    Column("agreed_at", Instant),
    Column("withdrawn", Boolean, nullable=False),
    Column("refused_by", Uuid),
    Column("refusal", LargeBinary),
    Column("recorded", LargeBinary, nullable=False),
    Index("ledger_expenses_by_day", "coop_id", "paid_on", "recorded_at"),
)

ledger_spread_parts = Table(
    "ledger_spread_parts",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("expense_id", Uuid, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("due_on", Date, nullable=False),
    Index("ledger_spread_parts_by_day", "due_on"),
)


def project(recorded: Recorded[Event]) -> Iterator[Write]:
    """Say what an event does to expenses."""
    key = {"coop_id": recorded.coop_id, "expense_id": recorded.stream_id}
    match recorded.event:
        case ExpenseRecorded() as expense:
            yield Put(ledger_expenses, key | _expense(recorded, expense))
            yield from named(recorded, expense.receipt, outlives=True)
            for part in range(1, expense.months + 1):
                row = {"part": part, "due_on": due_on(expense.paid_on, part)}
                yield Put(ledger_spread_parts, key | row)
        case SpreadPartPosted(part=part):
            yield Change(ledger_expenses, key, {"posted": part})
            yield Remove(ledger_spread_parts, key | {"part": part})
        case ExpenseAgreed():
            agreed = {"waiting": False, "agreed_by": recorded.by, "agreed_at": recorded.recorded_at}
            yield Change(ledger_expenses, key, agreed)
        case ExpenseRefused(months=months, reason=reason):
            refused = {"refused_by": recorded.by, "refusal": reason.cipher if reason else None}
            yield Change(ledger_expenses, key, {"waiting": False, "withdrawn": True, **refused})
            for part in range(1, months + 1):
                yield Remove(ledger_spread_parts, key | {"part": part})
        case ExpenseWithdrawn(months=months, posted=posted):
            yield Change(ledger_expenses, key, {"waiting": False, "withdrawn": True})
            for part in range(posted + 1, months + 1):
                yield Remove(ledger_spread_parts, key | {"part": part})


def _expense(recorded: Recorded[Event], expense: ExpenseRecorded) -> dict[str, Any]:
    return {
        "kind": expense.kind,
        "cents": sum(expense.paid.values()),
        "paid_on": expense.paid_on,
        "vehicle_id": expense.vehicle_id,
        "recorded_by": recorded.by,
        "recorded_at": recorded.recorded_at,
        "months": expense.months,
        "posted": 0,
        "waiting": expense.awaits_yes_of_another_than is not None,
        "agreed_by": None,
        "agreed_at": None,
        "withdrawn": False,
        "refused_by": None,
        "refusal": None,
        "recorded": msgspec.json.encode(expense),
    }

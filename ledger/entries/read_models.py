"""The tables of entries, balances and months, and what each event does to them.

Amounts are whole cents; explanations stand as JSON. What an entry `moved` is what those who receive got of it. The
charges of a trip bear its id, and the parts of an expense that one's; no other entry does. A month counts its entries,
so that the database itself refuses one more once it is closed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)

from kernel.event import Event, Recorded
from kernel.read_models.projection import Add, Change, Put, Write
from kernel.tables import Instant, derived
from ledger.days import month_of
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.causes.trip import TripCharge
from ledger.entries.events import EntryPosted, EntryReversed, MonthClosed, PartLifted
from ledger.entries.posting import Posting
from people.photos import named

ledger_entries = Table(
    "ledger_entries",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("entry_id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("legal_nature", String(30), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("true_day", Date, nullable=False),
    Column("moved_cents", BigInteger, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("posted_by", Uuid),
    Column("vehicle_id", Uuid),
    Column("trip_id", Uuid),
    Column("expense_id", Uuid),
    Column("because", LargeBinary, nullable=False),
    Column("reverses", Uuid),
    Column("reversed_by", Uuid),
    Index("ledger_entries_by_day", "coop_id", "effective_on", "position"),
    Index("ledger_entries_by_position", "coop_id", "position"),
    Index("ledger_entries_by_trip", "coop_id", "trip_id"),
    Index("ledger_entries_by_expense", "coop_id", "expense_id"),
    Index("ledger_entries_by_reversed", "coop_id", "reverses"),
    Index("ledger_entries_by_vehicle", "coop_id", "vehicle_id", "effective_on"),
    Index("ledger_entries_by_true_day", "coop_id", "kind", "true_day"),
)

ledger_postings = Table(
    "ledger_postings",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("entry_id", Uuid, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("account", Uuid, nullable=False),
    Column("cents", BigInteger, CheckConstraint("cents <> 0"), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Index("ledger_postings_by_account", "coop_id", "account", "effective_on"),
)

ledger_balances = Table(
    "ledger_balances",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("account", Uuid, primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("cents", BigInteger, nullable=False),
)

ledger_months = Table(
    "ledger_months",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("entries", Integer, nullable=False, server_default="0"),
    Column("closed", Integer, nullable=False, server_default="0"),
    Column("entries_when_closed", Integer, nullable=False, server_default="0"),
    # Each upsert's own row must pass too: it has either entries or closing in it, never both; and because the two name
    # different columns, a rebuild never folds them into one.
    CheckConstraint("closed = 0 OR entries = entries_when_closed OR (entries = 0 AND closed = 1)"),
)


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Say what an event does to entries and to the books."""
    match recorded.event:
        case EntryPosted() as entry:
            return _posted(recorded, entry)
        case EntryReversed() as reversal:
            return _reversed(recorded, reversal)
        case PartLifted() as lifting:
            return _lifted(recorded, lifting)
        case MonthClosed(month=month, entries=entries):
            return [_counted(recorded.coop_id, month, closed=1, entries_when_closed=entries)]
    return ()


def _posted(recorded: Recorded[Event], entry: EntryPosted) -> Iterator[Write]:
    entry_id = recorded.stream_id
    yield _entry(recorded, entry_id, entry.kind, entry)
    if isinstance(entry.because, FuelPaid | ExpensePart):
        yield from named(recorded, entry.because.receipt, outlives=True)
    yield from _lines(recorded, entry_id, entry.effective_on, entry.postings)


def _reversed(recorded: Recorded[Event], reversal: EntryReversed) -> Iterator[Write]:
    original = {"coop_id": recorded.coop_id, "entry_id": recorded.stream_id}
    yield _entry(recorded, reversal.reversal_id, "reversal", reversal)
    yield from _lines(recorded, reversal.reversal_id, reversal.effective_on, reversal.postings)
    yield Change(ledger_entries, original, {"reversed_by": reversal.reversal_id})


def _lifted(recorded: Recorded[Event], lifting: PartLifted) -> Iterator[Write]:
    yield _entry(recorded, lifting.lifting_id, "lifting", lifting)
    yield from _lines(recorded, lifting.lifting_id, lifting.effective_on, lifting.postings)


def _entry(
    recorded: Recorded[Event], entry_id: UUID, kind: str, entry: EntryPosted | EntryReversed | PartLifted
) -> Write:
    row = {
        "coop_id": recorded.coop_id,
        "entry_id": entry_id,
        "kind": kind,
        "legal_nature": entry.legal_nature,
        "effective_on": entry.effective_on,
        "true_day": entry.because.true_day,
        "moved_cents": sum(line.amount.cents for line in entry.postings if line.amount.cents > 0),
        "recorded_at": recorded.recorded_at,
        "position": recorded.position,
        "posted_by": recorded.by,
        "vehicle_id": entry.vehicle_id,
        "trip_id": entry.because.trip_id if isinstance(entry.because, TripCharge) else None,
        "expense_id": entry.because.expense_id if isinstance(entry.because, ExpensePart) else None,
        "because": msgspec.json.encode(entry.because),
        "reverses": None if entry_id == recorded.stream_id else recorded.stream_id,
        "reversed_by": None,
    }
    return Put(ledger_entries, row)


def _lines(
    recorded: Recorded[Event], entry_id: UUID, effective_on: date, postings: tuple[Posting, ...]
) -> Iterator[Write]:
    coop_id = recorded.coop_id
    for number, line in enumerate(postings, start=1):
        currency, cents = line.amount.currency, line.amount.cents
        row = {
            "coop_id": coop_id,
            "entry_id": entry_id,
            "line": number,
            "account": line.account,
            "cents": cents,
            "currency": currency,
            "effective_on": effective_on,
            "recorded_at": recorded.recorded_at,
        }
        yield Put(ledger_postings, row)
        yield Add(
            ledger_balances, {"coop_id": coop_id, "account": line.account, "currency": currency}, {"cents": cents}
        )
    yield _counted(coop_id, month_of(effective_on), entries=1)


def _counted(coop_id: UUID, month: date, **amounts: int) -> Write:
    return Add(ledger_months, {"coop_id": coop_id, "month": month}, amounts)

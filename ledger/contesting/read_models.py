"""The tables of what others put on whose account, and of contests, and what each event does to them.

A burden is what a member bears by another's hand: of an expense somebody else noted, of fuel a driver paid, of an entry
that somebody else undid. The common purse has none: its treasurer may take back whatever it bears.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, String, Table, Uuid

from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Put, PutMany, Write
from kernel.tables import Instant, derived
from ledger.contesting.events import (
    BurdenCause,
    BurdenContested,
    BurdenDropped,
    ContestAgreedTo,
    ContestDecided,
    ContestTakenBack,
)
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.causes.lifting import Lifted
from ledger.entries.events import EntryPosted, EntryReversed, PartLifted
from ledger.entries.posting import Posting
from ledger.spending.events import ExpenseRecorded

Stood = EntryPosted | EntryReversed

ledger_burdens = Table(
    "ledger_burdens",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("burden_id", Uuid, primary_key=True),
    Column("account", Uuid, primary_key=True),
    Column("cause", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("vehicle_id", Uuid),
    Column("cents", BigInteger, nullable=False),
    Column("whole_cents", BigInteger, nullable=False),
    Column("put_by", Uuid),
    Column("put_at", Instant, nullable=False),
    Index("ledger_burdens_by_account", "coop_id", "account", "put_at"),
)

ledger_contests = Table(
    "ledger_contests",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("contest_id", Uuid, primary_key=True),
    Column("burden_id", Uuid, nullable=False),
    Column("account", Uuid, nullable=False),
    Column("state", String(10), nullable=False),
    Column("contested_at", Instant, nullable=False),
    Column("opened", LargeBinary, nullable=False),
    Column("agreed", LargeBinary, nullable=False),
    Column("dropped", Boolean, nullable=False),
    Column("ended_at", Instant),
    Column("decided_by", Uuid),
    Column("decision", LargeBinary),
    Column("position", BigInteger, nullable=False),
    Index("ledger_contests_by_burden", "coop_id", "burden_id"),
)

ledger_lifted_parts = Table(
    "ledger_lifted_parts",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("contest_id", Uuid, primary_key=True),
    Column("entry_id", Uuid, primary_key=True),
)


def project(recorded: Recorded[Event]) -> Iterator[Write]:
    """Say what an event does to burdens and to contests."""
    match recorded.event:
        case ExpenseRecorded() as expense:
            yield from _of_expense(recorded, expense)
        case EntryPosted(because=FuelPaid() as fuel) as entry:
            yield from _of_entry(recorded, recorded.stream_id, "fuel", entry, by=fuel.driver_id)
        case EntryReversed(reversal_id=reversal_id) as entry if recorded.by:  # else what follows from a correction
            yield from _of_entry(recorded, reversal_id, "reversal", entry, by=recorded.by)
        case PartLifted(because=Lifted() as lifted):
            row = {"coop_id": recorded.coop_id, "contest_id": lifted.contest_id, "entry_id": recorded.stream_id}
            yield Put(ledger_lifted_parts, row)
        case BurdenContested() as opened:
            yield Put(ledger_contests, _contest(recorded, opened))
        case _:
            yield from _ending(recorded)


def _of_expense(recorded: Recorded[Event], expense: ExpenseRecorded) -> Iterator[Write]:
    borne = Counter[UUID]()
    for pair in expense.spread(recorded.stream_id).pairs():
        if pair.bearer != pair.payer:
            borne[pair.bearer] += pair.cents
    alike = {
        "burden_id": recorded.stream_id,
        "cause": "expense",
        "kind": expense.kind,
        "vehicle_id": expense.vehicle_id,
        "whole_cents": sum(expense.paid.values()),
    }
    yield from _put_on(recorded, borne, alike, by=recorded.by)


def _of_entry(
    recorded: Recorded[Event], entry_id: UUID, cause: BurdenCause, entry: Stood, *, by: UUID | None
) -> Iterator[Write]:
    borne = _owing(entry.postings)
    alike = {
        "burden_id": entry_id,
        "cause": cause,
        "kind": cause,
        "vehicle_id": entry.vehicle_id,
        "whole_cents": sum(borne.values()),
    }
    yield from _put_on(recorded, borne, alike, by=by)


def _owing(postings: tuple[Posting, ...]) -> Counter[UUID]:
    moved = Counter[UUID]()
    for line in postings:
        moved[line.account] -= line.amount.cents
    return +moved


def _put_on(
    recorded: Recorded[Event], borne: Mapping[UUID, int], alike: Mapping[str, Any], *, by: UUID | None
) -> Iterator[Write]:
    others = [
        {"account": account, "cents": cents}
        for account, cents in borne.items()
        if account not in (by, recorded.coop_id)
    ]
    if others:
        put = {"coop_id": recorded.coop_id, "put_by": by, "put_at": recorded.recorded_at}
        yield PutMany(ledger_burdens, {**put, **alike}, others)


def _contest(recorded: Recorded[Event], opened: BurdenContested) -> dict[str, Any]:
    return {
        "coop_id": recorded.coop_id,
        "contest_id": recorded.stream_id,
        "burden_id": opened.burden_id,
        "account": opened.account,
        "state": "open",
        "contested_at": recorded.recorded_at,
        "opened": msgspec.json.encode(opened),
        "agreed": b"[]",
        "dropped": False,
        "ended_at": None,
        "decided_by": None,
        "decision": None,
        "position": recorded.position,
    }


def _ending(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "contest_id": recorded.stream_id}
    ended = {"ended_at": recorded.recorded_at, "position": recorded.position}
    match recorded.event:
        case ContestAgreedTo(agreed=agreed, ends=ends):
            yield Change(ledger_contests, key, {"agreed": msgspec.json.encode(agreed), "position": recorded.position})
            if ends:
                yield Change(ledger_contests, key, {"state": "agreed", **ended})
        case ContestTakenBack():
            yield Change(ledger_contests, key, {"state": "taken_back", **ended})
        case ContestDecided(reason=reason):
            decided = {"state": "decided", "decided_by": recorded.by, "decision": msgspec.json.encode(reason)}
            yield Change(ledger_contests, key, {**decided, **ended})
        case BurdenDropped():
            yield Change(ledger_contests, key, {"dropped": True, "position": recorded.position})

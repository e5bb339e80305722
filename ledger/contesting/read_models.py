"""The tables of what others put on whose account, and of contests, and what each event does to them.

A burden is what a member ends up owing by another's hand (`_put_on_others`): of an expense somebody else noted, of fuel
a driver paid, of an entry that somebody else undid, of a trip that costs her more, or brings her less, since somebody
else set its readings right. The common purse has none: its treasurer may take back whatever it bears.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
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
    TimeToContestGiven,
)
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.causes.trip import TripCharge
from ledger.entries.entry import changed
from ledger.entries.events import EntryPosted, EntryReversed, PartLifted
from ledger.spending.events import ExpenseRecorded

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
    Column("until", Instant),
    Index("ledger_burdens_by_account", "coop_id", "account", "until"),
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
    Column("since", BigInteger, nullable=False),
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
        case ExpenseRecorded() | EntryPosted() | EntryReversed() as event:
            if put := _put_by_another(recorded, event):
                yield from _put_on_others(recorded, put)
        case TimeToContestGiven(burden_id=burden_id, accounts=accounts, until=until):
            for account in accounts:
                key = {"coop_id": recorded.coop_id, "burden_id": burden_id, "account": account}
                yield Change(ledger_burdens, key, {"until": until})
        case PartLifted(because=lifted):
            row = {"coop_id": recorded.coop_id, "contest_id": lifted.contest_id, "entry_id": lifted.entry_id}
            yield Put(ledger_lifted_parts, row)
        case BurdenContested() as opened:
            yield Put(ledger_contests, _contest(recorded, opened))
        case _:
            yield from _ending(recorded)


class _Put(NamedTuple):
    """What `by` put on accounts: the cents that each ends up owing by it; `kind` is an expense's, else its cause."""

    burden_id: UUID
    cause: BurdenCause
    kind: str
    vehicle_id: UUID | None
    by: UUID | None
    borne: Counter[UUID]
    whole_cents: int


def _put_by_another(recorded: Recorded[Event], event: ExpenseRecorded | EntryPosted | EntryReversed) -> _Put | None:
    """Return what an event put on accounts by somebody's hand; `None` where it follows from none."""
    match event:
        case ExpenseRecorded(kind=kind, vehicle_id=vehicle_id, paid=paid):
            borne = Counter[UUID]()
            for pair in event.spread(recorded.stream_id).pairs():
                if pair.bearer != pair.payer:
                    borne[pair.bearer] += pair.cents
            return _Put(recorded.stream_id, "expense", kind, vehicle_id, recorded.by, borne, sum(paid.values()))
        case EntryPosted(because=FuelPaid(driver_id=driver_id)):
            return _of_entry(recorded.stream_id, "fuel", driver_id, event)
        case EntryPosted(because=TripCharge(corrected_by=UUID() as corrected_by)):
            return _of_entry(recorded.stream_id, "trip", corrected_by, event)
        case EntryReversed(reversal_id=reversal_id) if recorded.by:
            return _of_entry(reversal_id, "reversal", recorded.by, event)
    return None


def _of_entry(entry_id: UUID, cause: BurdenCause, by: UUID, entry: EntryPosted | EntryReversed) -> _Put:
    of_each = changed(entry.postings, entry.because)
    borne = +Counter({account: -cents for account, cents in of_each.items()})
    return _Put(entry_id, cause, cause, entry.vehicle_id, by, borne, borne.total())


def _put_on_others(recorded: Recorded[Event], put: _Put) -> Iterator[Write]:
    """Whoever ends up owing by another's hand bears it, whatever it is: not who did it, nor the common purse."""
    others = [
        {"account": account, "cents": cents}
        for account, cents in put.borne.items()
        if account not in (put.by, recorded.coop_id)
    ]
    if others:
        alike = {
            "coop_id": recorded.coop_id,
            "burden_id": put.burden_id,
            "cause": put.cause,
            "kind": put.kind,
            "vehicle_id": put.vehicle_id,
            "whole_cents": put.whole_cents,
            "put_by": put.by,
            "put_at": recorded.recorded_at,
        }
        yield PutMany(ledger_burdens, alike, others)


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
        "since": recorded.position,
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

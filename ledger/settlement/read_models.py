"""The tables of settlement plans, and what each event does to them.

That a co-op has one open plan at most is held by the key of `ledger_open_plans`.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import asdict
from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, String, Table, Uuid

from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Put, PutMany, Remove, Write
from kernel.tables import Instant, derived
from ledger.settlement.events import (
    PlanCompleted,
    PlanIssued,
    PlanLineConfirmed,
    PlanLineDeclared,
    PlanLineProven,
    PlanWithdrawn,
)

ledger_plans = Table(
    "ledger_plans",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("plan_id", Uuid, primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("method", String(10), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("floor_cents", BigInteger, nullable=False),
)

ledger_carried = Table(
    "ledger_carried",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("plan_id", Uuid, primary_key=True),
    Column("account", Uuid, primary_key=True),
    Column("cents", BigInteger, nullable=False),
)

ledger_open_plans = Table(
    "ledger_open_plans",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("plan_id", Uuid, nullable=False),
)

ledger_plan_lines = Table(
    "ledger_plan_lines",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("plan_id", Uuid, primary_key=True),
    Column("line_id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("debtor", Uuid, nullable=False),
    Column("receiver", Uuid, nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("reference", String(25), nullable=False),
    Column("state", String(10), nullable=False),
    Column("declared_at", Instant),
    Column("confirmed_at", Instant),
    Column("entry_id", Uuid),
    Column("proven_by", Uuid),
    Column("proof", LargeBinary),
    Index("ledger_plan_lines_by_state", "coop_id", "state"),
)


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Say what an event does to settlement plans."""
    match recorded.event:
        case PlanIssued() as plan:
            return _issued(recorded, plan)
        case PlanLineDeclared() | PlanLineConfirmed() | PlanLineProven() | PlanCompleted() | PlanWithdrawn():
            return _settled(recorded)
    return ()


def _issued(recorded: Recorded[Event], plan: PlanIssued) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id}
    row = {
        "as_of": plan.as_of,
        "method": plan.method,
        "issued_at": recorded.recorded_at,
        "position": recorded.position,
        "state": "open",
        "floor_cents": plan.floor_cents,
    }
    yield Put(ledger_open_plans, key)
    yield Put(ledger_plans, key | row)
    lines = [{"number": number, **asdict(line)} for number, line in enumerate(plan.lines, start=1)]
    yield PutMany(ledger_plan_lines, {**key, "state": "to_pay"}, lines)
    carried = [{"account": account, "cents": cents} for account, cents in plan.carried.items()]
    if carried:
        yield PutMany(ledger_carried, key, carried)


def _settled(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id}
    at = recorded.recorded_at
    match recorded.event:
        case PlanLineDeclared(line_id=line_id):
            yield Change(ledger_plan_lines, key | {"line_id": line_id}, {"state": "declared", "declared_at": at})
        case PlanLineConfirmed(line_id=line_id, entry_id=entry_id):
            values = {"state": "confirmed", "confirmed_at": at, "entry_id": entry_id}
            yield Change(ledger_plan_lines, key | {"line_id": line_id}, values)
        case PlanLineProven(line_id=line_id, entry_id=entry_id, proof=proof):
            values = {"state": "confirmed", "confirmed_at": at, "entry_id": entry_id}
            proven = {"proven_by": recorded.by, "proof": proof.cipher}
            yield Change(ledger_plan_lines, key | {"line_id": line_id}, values | proven)
        case PlanCompleted() | PlanWithdrawn() as end:
            yield Change(ledger_plans, key, {"state": "complete" if isinstance(end, PlanCompleted) else "withdrawn"})
            yield Remove(ledger_open_plans, {"coop_id": recorded.coop_id})

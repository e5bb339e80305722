"""The tables of settlement plans, and what each event does to them.

That a co-op has one plan under way at most, a draft or open, is held by the key of `ledger_open_plans`. A plan settles
what stood up to the place in the log where it was `drawn`, the first event of it; `position` is where it was issued,
and as long as it is a draft the same. Of a line that is confirmed, all has come; of one that is declared, `said_cents`
in all are said to be paid, or the whole of it where they are not told.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import asdict
from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Uuid

from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Put, PutMany, Remove, Row, Write
from kernel.tables import Instant, derived
from ledger.settlement.events import (
    PlanCompleted,
    PlanDrafted,
    PlanIssued,
    PlanLineConfirmed,
    PlanLineDeclared,
    PlanLineDenied,
    PlanLineProven,
    PlanLinePutBack,
    PlanWithdrawn,
)

ledger_plans = Table(
    "ledger_plans",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("plan_id", Uuid, primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("through_purse", Boolean, nullable=False),
    Column("method", String(10)),
    Column("drawn_at", Instant, nullable=False),
    Column("drawn", BigInteger, nullable=False),
    Column("issue_at", Instant),
    Column("issued_at", Instant),
    Column("position", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("floor_cents", BigInteger, nullable=False),
    Index("ledger_plans_by_issue", "issue_at"),
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
    Column("received_cents", BigInteger, nullable=False),
    Column("said_cents", BigInteger),
    Column("declared_at", Instant),
    Column("declared_by", Uuid),
    Column("confirmed_at", Instant),
    Column("entry_id", Uuid),
    Column("is_proven", Boolean, nullable=False),
    Index("ledger_plan_lines_by_state", "coop_id", "state"),
)

ledger_plan_payments = Table(
    "ledger_plan_payments",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("plan_id", Uuid, primary_key=True),
    Column("line_id", Uuid, primary_key=True),
    Column("entry_id", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("proven_by", Uuid),
    Column("proof", LargeBinary),
)

_NOBODY_SAYS: Row = {"declared_at": None, "declared_by": None}


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Say what an event does to settlement plans."""
    match recorded.event:
        case PlanDrafted() as draft:
            return _drafted(recorded, draft)
        case PlanIssued() as plan:
            return _issued(recorded, plan)
        case PlanLineDeclared() | PlanLineConfirmed() | PlanLineProven() as part:
            return _paid(recorded, part)
        case PlanLineDenied(line_id=line_id):
            line = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id, "line_id": line_id}
            return (Change(ledger_plan_lines, line, {"state": "to_pay", "said_cents": None, **_NOBODY_SAYS}),)
        case PlanLinePutBack() as back:
            return _put_back(recorded, back)
        case PlanCompleted() | PlanWithdrawn():
            return _ended(recorded)
    return ()


def _drafted(recorded: Recorded[Event], draft: PlanDrafted) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id}
    row = {
        **_drawn(recorded),
        "as_of": draft.as_of,
        "through_purse": draft.through_purse,
        "issue_at": draft.issue_at,
        "position": recorded.position,
        "state": "draft",
        "floor_cents": draft.floor_cents,
    }
    yield Put(ledger_open_plans, key)
    yield Put(ledger_plans, key | row)


def _issued(recorded: Recorded[Event], plan: PlanIssued) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id}
    row = {
        "as_of": plan.as_of,
        "through_purse": plan.method == "purse",
        "method": plan.method,
        "issue_at": None,
        "issued_at": recorded.recorded_at,
        "position": recorded.position,
        "state": "open",
        "floor_cents": plan.floor_cents,
    }
    if plan.was_draft:
        yield Change(ledger_plans, key, row)
    else:
        yield Put(ledger_open_plans, key)
        yield Put(ledger_plans, {**key, **_drawn(recorded), **row})
    lines = [{"number": number, **asdict(line)} for number, line in enumerate(plan.lines, start=1)]
    yield PutMany(ledger_plan_lines, {**key, "state": "to_pay", "received_cents": 0, "is_proven": False}, lines)
    carried = [{"account": account, "cents": cents} for account, cents in plan.carried.items()]
    if carried:
        yield PutMany(ledger_carried, key, carried)


def _drawn(recorded: Recorded[Event]) -> Row:
    return {"drawn_at": recorded.recorded_at, "drawn": recorded.position}


def _paid(recorded: Recorded[Event], part: PlanLineDeclared | PlanLineConfirmed | PlanLineProven) -> Iterator[Write]:
    line = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id, "line_id": part.line_id}
    if isinstance(part, PlanLineDeclared):
        waits = part.cents is None or part.cents > part.received_cents
        said = {"declared_at": recorded.recorded_at, "declared_by": recorded.by} if waits else _NOBODY_SAYS
        state = "declared" if waits else "to_pay"
        yield Change(ledger_plan_lines, line, {"state": state, "said_cents": part.cents, **said})
        return
    values: dict[str, object] = {"confirmed_at": recorded.recorded_at, "entry_id": part.entry_id}
    proven: Row = {"proven_by": None, "proof": None}
    if isinstance(part, PlanLineProven):
        values |= {"is_proven": True}
        proven = {"proven_by": recorded.by, "proof": part.proof.cipher}
    if part.cents is None:
        values |= {"state": "confirmed"}
    else:
        waits = isinstance(part, PlanLineConfirmed) and part.said_cents > part.cents
        values |= {"state": "declared" if waits else "to_pay", "received_cents": part.cents}
    yield Change(ledger_plan_lines, line, values)
    yield Put(ledger_plan_payments, {**line, "entry_id": part.entry_id, "position": recorded.position, **proven})


def _put_back(recorded: Recorded[Event], back: PlanLinePutBack) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id}
    before, line = back.standing, {**key, "line_id": back.line_id}
    waits = before.said_cents > before.received_cents  # all of it had never come: that is not undone
    said = {"said_cents": before.said_cents if waits else None}
    yield Change(ledger_plan_lines, line, asdict(before) | said | {"state": "declared" if waits else "to_pay"})
    if back.entry_id:
        yield Remove(ledger_plan_payments, {**line, "entry_id": back.entry_id})
    if back.reopened:
        yield Change(ledger_plans, key, {"state": "open"})
        yield Put(ledger_open_plans, key)


def _ended(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "plan_id": recorded.stream_id}
    state = "complete" if isinstance(recorded.event, PlanCompleted) else "withdrawn"
    yield Change(ledger_plans, key, {"state": state, "issue_at": None})
    yield Remove(ledger_open_plans, {"coop_id": recorded.coop_id})

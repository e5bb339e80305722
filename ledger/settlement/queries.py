"""What settlement pages ask: the plan under way, its lines, and past plans."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, and_, func, or_, select

from ledger.events import Method
from ledger.read_models import ledger_entries, ledger_postings
from ledger.settlement.read_models import ledger_open_plans, ledger_plan_lines, ledger_plans


class PlanRow(msgspec.Struct, frozen=True):
    """A settlement plan; `state` is open, complete or withdrawn, `method` exact (fewest), greedy or purse."""

    plan_id: UUID
    as_of: date
    method: Method
    issued_at: datetime
    state: str


class PlanLineRow(msgspec.Struct, frozen=True):
    """A transfer of a plan as one reader sees it; `state` is to_pay, declared or confirmed."""

    plan_id: UUID
    line_id: UUID
    debtor: UUID
    receiver: UUID
    cents: int
    reference: str
    state: str
    declared_at: datetime | None
    confirmed_at: datetime | None
    entry_id: UUID | None
    can_be_declared: bool
    can_be_confirmed: bool


def open_plan(connection: Connection, coop_id: UUID) -> PlanRow | None:
    """Return the plan under way, or `None`."""
    plan, open_ = ledger_plans.c, ledger_open_plans.c
    query = (
        select(*(plan[name] for name in PlanRow.__struct_fields__))
        .join(ledger_open_plans, and_(open_.coop_id == plan.coop_id, open_.plan_id == plan.plan_id))
        .where(plan.coop_id == coop_id)
    )
    return next((PlanRow(*row) for row in connection.execute(query)), None)


def plans(connection: Connection, coop_id: UUID) -> list[PlanRow]:
    """Return every plan of a co-op, newest first."""
    plan = ledger_plans.c
    query = select(*(plan[name] for name in PlanRow.__struct_fields__)).where(plan.coop_id == coop_id)
    return [PlanRow(*row) for row in connection.execute(query.order_by(plan.issued_at.desc()))]


def plan_lines(
    connection: Connection, coop_id: UUID, plan_id: UUID, readers: frozenset[UUID] = frozenset()
) -> list[PlanLineRow]:
    """Return a plan's lines; `readers` are the accounts the reader acts for (her own; a treasurer's co-op too)."""
    line, plan = ledger_plan_lines.c, ledger_plans.c
    query = (
        select(ledger_plan_lines, plan.state.label("plan_state"))
        .join(ledger_plans, and_(plan.coop_id == line.coop_id, plan.plan_id == line.plan_id))
        .where(line.coop_id == coop_id, line.plan_id == plan_id)
        .order_by(line.number)
    )
    return [_line(row, readers) for row in connection.execute(query)]


def to_settle(connection: Connection, coop_id: UUID, as_of: date) -> dict[UUID, int]:
    """Return each account's cents at the end of `as_of`, less what was settled since: paid once is not asked again."""
    entry, line = ledger_entries.c, ledger_postings.c
    query = (
        select(line.account, func.sum(line.cents))
        .join(ledger_entries, and_(entry.coop_id == line.coop_id, entry.entry_id == line.entry_id))
        .where(line.coop_id == coop_id, or_(line.effective_on <= as_of, entry.legal_nature == "settlement"))
        .group_by(line.account)
    )
    return {account: int(cents) for account, cents in connection.execute(query)}


def _line(row: Row[Any], readers: frozenset[UUID]) -> PlanLineRow:
    shown = {name: getattr(row, name) for name in PlanLineRow.__struct_fields__ if not name.startswith("can_be_")}
    payable = row.plan_state == "open" and row.state == "to_pay"
    return PlanLineRow(
        **shown,
        can_be_declared=payable and row.debtor in readers,
        can_be_confirmed=(payable or row.state == "declared") and row.receiver in readers,
    )

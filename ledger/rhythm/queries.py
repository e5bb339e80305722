"""What is asked of a co-op's rhythm: how often it settles, what is due, and whether a period was settled."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, exists, select

from ledger.rhythm.events import Rhythmic
from ledger.rhythm.read_models import ledger_rhythms
from ledger.settlement.drawing import PlanTerms, to_settle
from ledger.settlement.queries import said_paid
from ledger.settlement.read_models import ledger_open_plans, ledger_plans

rhythms = ledger_rhythms.c


class RhythmRow(msgspec.Struct, frozen=True, kw_only=True):
    """How often accounts are settled, and when the period under way is over (`None`: on demand).

    `until` is the last day of the last period that ended, `overdue_at` from when its plan is drawn up by itself.
    """

    period: Rhythmic
    due_at: datetime | None
    until: date | None
    overdue_at: datetime | None


def rhythm(connection: Connection, coop_id: UUID) -> RhythmRow | None:
    """Return a co-op's rhythm; `None` until its rules were told."""
    columns = (rhythms[name] for name in RhythmRow.__struct_fields__)
    row = connection.execute(select(*columns).where(rhythms.coop_id == coop_id)).mappings().one_or_none()
    return RhythmRow(**row) if row else None


def periods_over(connection: Connection, at: datetime) -> list[UUID]:
    """Return the co-ops of which a period is over and nobody has said so yet."""
    return [*connection.execute(select(rhythms.coop_id).where(rhythms.due_at <= at)).scalars()]


def periods_overdue(connection: Connection, at: datetime) -> list[UUID]:
    """Return the co-ops whose last period waits for its plan past its time, while no other plan is under way."""
    under_way = exists().where(ledger_open_plans.c.coop_id == rhythms.coop_id)
    return [*connection.execute(select(rhythms.coop_id).where(rhythms.overdue_at <= at, ~under_way)).scalars()]


def is_settled(connection: Connection, coop_id: UUID, until: date, floor_cents: int) -> bool:
    """Tell whether accounts were settled up to the end of a day, or hold nothing that a plan would ask for."""
    plan = ledger_plans.c
    drawn = exists().where(plan.coop_id == coop_id, plan.as_of >= until, plan.state != "withdrawn")
    if connection.execute(select(drawn)).scalar():
        return True
    terms = PlanTerms(coop_id, until, through_purse=False, floor_cents=floor_cents)
    balances = to_settle(connection, terms, said_paid(connection, coop_id))
    return max(balances.values(), default=0) < max(floor_cents, 1)

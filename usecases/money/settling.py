"""Periods of settling that end, and the plan drawn up by itself where nobody settled one in time."""

from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from governance.queries import known_coop
from governance.rules.queries import rules_in_force
from kernel.command import Asked, Done
from kernel.log.history import History
from ledger.rhythm.commands import EndPeriod
from ledger.rhythm.events import Rhythmic
from ledger.rhythm.queries import is_settled, rhythm
from ledger.settlement.commands import IssuePlan
from ledger.settlement.plan import AllCarriedOver, NothingToSettle, PlanStillOpen
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money.books import ledger_of


class PlansVoted(NamedTuple):
    """What the rules in force say of plans: their smallest transfer in whole cents, and how long one is a draft."""

    floor_cents: int
    draft_hours: int


def plans_voted(connection: Connection, coop_id: UUID, at: datetime) -> PlansVoted:
    """Return what the rules in force say of settlement plans."""
    in_force = rules_in_force(connection, coop_id, at)
    return PlansVoted(in_force["settlement_floor"].cents, int(in_force["plan_draft_hours"].number))


def end_period(history: History, coop_id: UUID, asked: Asked) -> Done:
    """Say that a period is over, by the co-op's own clock and what it finds worth a transfer."""
    with history.reading() as connection:
        coop, voted = known_coop(connection, coop_id), plans_voted(connection, coop_id, asked.at)
    command = EndPeriod(coop_id=coop_id, floor_cents=voted.floor_cents, time_zone=coop.time_zone)
    return ledger_of(history, coop_id).end_period(command, asked)


def draw_overdue(history: History, coop_id: UUID, until: date, asked: Asked) -> None:
    """Draw up the plan of a period that nobody settled in time, as its treasurer would; nothing when one was since."""
    voted = plans_voted(history.connection, coop_id, asked.at)
    if not is_settled(history.connection, coop_id, until, voted.floor_cents):
        with suppress(AllCarriedOver, NothingToSettle, PlanStillOpen):
            ledger_of(history, coop_id).issue_plan(IssuePlan(coop_id=coop_id, as_of=until), asked, *voted)


class RhythmNow(msgspec.Struct, frozen=True, kw_only=True):
    """How often accounts are settled (month, quarter, on_demand), and when the period under way is over.

    `until` is the last day of the last period that ended; while it `waits` for its plan, one is drawn up by itself at
    `overdue_at`, where the rules say so.
    """

    period: Rhythmic
    due_at: datetime | None
    until: date | None
    overdue_at: datetime | None
    waits: bool


def rhythm_now(actor: Actor) -> RhythmNow:
    """Return the co-op's rhythm, and whether its last period waits for its plan."""
    found = rhythm(actor.connection, actor.coop_id)
    if found is None:
        return RhythmNow(period="on_demand", due_at=None, until=None, overdue_at=None, waits=False)
    waits = found.until is not None and not _settled(actor, found.until)
    return copied(found, RhythmNow, waits=waits)


def _settled(actor: Actor, until: date) -> bool:
    voted = plans_voted(actor.connection, actor.coop_id, actor.now)
    return is_settled(actor.connection, actor.coop_id, until, voted.floor_cents)

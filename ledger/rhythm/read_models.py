"""The table of each co-op's rhythm: when its period is over, and which one waits for its plan."""

from collections.abc import Iterable

from sqlalchemy import Column, Date, Index, String, Table, Uuid

from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Set, Write
from kernel.tables import Instant, derived
from ledger.rhythm.events import PeriodEnded, PeriodOverdue, RhythmSet

ledger_rhythms = Table(
    "ledger_rhythms",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("period", String(10), nullable=False),
    Column("due_at", Instant),
    Column("until", Date),
    Column("overdue_at", Instant),
    Index("ledger_rhythms_due", "due_at"),
    Index("ledger_rhythms_overdue", "overdue_at"),
)


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Say what an event does to a co-op's rhythm."""
    key = {"coop_id": recorded.coop_id}
    match recorded.event:
        case RhythmSet(period=period, due_at=due_at):
            return [Set(ledger_rhythms, key, {"period": period, "due_at": due_at, "overdue_at": None})]
        case PeriodEnded(until=until, due_at=due_at, overdue_at=overdue_at):
            ended = {"until": until, "due_at": due_at, "overdue_at": overdue_at}
            return [Change(ledger_rhythms, key, ended)]
        case PeriodOverdue():
            return [Change(ledger_rhythms, key, {"overdue_at": None})]
    return ()

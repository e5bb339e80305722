"""What has happened to the rhythm of a co-op's settling."""

from datetime import date, datetime
from typing import Literal

from kernel.event import Event

Rhythmic = Literal["month", "quarter", "on_demand"]


class RhythmSet(Event, frozen=True, kw_only=True):
    """Accounts are settled so often; the period under way is over at `due_at`, never when it is on demand."""

    period: Rhythmic
    overdue_days: int
    due_at: datetime | None


class PeriodEnded(Event, frozen=True, kw_only=True):
    """A period ended on the day `until`; the next one does at `due_at`.

    Unless it was `settled`, a plan is drawn up by itself at `overdue_at`, where the rules say so.
    """

    until: date
    settled: bool
    due_at: datetime
    overdue_at: datetime | None


class PeriodOverdue(Event, frozen=True, kw_only=True):
    """Nobody settled in time the period that ended on the day `until`: its plan is drawn up by itself."""

    until: date


PUBLISHED = (PeriodEnded, PeriodOverdue)  # what processes and the front door may follow

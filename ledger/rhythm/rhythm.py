"""A co-op's rhythm: its periods are months or quarters of its own calendar, over at eight in the morning after."""

from datetime import UTC, date, datetime, timedelta
from typing import Self
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.period import MORNING
from kernel.refused import Refused
from ledger.days import month_after, month_of
from ledger.rhythm.commands import NoteOverdue, SetRhythm
from ledger.rhythm.events import PeriodEnded, PeriodOverdue, Rhythmic, RhythmSet

_MONTHS = {"month": 1, "quarter": 3}


class PeriodNotOver(Refused):
    """This period is not over yet."""


class NothingOverdue(Refused):
    """No period waits for its plan."""


class Rhythm(Aggregate, frozen=True, kw_only=True):
    """How often accounts are settled, and the last period that ended, from when on its plan is drawn up by itself."""

    period: Rhythmic | None = None
    overdue_days: int = 0
    due_at: datetime | None = None
    until: date | None = None
    overdue_at: datetime | None = None

    def set(self, command: SetRhythm, *, at: datetime) -> tuple[Event, ...]:
        """Settle so often from now on; nothing when it is so. What was overdue by the former rules waits no more."""
        if (command.period, command.overdue_days) == (self.period, self.overdue_days):
            return ()
        due_at = None if command.period == "on_demand" else _around(command.period, at, command.time_zone)[1]
        return (RhythmSet(period=command.period, overdue_days=command.overdue_days, due_at=due_at),)

    def ended(self, at: datetime, time_zone: str) -> date:
        """Return the last day of the period that is over; refuses while none is."""
        if self.period is None or self.due_at is None or at < self.due_at:
            raise PeriodNotOver
        last, _ = _around(self.period, at, time_zone)
        return last.astimezone(ZoneInfo(time_zone)).date() - timedelta(days=1)

    def end(self, until: date, *, at: datetime, time_zone: str, settled: bool) -> tuple[Event, ...]:
        """End the period that is over, and say from when on a plan is drawn up by itself."""
        if self.period is None or self.due_at is None:
            raise PeriodNotOver
        waits = self.overdue_days and not settled
        overdue_at = _morning(until + timedelta(days=1 + self.overdue_days), time_zone) if waits else None
        due_at = _around(self.period, at, time_zone)[1]
        return (PeriodEnded(until=until, settled=settled, due_at=due_at, overdue_at=overdue_at),)

    def overdue(self, _command: NoteOverdue, *, at: datetime) -> tuple[Event, ...]:
        """Say that the period's time to be settled is over, once; refuses while it is not."""
        if self.until is None or self.overdue_at is None or at < self.overdue_at:
            raise NothingOverdue
        return (PeriodOverdue(until=self.until),)

    def evolve(self, event: Event) -> Self:
        """Return the rhythm after `event`."""
        match event:
            case RhythmSet(period=period, overdue_days=days, due_at=due_at):
                return replace(self, period=period, overdue_days=days, due_at=due_at, overdue_at=None)
            case PeriodEnded(until=until, due_at=due_at, overdue_at=overdue_at):
                return replace(self, until=until, due_at=due_at, overdue_at=overdue_at)
            case PeriodOverdue():
                return replace(self, overdue_at=None)
        return self


def rhythm_id(coop_id: UUID) -> UUID:
    """Return the stream of a co-op's rhythm."""
    return uuid5(coop_id, "rhythm")


def _around(period: Rhythmic, at: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """Return the mornings on which the last period that is over by `at` ended, and on which the next one does."""
    month = month_of(at.astimezone(ZoneInfo(time_zone)).date())
    first = month.replace(month=month.month - (month.month - 1) % _MONTHS[period])
    starts = [_before(first, _MONTHS[period]), first, _after(first, _MONTHS[period])]
    mornings = [_morning(day, time_zone) for day in starts]
    over = max(morning for morning in mornings if morning <= at)
    return over, min(morning for morning in mornings if morning > at)


def _before(first: date, months: int) -> date:
    for _ in range(months):
        first = month_of(first - timedelta(days=1))
    return first


def _after(first: date, months: int) -> date:
    for _ in range(months):
        first = month_after(first)
    return first


def _morning(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, MORNING, ZoneInfo(time_zone)).astimezone(UTC)

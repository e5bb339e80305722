"""A co-op's books as a whole: which months are closed, and how low a gift may bring its giver's balance."""

from datetime import date
from uuid import UUID, uuid5

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.period import years_later
from kernel.refused import Refused
from ledger.days import month_after, month_of
from ledger.entries.commands import ClosePeriod, SetBalanceLimit
from ledger.entries.events import BalanceLimitSet, MonthClosed

_YEARS_TO_CLAIM = 5


class MonthNotOver(Refused):
    """A month can be closed once it is over."""


class MonthAlreadyClosed(Refused):
    """That month is already closed."""


class DayToCome(Refused):
    """That day has not come yet."""


class TooLongAgo(Refused):
    """That is more than five years ago: too long to share it still."""


class Books(Aggregate, frozen=True, kw_only=True):
    """What holds for all of a co-op's entries; `open_from` is the first day that still takes entries."""

    open_from: date | None = None
    floor_cents: int = 0

    def posting_day(self, true_day: date) -> date:
        """Return the day an entry counts for: its own, or the first open day when its month is closed."""
        return true_day if self.open_from is None else max(true_day, self.open_from)

    def close(self, command: ClosePeriod, *, today: date, entries: int) -> tuple[Event, ...]:
        """Close the month, which holds `entries` entries, and all months before it."""
        month = month_of(command.month)
        if month >= month_of(today):
            raise MonthNotOver
        if self.open_from is not None and month < self.open_from:
            raise MonthAlreadyClosed
        return (MonthClosed(month=month, entries=entries),)

    def set_limit(self, command: SetBalanceLimit) -> tuple[Event, ...]:
        """Set how low a gift may bring its giver's balance."""
        return () if command.cents == self.floor_cents else (BalanceLimitSet(cents=command.cents),)

    def evolve(self, event: Event) -> "Books":
        """Return the books after `event`."""
        match event:
            case MonthClosed(month=month):
                return msgspec.structs.replace(self, open_from=month_after(month))
            case BalanceLimitSet(cents=cents):
                return msgspec.structs.replace(self, floor_cents=cents)
        return self


def books_id(coop_id: UUID) -> UUID:
    """Return the stream of a co-op's books."""
    return uuid5(coop_id, "books")


def check_past(day: date, *, today: date) -> None:
    """Raise `DayToCome` when `day` is after `today`, `TooLongAgo` when it is more than five years before.

    Five years is how long the Code civil (art. 815-10) lets co-owners claim what is theirs.
    """
    if day > today:
        raise DayToCome
    if day < years_later(today, -_YEARS_TO_CLAIM):
        raise TooLongAgo

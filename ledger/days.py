"""Days and months of the books: those of the co-op's own clocks, wherever it is.

A trip returned there at 0:30 counts on the day people lived it.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

_EARLIEST_CLOCK = timedelta(hours=14)  # no clock on Earth is further ahead of UTC (Kiribati)


def day_of(instant: datetime, zone: tzinfo) -> date:
    """Return the day `instant` (aware) falls on by the clocks of `zone`."""
    return instant.astimezone(zone).date()


def latest_day(instant: datetime) -> date:
    """Return the day that has begun somewhere at `instant` (aware), and a later one nowhere yet."""
    return (instant.astimezone(UTC) + _EARLIEST_CLOCK).date()


def month_of(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """Return the first day of the month after the one whose first day is `month`."""
    return month_of(month + timedelta(days=31))


def due_on(paid_on: date, part: int) -> date:
    """Return the day a monthly part counts for: the first when it was paid, each later one the first of its month."""
    day = paid_on
    for _ in range(part - 1):
        day = month_after(month_of(day))
    return day

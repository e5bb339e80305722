"""Days and months of the books.

One clock for all the books of an installation, that of Paris: a trip returned there at 0:30 counts on the day people
lived it. A co-op under another clock may find an hour of its evening on another day.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BOOKKEEPING_ZONE = ZoneInfo("Europe/Paris")


def day_of(instant: datetime) -> date:
    """Return the day `instant` (aware) falls on in the books."""
    return instant.astimezone(BOOKKEEPING_ZONE).date()


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

"""What the samples of all places share: the views of pages, filled as a page would fill them."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kernel.period import Period

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 17, 20, tzinfo=PARIS)
ID = UUID(int=7)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


TOMORROW = Period(at(24, 18), at(24, 20))
WEEKEND = Period(at(28, 9), at(29, 19))

"""Periods of time: half-open, aware. The end belongs to what comes next."""

from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated

import msgspec

Aware = Annotated[datetime, msgspec.Meta(tz=True)]
EARLIEST, LATEST = (
    datetime(1900, 1, 1, tzinfo=UTC),
    datetime(9000, 1, 1, tzinfo=UTC),
)  # no zone or sum overflows between
_EVENING, MORNING = time(21), time(8)  # between them nobody is expected to answer


class Period(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """From `start` included to `end` excluded, both aware; kept in UTC so that a change of hour cannot bend it.

    `ValueError` (a clear 400 when it comes from outside) for naive times, an end not after its start, or
    a year out of reach.
    """

    start: Aware
    end: Aware

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs times with their offset")
        # In UTC before they are compared: two times of one zone compare by what clocks show, an hour wrong in October.
        msgspec.structs.force_setattr(self, "start", _utc(self.start))
        msgspec.structs.force_setattr(self, "end", _utc(self.end))
        if self.end <= self.start:
            raise ValueError("a period must end after it starts")

    @property
    def length(self) -> timedelta:
        """The time that really passes, whatever clocks show: 9 h for 23:00-07:00 on the night winter time begins."""
        return self.end - self.start

    @classmethod
    def of_day(cls, day: date, zone: tzinfo) -> "Period":
        """Return the whole of a local day, midnight to midnight: 23 or 25 hours long when clocks change."""
        return cls(datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone))

    def last_day(self, zone: tzinfo) -> date:
        """Return the last local day it touches: one that ends at midnight does not touch the next."""
        return (self.end - timedelta(microseconds=1)).astimezone(zone).date()

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two share an instant; meeting end to start is not sharing."""
        return self.start < other.end and other.start < self.end

    def within(self, other: "Period") -> "Period | None":
        """Return the part of this period that lies inside `other`, or `None` when the two share nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def widened(self, gap: timedelta) -> "Period":
        """Return this period with `gap` more on both sides."""
        return Period(max(self.start - gap, EARLIEST), min(self.end + gap, LATEST))

    def contains(self, instant: datetime) -> bool:
        """Tell whether `instant` is inside; the end is not."""
        return self.start <= instant < self.end


def in_waking_hours(deadline: datetime, zone: tzinfo) -> datetime:
    """Return the `deadline` (aware) by which a person is to answer, or the 8:00 after it where it falls after 21:00.

    Hours are those that clocks in `zone` show; the answer is in UTC.
    """
    local = deadline.astimezone(zone)
    if MORNING <= local.time() <= _EVENING:
        return deadline.astimezone(UTC)
    morning = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(morning, MORNING, zone).astimezone(UTC)


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later, or before; of a 29 February where there is none, the 1 March."""
    year = day.year + years
    is_none = (day.month, day.day) == (2, 29) and not isleap(year)
    return date(year, 3, 1) if is_none else day.replace(year=year)


def _utc(instant: datetime) -> datetime:
    try:
        reckoned = instant.astimezone(UTC)
    except OverflowError:
        reckoned = datetime.max.replace(tzinfo=UTC)
    if not EARLIEST <= reckoned <= LATEST:
        raise ValueError("that date is too far away")
    return reckoned

"""Days as a co-op lives them: a date begins at its own midnight, which two days a year is not 24 hours after the last.

Only conversions; the current time comes from the edge.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kernel.period import in_waking_hours


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the instant (UTC) at which `day` begins in an IANA time zone."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def end_of_day(day: date, time_zone: str) -> datetime:
    """Return the last instant of `day` in an IANA time zone, on the co-op's own clocks: any day has one."""
    return datetime.combine(day, time.max.replace(fold=1), ZoneInfo(time_zone))


def days_later(at: datetime, days: int, time_zone: str) -> datetime:
    """Return the instant (UTC) that many days after `at`, at the same hour on the co-op's clocks."""
    return (at.astimezone(ZoneInfo(time_zone)) + timedelta(days=days)).astimezone(UTC)


def vote_closes_at(at: datetime, days: int, time_zone: str) -> datetime:
    """Return the instant (UTC) until which one may vote, opened `at`: so many days later, never by night."""
    return in_waking_hours(days_later(at, days, time_zone), ZoneInfo(time_zone))


def first_day_from(at: datetime, time_zone: str) -> date:
    """Return the first local date that begins at `at` or after it."""
    today = at.astimezone(ZoneInfo(time_zone)).date()
    return today if start_of_day(today, time_zone) >= at else today + timedelta(days=1)

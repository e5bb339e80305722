"""The hours somebody usually takes, learned from what she took: the same weekday and hours, several weeks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from uuid import UUID

import msgspec

from kernel.period import Period

LOOKED_BACK = timedelta(weeks=12)
OFTEN = 3  # different days: twice may be chance
WEEKS_AHEAD = 4


class Had(msgspec.Struct, frozen=True, kw_only=True):
    """Hours that somebody had, or holds; `in_service` tells whether that vehicle can still be booked."""

    period: Period
    vehicle_id: UUID
    in_service: bool


class Usual(msgspec.Struct, frozen=True, kw_only=True):
    """The next hours somebody is likely to want, and the vehicle she has then most often."""

    period: Period
    vehicle_id: UUID


def usual_of(had: Sequence[Had], now: datetime, zone: tzinfo) -> Usual | None:
    """Return the hours that come next of those had often enough lately, on clocks in `zone`; `None` when none are.

    Hours that overlap some she holds already are passed over for the week after, and so are those that do not exist
    because clocks jump forward.
    """
    past = [one for one in had if now - LOOKED_BACK <= one.period.start <= now]
    alike = groupby(sorted(past, key=lambda one: _habit(one, zone)), key=lambda one: _habit(one, zone))
    found = [usual for _, ones in alike if (usual := _usual(list(ones), had, now, zone))]
    return min(found, key=lambda usual: usual.period, default=None)


def _usual(alike: Sequence[Had], had: Sequence[Had], now: datetime, zone: tzinfo) -> Usual | None:
    """Return what hours of one habit lead to, `None` when they are too few, or their vehicles are gone."""
    if len({one.period.start.astimezone(zone).date() for one in alike}) < OFTEN:
        return None
    latest_first = sorted(alike, key=lambda one: one.period.start, reverse=True)
    vehicles = Counter(one.vehicle_id for one in latest_first if one.in_service).most_common(1)
    held = [one.period for one in had if one.period.end > now]
    to_come = (period for period in _coming(alike[0], now, zone) if not any(map(period.overlaps, held)))
    period = next(to_come, None)
    return Usual(period=period, vehicle_id=vehicles[0][0]) if vehicles and period else None


def _habit(one: Had, zone: tzinfo) -> tuple[int, time, timedelta]:
    """Return what makes hours the same as others: the weekday, the hour of their start, and how much later they end."""
    start, end = _wall(one.period.start, zone), _wall(one.period.end, zone)
    return start.weekday(), start.time(), end - start


def _coming(one: Had, now: datetime, zone: tzinfo) -> Iterator[Period]:
    """Give the same hours of the weeks to come."""
    weekday, hour, later = _habit(one, zone)
    today = _wall(now, zone).date()
    for week in range(WEEKS_AHEAD + 1):
        day: date = today + timedelta(days=(weekday - today.weekday()) % 7 + 7 * week)
        walls = (datetime.combine(day, hour), datetime.combine(day, hour) + later)
        start, end = (wall.replace(tzinfo=zone) for wall in walls)
        if start > now and (_wall(start, zone), _wall(end, zone)) == walls and start < end:
            yield Period(start, end)


def _wall(instant: datetime, zone: tzinfo) -> datetime:
    """Return what clocks show at an instant: for an hour that does not exist, written in `zone`, another one."""
    return datetime.fromtimestamp(instant.timestamp(), zone).replace(tzinfo=None, fold=0)

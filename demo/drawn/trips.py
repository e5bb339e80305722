"""Trips people would like to make, drawn as French neighbours are known to make them.

Mix, lengths, hours, seasons and how long ahead people ask are those observed among sharing groups. Draws come from the
generator given: the same number draws the same wishes.
"""

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from demo.clock import ZONE, local
from kernel.period import Period


class Kind(NamedTuple):
    """A kind of trip: how many of a hundred trips, mean hours and km."""

    of_a_hundred: int
    hours: float
    km: float


BY_CAR = {
    "short": Kind(60, 2.8, 28),
    "day": Kind(30, 8.5, 75),
    "week-end": Kind(8, 44, 260),
    "holiday": Kind(2, 192, 850),
}
BY_BIKE = {"short": Kind(85, 1.8, 6), "day": Kind(15, 6, 18)}

_WEEKDAYS = (12, 12, 13, 12, 16, 20, 15)  # of a hundred trips, Monday first
_SEASON = {1: 0.8, 7: 1.35, 8: 1.35}  # by month
_LEADS = ((25, 0.2, 2), (25, 2, 24), (35, 24, 168), (15, 192, 1400))  # of a hundred; hours ahead, from and to
_SPREAD = 0.45  # of the logarithm: the long tail of real trips


class Trip(NamedTuple):
    """A trip someone would like: when asked, the hours wanted, the km it will really be."""

    asked_at: datetime
    period: Period
    km: int


def wanted(rng: Random, a_month: float, since: date, until: date, *, bike: bool = False) -> Iterator[Trip]:
    """Give the trips wanted with one vehicle that start from `since` to `until`, month by month."""
    first = since.replace(day=1)
    while first <= until:
        after = (first + timedelta(days=31)).replace(day=1)
        days = [first + timedelta(days=number) for number in range((after - first).days)]
        for _ in range(_poisson(rng, a_month * _SEASON.get(first.month, 1))):
            trip = _trip(rng, rng.choices(days, [_WEEKDAYS[day.weekday()] for day in days])[0], bike=bike)
            if since <= trip.period.start.astimezone(ZONE).date() <= until:
                yield trip
        first = after


def minutes_late(rng: Random) -> int:
    """Draw how late a vehicle comes back: 4 minutes at the median, over half an hour one time in six."""
    if rng.random() < 0.04:
        return rng.randint(120, 300)
    return max(round(rng.gauss(4, 28)), -90)


def _trip(rng: Random, day: date, *, bike: bool) -> Trip:
    kinds = BY_BIKE if bike else BY_CAR
    name = rng.choices(list(kinds), [kind.of_a_hundred for kind in kinds.values()])[0]
    if name in ("week-end", "holiday"):
        day += timedelta(days=4 - day.weekday() + rng.randint(0, 1))  # Friday or Saturday
    hour = rng.choice((8, 9, 10, 13, 14, 15, 16, 17))
    start = local(day, hour, rng.choice((0, 0, 30)))
    half_hours = max(round(2 * _long_tailed(rng, kinds[name].hours)), 2)
    km = 0 if rng.random() < 0.004 else max(round(_long_tailed(rng, kinds[name].km)), 1)
    return Trip(_asked_at(rng, start), Period(start, start + timedelta(minutes=30 * half_hours)), km)


def _asked_at(rng: Random, start: datetime) -> datetime:
    _, least, most = rng.choices(_LEADS, [lead[0] for lead in _LEADS])[0]
    asked = (start - timedelta(hours=rng.uniform(least, most))).replace(second=0, microsecond=0)
    there = asked.astimezone(ZONE)
    if 7 <= there.hour < 23:
        return asked
    evening = there.date() if there.hour >= 23 else there.date() - timedelta(days=1)
    return local(evening, 21, there.minute)


def _long_tailed(rng: Random, mean: float) -> float:
    return rng.lognormvariate(math.log(mean) - _SPREAD**2 / 2, _SPREAD)


def _poisson(rng: Random, mean: float) -> int:
    count, product, least = 0, rng.random(), math.exp(-mean)
    while product > least:
        count, product = count + 1, product * rng.random()
    return count

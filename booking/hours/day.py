"""From which hours of a day a vehicle can be had, and until when: what a ribbon of hours shows.

Half hours are looked at: a booking of other minutes is asked for by typing them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from booking.policies import AskedFor, GapKept, InThePast, TooShort, VehicleTaken, Wish, YoursAlready, why_not
from kernel.period import Aware, Period
from kernel.refused import Reason, Refused

HALF_HOUR, HOUR = timedelta(minutes=30), timedelta(hours=1)
TO_THE_HALF_HOUR, AT_ONCE = timedelta(hours=6), timedelta(days=1)

HourState = Literal["free", "taken", "yours", "no"]


class Hour(msgspec.Struct, frozen=True, kw_only=True):
    """An hour of a day: `start` is its first half hour that a booking can begin with, its own beginning when none can.

    `yours` are hours that the reader holds already; `no` is what a rule forbids.
    """

    start: Aware
    state: HourState


class DayHours(msgspec.Struct, frozen=True, kw_only=True):
    """The hours of a day that are not past; `why_not` is the rule in the way where it forbids all of them."""

    hours: tuple[Hour, ...]
    why_not: Reason | None


class FreeUntil(msgspec.Struct, frozen=True, kw_only=True):
    """Until when a vehicle can be had from `start` on; `why_no_later` is what stands in the way of more, if known."""

    start: Aware
    ends: tuple[Aware, ...]
    why_no_later: Reason | None


def hours_of(wish: Wish, day: Period) -> DayHours:
    """Return which hours of a day a vehicle can be had from, for the shortest booking there is.

    A day is as long as clocks make it: 23, 24 or 25 hours.
    """
    hours, forbidden = [], list[Refused]()
    for start in _every(HOUR, day.start, day.end - HOUR):
        halves = {at: _refusal(wish, at) for at in (start, start + HALF_HOUR)}
        free = next((at for at, refusal in halves.items() if refusal is None), None)
        refusal = next((found for found in halves.values() if not isinstance(found, InThePast)), None)
        if free is not None:
            hours.append(Hour(start=free, state="free"))
        elif refusal is not None:
            state = _state(refusal)
            hours.append(Hour(start=start, state=state))
            forbidden += [refusal] if state == "no" else []
    can = any(hour.state == "free" for hour in hours)
    return DayHours(hours=tuple(hours), why_not=forbidden[0].reason() if forbidden and not can else None)


def ends_after(start: datetime) -> Iterator[datetime]:
    """Give the ends that are offered first: each half hour for a while, then each whole hour of a day's length."""
    yield from _every(HALF_HOUR, start + HALF_HOUR, start + TO_THE_HALF_HOUR)
    whole = start + TO_THE_HALF_HOUR + (HALF_HOUR if start.minute % 60 else HOUR)
    yield from _every(HOUR, whole, start + AT_ONCE)


def ends_within(day: Period) -> Iterator[datetime]:
    """Give the whole hours of a day, its midnight the last."""
    yield from _every(HOUR, day.start + HOUR, day.end)


def ends_of(wish: Wish, start: datetime, ends: Iterable[datetime]) -> FreeUntil:
    """Return those of some ends, in order, until which a vehicle can be had from a start on."""
    found = list[datetime]()
    for end in ends:
        refusal = why_not(replace(wish, period=Period(start, end)))
        if refusal is None:
            found.append(end)
        elif not isinstance(refusal, TooShort):
            return FreeUntil(start=start, ends=tuple(found), why_no_later=refusal.reason())
    return FreeUntil(start=start, ends=tuple(found), why_no_later=None)


def _refusal(wish: Wish, start: datetime) -> Refused | None:
    least = timedelta(minutes=wish.rules.min_duration_minutes) if wish.rules else HALF_HOUR
    return why_not(replace(wish, period=Period(start, start + max(least, HALF_HOUR))))


def _state(refusal: Refused) -> HourState:
    if isinstance(refusal, YoursAlready):
        return "yours"
    return "taken" if isinstance(refusal, VehicleTaken | AskedFor | GapKept) else "no"


def _every(step: timedelta, first: datetime, last: datetime) -> Iterator[datetime]:
    """Give instants a step apart, from the first to the last included."""
    while first <= last:
        yield first
        first += step

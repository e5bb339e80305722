"""A vehicle's week: what is taken of each day, as strips and in words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from api.drawing.charts import Span
from booking.queries import BookingRow
from kernel.period import Period
from usecases.actor import Actor
from usecases.neighbours import Neighbours


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of one day that are not free, for the strip and for the table beside it."""

    span: Span
    name: str | None
    period: Period


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the week's strips; `now_minute` is the present minute when it is today."""

    day: date
    taken: Sequence[Taken]
    now_minute: int | None

    @property
    def spans(self) -> list[Span]:
        """What the strip draws."""
        return [taken.span for taken in self.taken]


def week_of(actor: Actor, promised: Sequence[BookingRow], neighbours: Neighbours) -> list[Day]:
    """Return the seven days from today on, each with what of it is promised and to whom."""
    return [_day(actor, actor.today + timedelta(days=ahead), promised, neighbours) for ahead in range(7)]


def _day(actor: Actor, day: date, promised: Sequence[BookingRow], neighbours: Neighbours) -> Day:
    whole = Period.of_day(day, actor.zone)
    taken = [
        _taken(actor, booking, part, whole, neighbours)
        for booking in promised
        if (held := booking.held) and (part := held.within(whole))
    ]
    minute = _minutes(actor.now, whole) if whole.contains(actor.now) else None
    return Day(day=day, taken=taken, now_minute=minute)


def _taken(actor: Actor, booking: BookingRow, part: Period, day: Period, neighbours: Neighbours) -> Taken:
    kind = "mine" if booking.driver_id == actor.me else "booked"
    span = Span(_minutes(part.start, day), _minutes(part.end, day), kind)
    return Taken(span=span, name=neighbours.member(booking.driver_id), period=part)


def _minutes(instant: datetime, day: Period) -> int:
    return int((instant - day.start).total_seconds() // 60)

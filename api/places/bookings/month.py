"""A month of a calendar, with my trips on it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec

from booking.queries import BookingRow, bookings_during
from kernel.period import Period
from usecases.actor import Actor
from usecases.neighbours import Neighbours

WEEK = timedelta(days=7)


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """A trip of mine that touches a day."""

    booking_id: UUID
    vehicle_name: str | None


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the calendar; those of the weeks at both ends may belong to the months beside."""

    day: date
    in_month: bool
    today: bool
    trips: Sequence[Stop]


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """A month in whole weeks from Monday on; `before` and `after` name its neighbours: `2026-10`."""

    first: date
    weeks: Sequence[Sequence[Cell]]

    @property
    def before(self) -> str:
        """The month before."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        """The month after."""
        return f"{self.first + timedelta(days=31):%Y-%m}"


def month_asked(actor: Actor, text: str) -> Month:
    """Return the month of a text like `2026-11`, this one when the text is no month people live in."""
    asked = re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text)
    first = date.fromisoformat(f"{text}-01") if asked else actor.today.replace(day=1)
    mondays = _mondays(first)
    whole = Period(_day(actor, mondays[0]).start, _day(actor, mondays[-1] + WEEK).start)
    mine = bookings_during(actor.connection, actor.keyring, actor.coop_id, actor.me, whole)
    neighbours = Neighbours(actor).meet(vehicles=(booking.vehicle_id for booking in mine))
    weeks = [
        [_cell(actor, monday + timedelta(days=ahead), first, mine, neighbours) for ahead in range(7)]
        for monday in mondays
    ]
    return Month(first=first, weeks=weeks)


def _mondays(first: date) -> list[date]:
    """Return the Mondays of the weeks that have a day in the month."""
    monday = first - timedelta(days=first.weekday())
    mondays = []
    while monday < first or monday.month == first.month:
        mondays.append(monday)
        monday += WEEK
    return mondays


def _cell(actor: Actor, day: date, first: date, mine: Sequence[BookingRow], neighbours: Neighbours) -> Cell:
    trips = [
        Stop(booking_id=booking.booking_id, vehicle_name=neighbours.vehicle(booking.vehicle_id))
        for booking in mine
        if booking.period.overlaps(_day(actor, day))
    ]
    return Cell(day=day, in_month=day.month == first.month, today=day == actor.today, trips=trips)


def _day(actor: Actor, day: date) -> Period:
    return Period.of_day(day, actor.zone)

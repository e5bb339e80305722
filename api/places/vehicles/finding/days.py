"""Any hours in a few taps: a day, then from when, then until when; all of it by links."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.vehicles.finding.availability import FIRST_DAYS, position_said
from api.places.vehicles.finding.hours import days_from
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.forms import TOO_FAR, Misread
from api.web.routes import page, question
from api.web.visit import Visit
from booking.hours.day import FreeUntil
from kernel.period import LATEST, Aware
from usecases.actor import Actor
from usecases.finding.day import VehicleDay, VehicleHours, fleet_on, vehicle_on

HOURS = f"{COOP}/vehicles/{{vehicle_id:uuid}}/hours"
LAST_DAY = LATEST.date() - timedelta(days=3)
MOST_RIBBONS = 12
"""So many vehicles at once: a ribbon is two dozen links."""


class DayAsked(msgspec.Struct, frozen=True):
    """The day a program asks for, and from when on, on the co-op's clocks."""

    day: Annotated[date | None, msgspec.Meta(description="today when not said, and when it is past")] = None
    start: Annotated[Aware | None, msgspec.Meta(description="from when on: until when is told too")] = None
    until: Annotated[date | None, msgspec.Meta(description="the day of its end, when it is not within a day")] = None


class DayOfFleet(View, frozen=True, kw_only=True):
    """A day, and from which of its hours some vehicles can be had; more follow the `last` of them, if any."""

    template: ClassVar[str] = "vehicles/finding/days.html"

    days: Sequence[date]
    day: date
    vehicles: Sequence[VehicleDay]
    last: UUID | None


class UntilWhen(msgspec.Struct, frozen=True):
    """The hours of one day until which a vehicle can be had."""

    day: date
    ends: Sequence[datetime]


class FromStart(msgspec.Struct, frozen=True):
    """Until when it can be had from a start on, day by day; `found` says why no later."""

    found: FreeUntil
    days: Sequence[UntilWhen]


class HoursOfVehicle(View, frozen=True, kw_only=True):
    """The hours of a day of one vehicle, or until when it can be had from `start` on, on the day `until` if said."""

    template: ClassVar[str] = "vehicles/finding/hours.html"

    days: Sequence[date]
    day: date
    hours: VehicleDay
    start: datetime | None
    until: date | None
    ends: Sequence[FromStart]


@page(f"{COOP}/availability/days", who="member")
def fleet_of_day(visit: Visit) -> Page:
    """Show from which hours of a day each vehicle can be had."""
    actor = visit.actor
    day = _asked(actor, read_query(visit.sent.query, DayAsked)).day or actor.today
    shown, more = fleet_on(actor, day, position_said(visit), after=visit.given_id("after"), most=MOST_RIBBONS)
    last = shown[-1].vehicle.vehicle_id if more else None
    return Page(DayOfFleet(days=days_from(actor.today, FIRST_DAYS), day=day, vehicles=shown, last=last))


@page(HOURS, who="member")
def hours_of_vehicle(visit: Visit, vehicle_id: UUID) -> Page:
    """Show from which hours of a day one vehicle can be had; from a start on, until when."""
    asked = read_query(visit.sent.query, DayAsked)
    found, asked = vehicle_hours(visit.actor, vehicle_id, asked), _asked(visit.actor, asked)
    view = HoursOfVehicle(
        days=days_from(asked.day if asked.start and asked.day else visit.actor.today, FIRST_DAYS),
        day=asked.day or visit.actor.today,
        hours=found.hours,
        start=asked.start,
        until=asked.until,
        ends=[FromStart(ends, _by_day(visit.actor, ends)) for ends in found.ends],
    )
    return Page(view)


@question(HOURS, who="member")
def vehicle_hours(actor: Actor, vehicle_id: UUID, query: DayAsked) -> VehicleHours:
    """From which hours of a day a vehicle can be had; from a start on, until when."""
    asked = _asked(actor, query)
    return vehicle_on(actor, vehicle_id, asked.day or actor.today, start=asked.start, until=asked.until)


def _asked(actor: Actor, asked: DayAsked) -> DayAsked:
    """Return what is asked of days to come: that of the start, where there is one; a past start is none.

    `Misread` at a day that no calendar reaches.
    """
    start = asked.start if asked.start and asked.start > actor.now - timedelta(hours=1) else None
    day = start.astimezone(actor.zone).date() if start else asked.day
    for name, reached in (("start" if start else "day", day), ("until", asked.until)):
        if reached and reached > LAST_DAY:
            raise Misread({name: TOO_FAR})
    return DayAsked(max(day, actor.today) if day else None, start, asked.until if start else None)


def _by_day(actor: Actor, found: FreeUntil) -> list[UntilWhen]:
    """Return some ends by their day; a midnight ends the day before it."""
    days: dict[date, list[datetime]] = {}
    for end in found.ends:
        days.setdefault((end - timedelta(minutes=1)).astimezone(actor.zone).date(), []).append(end)
    return [UntilWhen(day, ends) for day, ends in days.items()]

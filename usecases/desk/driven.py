"""Trips that are over, with the price at which each stands in the books; and whose a member may look at."""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from booking.driven import queries
from booking.driven.queries import By, DrivenRow
from booking.trip import trip_id
from kernel.period import Period
from kernel.refused import NotYours
from kernel.slice import Slice
from ledger.entries.listing import queries as books
from ledger.entries.listing.queries import trips_charged
from usecases.actor import Actor

FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """Which trips are meant: those that ended from one local day to another, of a vehicle, of a driver."""

    since: date | None = None
    until: date | None = None
    vehicle_id: UUID | None = None
    driver_id: UUID | None = None


class TripDone(msgspec.Struct, frozen=True, kw_only=True):
    """A trip that is over: whole km, and the price at which it stands in the books.

    Without a price it `waits` for somebody to say that its readings are right, cost nothing, or was undone.
    """

    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    started_at: datetime
    ended_at: datetime
    km: int
    waits: bool
    cents: int | None
    currency: str


class DrivenSummed(msgspec.Struct, frozen=True, kw_only=True):
    """How many trips there are, how far they went, and what their prices come to."""

    count: int
    km: int
    cents: int


def sees_all_trips(actor: Actor) -> bool:
    """Tell whether she looks at everyone's trips: whoever holds a role does."""
    return actor.member is not None and bool(actor.member.roles)


def hers_to_see(actor: Actor, days: Days) -> Days:
    """Return which trips a member asks for that she may see: hers alone, or all where she holds a role.

    Refuses (`NotYours`) the trips of another where she holds none.
    """
    if sees_all_trips(actor):
        return days
    if days.driver_id not in (None, actor.me):
        raise NotYours
    return msgspec.structs.replace(days, driver_id=actor.me)


def driven(actor: Actor, days: Days, *, by: By = "-when", after: str | None = None, most: int) -> Slice[TripDone]:
    """Return a slice of some trips with their prices; refuses a text that is not a cursor."""
    found = queries.trips_by(actor.connection, actor.coop_id, _narrowed(actor, days), by=by, after=after, most=most)
    trips = [trip_id(row.booking_id) for row in found.items]
    prices = trips_charged(actor.connection, actor.coop_id, trips)
    return found.mapped(lambda row: _driven(row, prices.get(trip_id(row.booking_id)), actor.currency))


def driven_summed(actor: Actor, days: Days) -> DrivenSummed:
    """Return what some trips come to."""
    far = queries.trips_summed(actor.connection, actor.coop_id, _narrowed(actor, days))
    which = books.Narrowed(since=days.since, until=days.until, vehicle_id=days.vehicle_id)
    cents = books.trips_summed(actor.connection, actor.coop_id, which, days.driver_id)
    return DrivenSummed(count=far.count, km=far.km, cents=cents)


def start_of(actor: Actor, day: date) -> datetime:
    """Return when a day began by the co-op's clocks; one nobody lives in is the first or the last that can be."""
    return Period.of_day(min(max(day, FIRST), LAST), actor.zone).start


def _narrowed(actor: Actor, days: Days) -> queries.TripsMeant:
    return queries.TripsMeant(
        since=start_of(actor, days.since) if days.since else None,
        before=start_of(actor, min(days.until, LAST) + timedelta(days=1)) if days.until else None,
        vehicle_id=days.vehicle_id,
        driver_id=days.driver_id,
    )


def _driven(row: DrivenRow, cents: int | None, currency: str) -> TripDone:
    plain = {name: getattr(row, name) for name in TripDone.__struct_fields__ if hasattr(row, name)}
    return TripDone(**plain, waits=row.odd, cents=cents, currency=currency)

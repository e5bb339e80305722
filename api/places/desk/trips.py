"""Trips that are over as a table: a member's own, or everyone's for whoever holds a role."""

from collections.abc import Sequence
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.accounts.entry import Since, Until
from api.places.tables import ROWS, Choices, OfMonth, Order, choices_of, first_day, last_day, order_of
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page, question
from api.web.visit import Visit
from booking.driven.queries import By
from kernel.money import Money
from kernel.slice import Slice, Wanted
from usecases.actor import Actor
from usecases.desk.driven import Days, DrivenSummed, TripDone, driven, driven_summed, hers_to_see, sees_all_trips
from usecases.neighbours import Neighbours

TRIPS = f"{COOP}/trips"


class TripsAsked(Wanted, frozen=True, kw_only=True):
    """Which trips are asked for, in which order, and which slice of them."""

    since: Since = None
    until: Until = None
    vehicle_id: Annotated[UUID | None, msgspec.Meta(description="only with this vehicle")] = None
    driver_id: Annotated[UUID | None, msgspec.Meta(description="only of this member")] = None
    sort: Annotated[By, msgspec.Meta(description="with a minus, falling")] = "-when"


class TableOfTrips(Wanted, frozen=True, kw_only=True):
    """What a table of trips is narrowed to, and in which order it stands."""

    month: OfMonth = None
    vehicle_id: UUID | None = None
    driver_id: UUID | None = None
    sort: By = "-when"

    @property
    def days(self) -> Days:
        """Which trips are meant."""
        if self.month is None:
            return Days(vehicle_id=self.vehicle_id, driver_id=self.driver_id)
        first = first_day(self.month)
        return Days(since=first, until=last_day(first), vehicle_id=self.vehicle_id, driver_id=self.driver_id)


class DrivenTrip(msgspec.Struct, frozen=True, kw_only=True):
    """A trip as a row, by the names of who drove what."""

    trip: TripDone
    driver_name: str | None
    vehicle_name: str | None

    @property
    def price(self) -> Money | None:
        """Its price, where it has one."""
        return None if self.trip.cents is None else Money(self.trip.cents, self.trip.currency)


class AllTrips(View, frozen=True, kw_only=True):
    """Some trips and what all of them come to; `everyone`: the co-op's, of which `driver_name` is the only driver."""

    template: ClassVar[str] = "desk/trips.html"

    trips: Sequence[DrivenTrip]
    summed: DrivenSummed
    sum: Money
    after: str | None
    order: Order
    choices: Choices
    me: UUID
    everyone: bool
    driver_name: str | None
    mine: bool


@page(TRIPS, who="member")
def all_trips(visit: Visit) -> Page:
    """Show trips that are over, sorted, narrowed and added up."""
    actor, asked = visit.actor, read_query(visit.sent.query, TableOfTrips)
    days = hers_to_see(actor, asked.days)
    found = driven(actor, days, by=asked.sort, after=asked.after, most=ROWS)
    summed = driven_summed(actor, days)
    view = AllTrips(
        trips=driven_rows(actor, found.items),
        summed=summed,
        sum=actor.money(summed.cents),
        after=found.after,
        order=order_of(visit, asked.sort),
        choices=choices_of(actor, month=asked.month, vehicle_id=asked.vehicle_id),
        me=actor.me,
        everyone=sees_all_trips(actor),
        driver_name=Neighbours(actor).member(days.driver_id),
        mine=days.driver_id == actor.me,
    )
    return Page(view)


@question(TRIPS, who="member")
def trips(actor: Actor, query: TripsAsked) -> Slice[TripDone]:
    """Trips that are over: my own, or for whoever holds a role everyone's or one driver's."""
    named = {name: getattr(query, name) for name in Days.__struct_fields__}
    return driven(actor, hers_to_see(actor, Days(**named)), by=query.sort, after=query.after, most=query.limit)


def driven_rows(actor: Actor, found: Sequence[TripDone]) -> list[DrivenTrip]:
    """Return trips as rows of a table; all that they name is asked for at once."""
    neighbours = Neighbours(actor).meet(
        members=(trip.driver_id for trip in found), vehicles=(trip.vehicle_id for trip in found)
    )
    return [
        DrivenTrip(
            trip=trip, driver_name=neighbours.member(trip.driver_id), vehicle_name=neighbours.vehicle(trip.vehicle_id)
        )
        for trip in found
    ]

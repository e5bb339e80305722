"""The book of a vehicle, open for every member: its trips, its readings, its costs, its damages."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places.accounts.month import Booked, booked_rows
from api.places.desk.trips import DrivenTrip, TableOfTrips, TripsAsked, driven_rows
from api.places.tables import ROWS, Choices, Order, choices_of, order_of
from api.places.vehicles.vehicle import VEHICLE
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page, question
from api.web.visit import Visit
from fleet.damages import DamageRow, damages_slice
from fleet.queries import VehicleLook, vehicle_look
from fleet.readings import ReadingRow, readings_slice
from kernel.money import Money
from kernel.slice import Slice, Wanted
from ledger.entries.listing.queries import By, Narrowed, entries_by, entries_summed
from ledger.entries.queries import BookedKind
from usecases.actor import Actor
from usecases.desk.driven import Days, DrivenSummed, TripDone, driven, driven_summed
from usecases.neighbours import Neighbours

COSTS: tuple[BookedKind, ...] = ("expense", "fuel")


class TableOfCosts(Wanted, frozen=True, kw_only=True):
    """In which order costs stand, and which slice of them."""

    sort: By = "-day"


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What was paid for a vehicle, a month of it where it is spread; whole cents. Its proof is its entry."""

    entry_id: UUID
    kind: BookedKind
    effective_on: date
    cents: int
    currency: str
    undone: bool


class ReadBy(msgspec.Struct, frozen=True):
    """A reading, and the name of who read it; `None` where nobody in particular did, or she was erased."""

    reading: ReadingRow
    name: str | None


class BookOfTrips(View, frozen=True, kw_only=True):
    """The trips of a vehicle, and what all of them come to."""

    template: ClassVar[str] = "desk/book_trips.html"

    vehicle: VehicleLook
    trips: Sequence[DrivenTrip]
    summed: DrivenSummed
    sum: Money
    after: str | None
    order: Order
    choices: Choices


class BookOfReadings(View, frozen=True, kw_only=True):
    """The readings of a vehicle's odometer, newest first."""

    template: ClassVar[str] = "desk/book_readings.html"

    vehicle: VehicleLook
    readings: Sequence[ReadBy]
    after: str | None
    order: Order


class BookOfCosts(View, frozen=True, kw_only=True):
    """What was paid for a vehicle, and what all of it comes to."""

    template: ClassVar[str] = "desk/book_costs.html"

    vehicle: VehicleLook
    costs: Sequence[Booked]
    count: int
    sum: Money
    after: str | None
    order: Order


class BookOfDamages(View, frozen=True, kw_only=True):
    """The damages seen on a vehicle, those that were mended too."""

    template: ClassVar[str] = "desk/book_damages.html"

    vehicle: VehicleLook
    damages: Sequence[DamageRow]
    after: str | None
    order: Order


@page(f"{VEHICLE}/trips", who="member")
def book_of_trips(visit: Visit, vehicle_id: UUID) -> Page:
    """Show the trips of a vehicle."""
    actor, asked, look = visit.actor, read_query(visit.sent.query, TableOfTrips), _look(visit.actor, vehicle_id)
    days = msgspec.structs.replace(asked.days, vehicle_id=vehicle_id)
    found, summed = driven(actor, days, by=asked.sort, after=asked.after, most=ROWS), driven_summed(actor, days)
    view = BookOfTrips(
        vehicle=look,
        trips=driven_rows(actor, found.items),
        summed=summed,
        sum=actor.money(summed.cents),
        after=found.after,
        order=order_of(visit, asked.sort),
        choices=choices_of(actor, month=asked.month),
    )
    return Page(view)


@question(f"{VEHICLE}/trips", who="member")
def trips_of_vehicle(actor: Actor, vehicle_id: UUID, query: TripsAsked) -> Slice[TripDone]:
    """The trips of a vehicle that are over, with their prices."""
    _look(actor, vehicle_id)
    days = Days(since=query.since, until=query.until, vehicle_id=vehicle_id, driver_id=query.driver_id)
    return driven(actor, days, by=query.sort, after=query.after, most=query.limit)


@page(f"{VEHICLE}/readings", who="member")
def book_of_readings(visit: Visit, vehicle_id: UUID) -> Page:
    """Show the readings of a vehicle's odometer."""
    actor, look, asked = visit.actor, _look(visit.actor, vehicle_id), read_query(visit.sent.query, Wanted)
    found = readings_slice(actor.connection, actor.coop_id, vehicle_id, after=asked.after, most=ROWS)
    neighbours = Neighbours(actor).meet(members=(row.read_by for row in found.items))
    rows = [ReadBy(row, neighbours.member(row.read_by)) for row in found.items]
    return Page(BookOfReadings(vehicle=look, readings=rows, after=found.after, order=order_of(visit, "")))


@page(f"{VEHICLE}/costs", who="member")
def book_of_costs(visit: Visit, vehicle_id: UUID) -> Page:
    """Show what was paid for a vehicle."""
    actor, look, asked = visit.actor, _look(visit.actor, vehicle_id), read_query(visit.sent.query, TableOfCosts)
    which = _costs(vehicle_id)
    found = entries_by(actor.connection, actor.coop_id, which, by=asked.sort, after=asked.after, most=ROWS)
    kinds = entries_summed(actor.connection, actor.coop_id, which)
    view = BookOfCosts(
        vehicle=look,
        costs=booked_rows(visit, found.items),
        count=sum(row.count for row in kinds),
        sum=actor.money(sum(row.cents for row in kinds)),
        after=found.after,
        order=order_of(visit, asked.sort),
    )
    return Page(view)


@question(f"{VEHICLE}/costs", who="member")
def costs_of_vehicle(actor: Actor, vehicle_id: UUID, query: TableOfCosts) -> Slice[Cost]:
    """What was paid for a vehicle: expenses, month by month where they are spread, and energy paid on the way."""
    _look(actor, vehicle_id)
    which, after, most = _costs(vehicle_id), query.after, query.limit
    found = entries_by(actor.connection, actor.coop_id, which, by=query.sort, after=after, most=most, of="costs")
    return found.mapped(
        lambda row: Cost(
            entry_id=row.entry_id,
            kind=row.kind,
            effective_on=row.effective_on,
            cents=row.moved_cents,
            currency=actor.currency,
            undone=row.reversed_by is not None,
        )
    )


@page(f"{VEHICLE}/damages", who="member")
def book_of_damages(visit: Visit, vehicle_id: UUID) -> Page:
    """Show the damages seen on a vehicle."""
    actor, look, asked = visit.actor, _look(visit.actor, vehicle_id), read_query(visit.sent.query, Wanted)
    found = damages_slice(
        actor.connection, actor.keyring, actor.coop_id, vehicle_id, mended=True, after=asked.after, most=ROWS
    )
    return Page(BookOfDamages(vehicle=look, damages=found.items, after=found.after, order=order_of(visit, "")))


def _look(actor: Actor, vehicle_id: UUID) -> VehicleLook:
    return vehicle_look(actor.connection, actor.coop_id, vehicle_id)


def _costs(vehicle_id: UUID) -> Narrowed:
    return Narrowed(vehicle_id=vehicle_id, kinds=COSTS)

"""One vehicle: where, keys, week, price and why, papers, damage, neighbours' plans; and the fleet for programs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.photos.sent import kept_photo
from api.places.vehicles.finding.availability import position_said
from api.places.vehicles.finding.hours import hours_asked
from api.places.vehicles.week import Day, week_of
from api.speech.called import NamedOwner
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from booking.queries import BookingRow, plans
from fleet import queries
from fleet.catalogue import MOTOR_VEHICLES, PaperKind, Part, parts_of
from fleet.damages import DamageRow, known_damages
from fleet.papers.queries import PaperRow
from fleet.readings import ReadingRow, readings_slice
from kernel.period import Period
from kernel.slice import Slice, Wanted
from usecases.actor import Actor
from usecases.driving.gaps import Breaks, breaks
from usecases.driving.terms import Terms, terms_of
from usecases.finding.availability import position_of, walk_m
from usecases.neighbours import Neighbours
from usecases.upkeep import looks_after_vehicle

PLANS_SHOWN = timedelta(days=60)
BREAKS_SHOWN = 3
VEHICLES = f"{COOP}/vehicles"
VEHICLE = f"{VEHICLES}/{{vehicle_id:uuid}}"


class Outing(msgspec.Struct, frozen=True):
    """Where a neighbour goes with it, and when."""

    name: str | None
    period: Period
    destination: str | None


class OneVehicle(View, frozen=True, kw_only=True):
    """All about one vehicle, for any member.

    `hours` are those carried along from a search; `kept_photo` came with a report that was refused. Until the end of
    `papers_by` it is had without the papers it lacks.
    """

    template: ClassVar[str] = "vehicles/vehicle.html"

    vehicle: queries.VehicleCard
    plate: str | None
    owners: Sequence[NamedOwner]
    walk_m: int | None
    terms: Terms
    can_edit: bool
    week: Sequence[Day]
    outings: Sequence[Outing]
    papers: Sequence[PaperRow]
    papers_by: date | None
    damages: Sequence[DamageRow]
    breaks: Breaks
    parts: Sequence[Part]
    kept_photo: UUID | None
    hours: Period | None

    @property
    def bookable(self) -> bool:
        """Whether it can be booked at all."""
        return self.terms.rate is not None and self.terms.why_not is None

    @property
    def lapsed(self) -> bool:
        """Whether a paper it needs is out of date."""
        return any(paper.needed and paper.state == "past_due" for paper in self.papers)

    @property
    def waits_for(self) -> Sequence[PaperKind]:
        """The papers it waits for where some never came, those out of date among them."""
        if self.vehicle.left_at or not any(paper.needed and paper.state == "missing" for paper in self.papers):
            return ()
        return [paper.kind for paper in self.papers if paper.lacks]


@page(VEHICLE, who="member")
def show_vehicle(visit: Visit, vehicle_id: UUID) -> Page:
    """Show a vehicle to a member."""
    actor = visit.actor
    found = queries.vehicle_page(actor.connection, actor.coop_id, vehicle_id, on=actor.today)
    vehicle, motor = found.card, found.card.kind in MOTOR_VEHICLES
    promised, owners = _promised(actor, vehicle_id), [owner.member_id for owner in vehicle.owners]
    neighbours = Neighbours(actor).meet(members=[*owners, *(booking.driver_id for booking in promised)])
    view = OneVehicle(
        vehicle=vehicle,
        plate=found.plate,
        owners=_owners(vehicle, neighbours),
        walk_m=walk_m(position_said(visit) or position_of(actor), vehicle.home),
        terms=terms_of(actor, found),
        can_edit=looks_after_vehicle(actor, vehicle_id),
        week=week_of(actor, promised, neighbours),
        outings=_outings(promised, neighbours),
        papers=[paper for paper in found.papers if paper.state != "missing" or motor],
        papers_by=found.papers_by if found.papers_by and actor.today <= found.papers_by else None,
        damages=known_damages(actor.connection, actor.keyring, actor.coop_id, vehicle_id),
        breaks=breaks(actor, vehicle_id, BREAKS_SHOWN),
        parts=parts_of(vehicle.kind),
        kept_photo=kept_photo(visit, "photo"),
        hours=_hours(visit),
    )
    return Page(view)


@question(VEHICLES, who="member")
def fleet(actor: Actor, query: Wanted) -> Slice[queries.VehicleCard]:
    """The vehicles in service, by name."""
    after, most = query.after, query.limit
    return queries.vehicles_slice(actor.connection, actor.coop_id, on=actor.today, after=after, most=most)


@question(VEHICLE, who="member")
def vehicle(actor: Actor, vehicle_id: UUID) -> queries.VehiclePage:
    """A vehicle, in service or not; never the code of its key box."""
    return queries.vehicle_page(actor.connection, actor.coop_id, vehicle_id, on=actor.today)


@question(f"{VEHICLE}/terms", who="member")
def terms(actor: Actor, vehicle_id: UUID) -> Terms:
    """On which terms I may have it: its rate, whether its owner is asked, why nobody can have it."""
    return terms_of(actor, vehicle(actor, vehicle_id))


@question(f"{VEHICLE}/readings", who="member")
def readings(actor: Actor, vehicle_id: UUID, query: Wanted) -> Slice[ReadingRow]:
    """The readings of its odometer, newest first; with an anomaly, one does not count."""
    known = queries.vehicle_look(actor.connection, actor.coop_id, vehicle_id)
    return readings_slice(actor.connection, actor.coop_id, known.vehicle_id, after=query.after, most=query.limit)


@question(f"{VEHICLE}/gaps", who="member")
def unexplained(actor: Actor, vehicle_id: UUID) -> Breaks:
    """Kilometres that no trip tells of (its odometer showed more as keys were taken), and trips that overlap."""
    return breaks(actor, queries.vehicle_look(actor.connection, actor.coop_id, vehicle_id).vehicle_id)


def _promised(actor: Actor, vehicle_id: UUID) -> list[BookingRow]:
    """Return the bookings of a vehicle from this morning on, for two months."""
    span = Period(Period.of_day(actor.today, actor.zone).start, actor.now + PLANS_SHOWN)
    return plans(actor.connection, actor.keyring, actor.coop_id, vehicle_id, span)


def _hours(visit: Visit) -> Period | None:
    """Return the hours carried along from a search; `None` when none are, or they make no sense."""
    hours = hours_asked(visit)
    return None if hours.refused or not visit.sent.query.get("start") else hours.period


def _outings(promised: Sequence[BookingRow], neighbours: Neighbours) -> list[Outing]:
    return [
        Outing(neighbours.member(booking.driver_id), booking.period, booking.destination)
        for booking in promised
        if booking.destination or booking.flexible
    ]


def _owners(vehicle: queries.VehicleCard, neighbours: Neighbours) -> list[NamedOwner]:
    whole, several = sum(owner.parts for owner in vehicle.owners), vehicle.sharing == "co_owned"
    return [
        NamedOwner(neighbours.member(owner.member_id), owner.parts if several else None, whole)
        for owner in vehicle.owners
    ]

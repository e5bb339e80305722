"""One vehicle: where, keys, week, price and why, papers, damage, neighbours' plans; and the fleet for programs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places.photos.sent import kept_photo
from api.places.vehicles.availability import position_said
from api.places.vehicles.hours import hours_asked
from api.places.vehicles.week import Day, week_of
from api.speech.called import Owner
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from booking.policies import NotInService, PapersExpired
from booking.queries import BookingRow, plans
from fleet import queries
from fleet.catalogue import MOTOR_VEHICLES, Part, parts_of
from fleet.readings import ReadingRow, latest_readings
from kernel.period import Period
from kernel.refused import Reason
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import Rate
from usecases.actor import Actor
from usecases.bringing_in import looks_after_vehicle
from usecases.driving.finding import position_of, walk_m
from usecases.neighbours import Neighbours

PLANS_SHOWN = timedelta(days=60)
VEHICLES = "/coops/{coop_id:uuid}/vehicles"
VEHICLE = f"{VEHICLES}/{{vehicle_id:uuid}}"


class Plan(msgspec.Struct, frozen=True):
    """Where a neighbour goes with it, and when."""

    name: str | None
    period: Period
    destination: str | None


class OneVehicle(View, frozen=True, kw_only=True):
    """All about one vehicle, for any member. `rate` is `None` in the first moments of a new one, which has none yet.

    `hours` are those carried along from a search; `kept_photo` came with a report that was refused.
    """

    template: ClassVar[str] = "vehicles/vehicle.html"

    vehicle: queries.VehicleCard
    plate: str | None
    owners: Sequence[Owner]
    walk_m: int | None
    needs_approval: bool
    rate: Rate | None
    why_not: Reason | None
    can_edit: bool
    week: Sequence[Day]
    plans: Sequence[Plan]
    papers: Sequence[queries.PaperRow]
    damages: Sequence[queries.DamageRow]
    parts: Sequence[Part]
    kept_photo: UUID | None
    hours: Period | None

    @property
    def bookable(self) -> bool:
        """Whether it can be booked at all."""
        return self.rate is not None and self.why_not is None


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
        needs_approval=vehicle.sharing == "lent" and actor.me not in owners,
        rate=_rate(actor, vehicle_id),
        why_not=_why_not(found),
        can_edit=looks_after_vehicle(actor, vehicle_id),
        week=week_of(actor, promised, neighbours),
        plans=_plans(promised, neighbours),
        papers=[paper for paper in found.papers if paper.state != "missing" or motor],
        damages=queries.known_damages(actor.connection, actor.keyring, actor.coop_id, vehicle_id),
        parts=parts_of(vehicle.kind),
        kept_photo=kept_photo(visit, "photo"),
        hours=_hours(visit),
    )
    return Page(view)


@question(VEHICLES, who="member")
def fleet(actor: Actor) -> tuple[queries.VehicleCard, ...]:
    """The vehicles in service, by name."""
    return queries.vehicles_in_service(actor.connection, actor.coop_id, on=actor.today)


@question(VEHICLE, who="member")
def vehicle(actor: Actor, vehicle_id: UUID) -> queries.VehiclePage:
    """A vehicle, in service or not; never the code of its key box."""
    return queries.vehicle_page(actor.connection, actor.coop_id, vehicle_id, on=actor.today)


@question(f"{VEHICLE}/readings", who="member")
def readings(actor: Actor, vehicle_id: UUID) -> tuple[ReadingRow, ...]:
    """The last 50 readings of its odometer, newest first; with an anomaly, one does not count."""
    known = vehicle(actor, vehicle_id).card
    return tuple(latest_readings(actor.connection, actor.coop_id, known.vehicle_id))


def _promised(actor: Actor, vehicle_id: UUID) -> list[BookingRow]:
    """Return the bookings of a vehicle from this morning on, for two months."""
    span = Period(Period.of_day(actor.today, actor.zone).start, actor.now + PLANS_SHOWN)
    return plans(actor.connection, actor.keyring, actor.coop_id, vehicle_id, span)


def _rate(actor: Actor, vehicle_id: UUID) -> Rate | None:
    tariff = tariffs(actor.connection, actor.coop_id, actor.now, [vehicle_id]).get(vehicle_id)
    return tariff.rate if tariff else None


def _hours(visit: Visit) -> Period | None:
    """Return the hours carried along from a search; `None` when none are, or they make no sense."""
    hours = hours_asked(visit)
    return None if hours.refused or not visit.sent.query.get("start") else hours.period


def _plans(promised: Sequence[BookingRow], neighbours: Neighbours) -> list[Plan]:
    return [
        Plan(neighbours.member(booking.driver_id), booking.period, booking.destination)
        for booking in promised
        if booking.destination or booking.flexible
    ]


def _owners(vehicle: queries.VehicleCard, neighbours: Neighbours) -> list[Owner]:
    whole, several = sum(owner.parts for owner in vehicle.owners), vehicle.sharing == "co_owned"
    return [
        Owner(neighbours.member(owner.member_id), owner.parts if several else None, whole) for owner in vehicle.owners
    ]


def _why_not(found: queries.VehiclePage) -> Reason | None:
    """Return what keeps everybody from booking it: it left service, or one of its papers is past its last day."""
    if found.card.left_at is not None:
        return NotInService().reason()
    if found.card.kind not in MOTOR_VEHICLES:
        return None
    past = (paper for paper in found.papers if paper.kind in found.card.past_due and paper.valid_until)
    return next((PapersExpired(paper=paper.kind, until=paper.valid_until).reason() for paper in past), None)

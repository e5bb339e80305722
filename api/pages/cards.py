"""Vehicles as the pages show them for some hours: what four contexts know of each, on one card."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from api.drawing.pictures import tint_of
from api.near import walk_m
from api.web.asking import Asking
from api.web.refusals import said
from booking import queries as bookings
from booking.policies import VehicleTaken
from fleet.queries import VehicleCard, vehicles_in_service
from governance.queries import names_of
from kernel.money import Money
from kernel.period import Period
from ledger.pricing.price import estimate
from ledger.pricing.queries import TariffRow, tariffs

HOUR = 3600
KM_AN_HOUR, KM_A_DAY = 10, 80  # what neighbours drive in a booking: 28 km in 2.8 h, 75 km in a day


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle for some hours: where, at what price, and why not when it cannot be had."""

    vehicle_id: UUID
    name: str
    kind: str
    tint: int
    photo_url: str | None
    place: str
    walk_m: int | None
    needs_approval: bool
    owner_name: str
    estimate: Money
    estimate_km: int
    per_km: Decimal
    per_hour: Decimal
    why: str | None
    free_from: Any


def cards(asking: Asking, period: Period) -> tuple[list[Card], list[Card]]:
    """Return the vehicles that can be had for these hours, nearest first, and the others with why not."""
    connection, coop_id = asking.connection, asking.coop_id
    today = asking.now.astimezone(asking.zone).date()
    fleet = {each.vehicle_id: each for each in vehicles_in_service(connection, coop_id, on=today)}
    prices = tariffs(connection, coop_id, asking.now)
    lending = [owner.member_id for each in fleet.values() for owner in each.owners]
    names = names_of(connection, coop_id, lending)
    found = bookings.search(connection, coop_id, asking.me, period, at=asking.now, zone=asking.here.time_zone)
    made = [
        _card(asking, each, fleet[each.vehicle_id], prices[each.vehicle_id], names, period)
        for each in found
        if each.vehicle_id in fleet and each.vehicle_id in prices
    ]
    free = sorted((card for card in made if card.why is None), key=lambda card: (_far(card), card.estimate.cents))
    return free, [card for card in made if card.why is not None]


def my_position(asking: Asking) -> tuple[Decimal, Decimal] | None:
    """Return where the reader is: what her phone just said, else what her profile says."""
    form = asking.form if asking.form.text("latitude") else None
    if form is None and asking.sent.query.get("latitude"):
        form = type(asking.form)({name: [asking.sent.query.get(name, "")] for name in ("latitude", "longitude")})
    if form:
        latitude, longitude = form.degrees("latitude", 90), form.degrees("longitude", 180)
        if latitude is not None and longitude is not None:
            return latitude, longitude
    person = asking.person
    if person and person.latitude is not None and person.longitude is not None:
        return person.latitude, person.longitude
    return None


def walk_to(asking: Asking, vehicle: VehicleCard) -> int | None:
    """Return the metres to walk to where a vehicle lives, when both places are known."""
    home = vehicle.home
    there = (home.latitude, home.longitude) if home.latitude is not None and home.longitude is not None else None
    return walk_m(my_position(asking), there)


def usual_km(period: Period) -> int:
    """Return the kilometres people usually drive in as many hours: what an estimate is made for."""
    hours = period.length.total_seconds() / HOUR
    days = int(hours // 24)
    return max(5, days * KM_A_DAY + min(KM_A_DAY, round((hours - 24 * days) * KM_AN_HOUR)))


def _card(
    asking: Asking,
    found: bookings.Found,
    vehicle: VehicleCard,
    tariff: TariffRow,
    names: Mapping[UUID, str],
    period: Period,
) -> Card:
    km = usual_km(period)
    photo = f"/coops/{asking.coop_id}/photos/{vehicle.photo_id}" if vehicle.photo_id else None
    taken = found.refusal if isinstance(found.refusal, VehicleTaken) else None
    return Card(
        vehicle_id=vehicle.vehicle_id,
        name=vehicle.name,
        kind=vehicle.kind,
        tint=tint_of(vehicle.name),
        photo_url=photo,
        place=vehicle.home.text,
        walk_m=walk_to(asking, vehicle),
        needs_approval=found.needs_approval,
        owner_name=next((names.get(owner.member_id, "") for owner in vehicle.owners), ""),
        estimate=Money(estimate(tariff.rate, period, km).cents),
        estimate_km=km,
        per_km=tariff.rate.per_km,
        per_hour=tariff.rate.per_hour,
        why=said(found.refusal, asking.words) if found.refusal else None,
        free_from=taken.details["end"] if taken else None,
    )


def _far(card: Card) -> float:
    return float("inf") if card.walk_m is None else card.walk_m

"""Who is free for some hours, near, at what price; and why the others are not: what four contexts know of each."""

import math
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from booking.hours import queries as hours
from fleet.catalogue import Energy, VehicleKind
from fleet.events import Place
from fleet.queries import VehicleCard, vehicles_in_service
from kernel.money import Money
from kernel.period import Period
from kernel.refused import Reason
from ledger.pricing.price import Price, estimate
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import Rate
from usecases.actor import Actor
from usecases.driving.keys import HasKeys, who_have_keys
from usecases.neighbours import Neighbours

HOUR = 3600
KM_AN_HOUR, KM_A_DAY = 10, 80  # what neighbours drive in a booking: 28 km in 2.8 h, 75 km in a day
MOST_KM = 5_000  # that a price is asked for: further nobody drives in one booking
EARTH_M = 6_371_000
DETOUR = 1.3  # usual ratio of streets to a straight line in a village

Degrees = tuple[Decimal, Decimal]
"""Latitude and longitude, WGS 84."""


class Availability(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle for some hours, for any member: where, at what price, and why not when it cannot be had.

    `owner_id` says who answers a request where one is needed, `owner_name` what she is called (`None` once erased);
    `walk_m` is from where the reader is, when both places are known; `estimate` is for `estimate_km`;
    `free_from` is from when it can be had for as long, within a day. `late` is the driver who still has its keys though
    her hours are over.
    """

    vehicle_id: UUID
    name: str
    kind: VehicleKind
    energy: Energy
    colour: str | None
    photo_id: UUID | None
    place: str
    walk_m: int | None
    needs_approval: bool
    owner_id: UUID | None
    owner_name: str | None
    estimate: Money
    estimate_km: int
    per_km: Decimal
    per_hour: Decimal
    free: bool
    why_not: Reason | None
    free_from: datetime | None
    late: HasKeys | None


def availability(
    actor: Actor, period: Period, position: Degrees | None = None, km: int | None = None
) -> tuple[Availability, ...]:
    """Return every priced vehicle for these hours: those that can be had first, nearest first, the others by name.

    `position` is where the reader is now; what her profile says when it is not said. Prices are for `km` whole km;
    for those people usually drive in as many hours when it is not said.
    """
    distance_km = usual_km(period) if km is None else km
    in_service = vehicles_in_service(actor.connection, actor.coop_id, on=actor.today)
    fleet = {vehicle.vehicle_id: vehicle for vehicle in in_service}
    prices = tariffs(actor.connection, actor.coop_id, actor.now)
    neighbours = Neighbours(actor).meet(members=(owner.member_id for vehicle in in_service for owner in vehicle.owners))
    zone = actor.my_coop.time_zone
    searched = hours.search(actor.connection, actor.coop_id, actor.me, period, at=actor.now, zone=zone)
    known = {found.vehicle_id: found for found in searched if found.vehicle_id in fleet and found.vehicle_id in prices}
    start, keys = position or position_of(actor), who_have_keys(actor)
    late = {vehicle_id: has for vehicle_id, has in keys.items() if has.late}
    offers = [
        _offer(found, fleet[vehicle_id], rate, estimate(rate, period, distance_km), neighbours, start, late)
        for vehicle_id, found in known.items()
        for rate in [prices[vehicle_id].rate]
    ]
    return tuple(sorted(offers, key=_free_and_near_first))


def position_of(actor: Actor) -> Degrees | None:
    """Return where the reader's profile says that she lives, or `None`."""
    person = actor.person
    if person is None or person.latitude is None or person.longitude is None:
        return None
    return person.latitude, person.longitude


def walk_m(start: Degrees | None, place: Place) -> int | None:
    """Return whole metres to walk to a place: the distance in a straight line, made longer as streets make it.

    `None` when one of both is unknown. (Haversine formula.)
    """
    if start is None or place.latitude is None or place.longitude is None:
        return None
    (lat_1, lon_1), (lat_2, lon_2) = map(_radians, (start, (place.latitude, place.longitude)))
    half = math.sin((lat_2 - lat_1) / 2) ** 2
    half += math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    return round(2 * EARTH_M * math.asin(math.sqrt(half)) * DETOUR)


def usual_km(period: Period) -> int:
    """Return the kilometres people usually drive in as many hours: what an estimate is made for."""
    hours = period.length.total_seconds() / HOUR
    days = int(hours // 24)
    return max(5, days * KM_A_DAY + min(KM_A_DAY, round((hours - 24 * days) * KM_AN_HOUR)))


def _offer(
    found: hours.Found,
    vehicle: VehicleCard,
    rate: Rate,
    expected: Price,
    neighbours: Neighbours,
    start: Degrees | None,
    late: Mapping[UUID, HasKeys],
) -> Availability:
    owner_id = vehicle.owners[0].member_id if vehicle.owners else None
    return Availability(
        vehicle_id=vehicle.vehicle_id,
        name=vehicle.name,
        kind=vehicle.kind,
        energy=vehicle.energy,
        colour=vehicle.colour,
        photo_id=vehicle.photo_id,
        place=vehicle.home.text,
        walk_m=walk_m(start, vehicle.home),
        needs_approval=found.needs_approval,
        owner_id=owner_id,
        owner_name=neighbours.member(owner_id),
        estimate=expected.amount,
        estimate_km=expected.km,
        per_km=rate.per_km,
        per_hour=rate.per_hour,
        free=found.refusal is None,
        why_not=found.refusal.reason() if found.refusal else None,
        free_from=found.free_from,
        late=late.get(vehicle.vehicle_id),
    )


def _free_and_near_first(offer: Availability) -> tuple[bool, float, int]:
    if not offer.free:
        return True, 0, 0
    return False, math.inf if offer.walk_m is None else offer.walk_m, offer.estimate.cents


def _radians(degrees: Degrees) -> tuple[float, float]:
    return math.radians(degrees[0]), math.radians(degrees[1])

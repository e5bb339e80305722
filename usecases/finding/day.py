"""The hours of a day, vehicle by vehicle: from which each can be had, and until when."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from booking.hours.day import (
    AT_ONCE,
    HALF_HOUR,
    DayHours,
    FreeUntil,
    ends_after,
    ends_of,
    ends_within,
    hours_of,
)
from booking.hours.queries import wishes
from booking.policies import Wish
from fleet.queries import VehicleCard, vehicles_in_service
from kernel.period import Period
from kernel.refused import Unknown
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import Rate
from usecases.actor import Actor
from usecases.finding.availability import Degrees, position_of, walk_m
from usecases.neighbours import Neighbours

AROUND = timedelta(days=1)
"""Beside a day, so much of what is taken is known: a booking at its last hour may be as long as the rules ask."""


class VehicleDay(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle and the hours of a day that it can be had from, for any member.

    `walk_m` is from where the reader is, when both places are known; `owner_name` says who answers a request where one
    is needed (`None` once erased).
    """

    vehicle: VehicleCard
    walk_m: int | None
    rate: Rate
    needs_approval: bool
    owner_name: str | None
    day: DayHours


class VehicleHours(msgspec.Struct, frozen=True, kw_only=True):
    """The hours of a day of one vehicle; from a start on, until when it can be had: from it and half an hour later."""

    hours: VehicleDay
    ends: tuple[FreeUntil, ...]


def fleet_on(
    actor: Actor, day: date, position: Degrees | None, *, after: UUID | None, most: int
) -> tuple[list[VehicleDay], bool]:
    """Return some of the priced vehicles on a day, nearest first, and whether more follow; `Unknown` after no vehicle.

    However many there are, as many questions are asked.
    """
    known = _Known(actor, Period.of_day(day, actor.zone).widened(AROUND), position)
    first = 0
    if after is not None:
        first = next((at for at, card in enumerate(known.fleet, start=1) if card.vehicle_id == after), 0)
        if not first:
            raise Unknown
    shown = known.fleet[first : first + most]
    return known.days(shown, day), first + most < len(known.fleet)


def vehicle_on(
    actor: Actor, vehicle_id: UUID, day: date, *, start: datetime | None = None, until: date | None = None
) -> VehicleHours:
    """Return the hours of one vehicle on a day; from a `start` on, until when it can be had, that day or another.

    `Unknown` when it is not in service, or has no price yet.
    """
    zone = actor.zone
    last = Period.of_day(until, zone) if until else None
    span = Period.of_day(day, zone).widened(AROUND)
    if start:
        span = Period(min(span.start, start), max(span.end, start + AT_ONCE, last.end if last else span.end))
    known = _Known(actor, span, None)
    card = next((card for card in known.fleet if card.vehicle_id == vehicle_id), None)
    if card is None:
        raise Unknown
    [hours] = known.days([card], day)
    found = _ends(known.wishes[vehicle_id], start, last) if start else ()
    return VehicleHours(hours=hours, ends=tuple(found))


def _ends(wish: Wish, start: datetime, last: Period | None) -> Iterator[FreeUntil]:
    """Give the ends after a start and after half an hour later, should that be in the same hour and possible too."""
    for later in (start, start + HALF_HOUR):
        offered = ends_within(last) if last else ends_after(later)
        found = ends_of(wish, later, (end for end in offered if end > later))
        if later == start or (start.minute < HALF_HOUR.seconds // 60 and found.ends):
            yield found


class _Known:
    """What is asked once of all vehicles for a span of hours."""

    def __init__(self, actor: Actor, span: Period, position: Degrees | None) -> None:
        connection, coop_id = actor.connection, actor.coop_id
        self._actor, self._from = actor, position or position_of(actor)
        self._prices = tariffs(connection, coop_id, actor.now)
        zone = actor.my_coop.time_zone
        self.wishes = wishes(connection, coop_id, actor.me, span, at=actor.now, zone=zone)
        in_service = vehicles_in_service(connection, coop_id, on=actor.today)
        priced = (card for card in in_service if card.vehicle_id in self.wishes and card.vehicle_id in self._prices)
        self.fleet: list[VehicleCard] = sorted(priced, key=self._near_first)

    def days(self, cards: Sequence[VehicleCard], day: date) -> list[VehicleDay]:
        """Return these vehicles on a day."""
        owners = {card.vehicle_id: next((owner.member_id for owner in card.owners), None) for card in cards}
        neighbours = Neighbours(self._actor).meet(members=(owner for owner in owners.values() if owner))
        whole = Period.of_day(day, self._actor.zone)
        return [
            VehicleDay(
                vehicle=card,
                walk_m=walk_m(self._from, card.home),
                rate=self._prices[card.vehicle_id].rate,
                needs_approval=wish.calendar.needs_approval(self._actor.me),
                owner_name=neighbours.member(owners[card.vehicle_id]),
                day=hours_of(wish, whole),
            )
            for card in cards
            for wish in [self.wishes[card.vehicle_id]]
        ]

    def _near_first(self, card: VehicleCard) -> float:
        metres = walk_m(self._from, card.home)
        return math.inf if metres is None else metres

"""A booking and the trip made of it: whom it concerns, the one thing to do now, and what its driver needs to know."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from booking import queries
from booking.booking import TIME_TO_TELL
from booking.queries import BookingRow, BookingStatus
from fleet.queries import VehicleCard, VehiclePage, access_code, vehicle_card, vehicle_page
from governance.rules.catalogue import CATALOGUE
from governance.rules.queries import rules_in_force
from kernel.refused import Unknown
from usecases.actor import Actor
from usecases.driving.accepting import may_accept
from usecases.driving.keys import Beside, HasKeys, Reached, who_hands_over, who_is_beside, with_whom
from usecases.driving.losing import sets_right_for_coop
from usecases.upkeep import looks_after_vehicle, owns_some_of

EARLIEST = timedelta(minutes=int(CATALOGUE["early_take_minutes"].high))
"""Sooner than this before its hours, no co-op lets anyone take a vehicle's keys."""

ToDo = Literal["wait", "ready", "take_keys", "return", "late", "tell", "none"]
"""What a booking's driver can do now: wait for a yes, wait for the hour, take the keys, return (late), or nothing.

`tell`: its hours are over and nobody took the keys: she tells of the trip she made, or that there was none.
"""

State = BookingStatus | Literal["late", "untold"]
"""How a booking stands at an instant: on the road past its hours (late), or over without a word of a trip (untold)."""


class ToKnow(msgspec.Struct, frozen=True, kw_only=True):
    """What to know of a booking's vehicle, and the one thing its driver, who reads, can do now.

    `handbook` and `access_code`, the code of its key box, are told to some alone (`usecases/readers.py`).
    `with_another` is the other driver who has its keys, `None` when no other has. `hand_over` are those who hand them
    over, or have the spare one; `before` and `after` who has the vehicle just before and just after.
    """

    vehicle_id: UUID
    to_do: ToDo
    plate: str | None
    colour: str | None
    handbook: str | None
    access_code: str | None
    with_another: HasKeys | None
    hand_over: tuple[Reached, ...] = ()
    before: Beside | None = None
    after: Beside | None = None


def by_hand(vehicle: VehicleCard, known: ToKnow | None) -> bool:
    """Tell whether somebody hands its keys over, and has to know when."""
    return vehicle.handover == "in_person" and known is not None and bool(known.hand_over)


def drives_booking(actor: Actor, booking_id: UUID) -> bool:
    """Is the driver the hours are held for."""
    return booking_of(actor, booking_id).driver_id == actor.me


def answers_booking(actor: Actor, booking_id: UUID) -> bool:
    """Is one of those who say yes or no to the request."""
    return actor.me in booking_of(actor, booking_id).approvers


def concerned_by_booking(actor: Actor, booking_id: UUID) -> bool:
    """Drives it, was given its keys, answers for it, owns of it, has a role, judges its readings or set them right."""
    booking = booking_of(actor, booking_id)
    if actor.me in (booking.driver_id, booking.told_by, booking.corrected_by, *booking.approvers):
        return True
    holds_a_role = actor.member is not None and bool(actor.member.roles)
    if holds_a_role or owns_some_of(actor, booking.vehicle_id):
        return True
    return (booking.waits and may_accept(actor, booking)) or sets_right_for_coop(actor, booking)


def corrects_readings(actor: Actor, booking_id: UUID) -> bool:
    """Typed a reading of its trip, owns or tends its vehicle, is a référent, or speaks for a purse that lost by it."""
    return may_correct(actor, booking_of(actor, booking_id))


def accepts_readings(actor: Actor, booking_id: UUID) -> bool:
    """Owns some of its vehicle, is a référent or a treasurer; any member where those typed. Never typed a reading."""
    return may_accept(actor, booking_of(actor, booking_id))


def may_correct(actor: Actor, booking: BookingRow) -> bool:
    """Tell whether the reader may set right what was typed at the ends of a trip: also once more what she set right."""
    typed_by = booking.driver_id, booking.told_by, booking.corrected_by
    if actor.me in typed_by or looks_after_vehicle(actor, booking.vehicle_id):
        return True
    return sets_right_for_coop(actor, booking)


def booking_of(actor: Actor, booking_id: UUID) -> BookingRow:
    """Return a booking of the co-op and the trip made of it; refuses `Unknown`."""
    found = queries.booking(actor.connection, actor.keyring, actor.coop_id, booking_id)
    if found is None:
        raise Unknown
    return found


def vehicle_of(actor: Actor, booking: BookingRow) -> VehicleCard:
    """Return the vehicle of a booking, in service or not."""
    return vehicle_card(actor.connection, actor.coop_id, booking.vehicle_id, on=actor.today)


def state_of(booking: BookingRow, now: datetime) -> State:
    """Return how a booking stands at an instant."""
    if booking.status == "under_way" and now > booking.period.end:
        return "late"
    if booking.status == "confirmed" and now >= booking.period.end:
        return "untold"
    return booking.status


def to_do(actor: Actor, booking: BookingRow) -> ToDo:
    """Return the one thing the reader can do now about a booking; nothing when she is not its driver."""
    if booking.driver_id != actor.me:
        return "none"
    match state_of(booking, actor.now):
        case "late":
            return "late"
        case "under_way":
            return "return"
        case "requested":
            return "wait"
        case "untold":
            return "tell" if actor.now < booking.period.end + TIME_TO_TELL else "none"
        case "confirmed":
            return "take_keys" if _keys_wait(actor, booking) else "ready"
    return "none"


def to_know(actor: Actor, booking: BookingRow) -> ToKnow:
    """Return what there is to know of a booking's vehicle."""
    found = vehicle_page(actor.connection, actor.coop_id, booking.vehicle_id, on=actor.today)
    return known_of(actor, booking, found)


def known_of(actor: Actor, booking: BookingRow, found: VehiclePage) -> ToKnow:
    """Return what there is to know of a booking's vehicle, which is `found` already."""
    before, after = who_is_beside(actor, booking)
    return ToKnow(
        vehicle_id=booking.vehicle_id,
        to_do=to_do(actor, booking),
        plate=found.plate,
        colour=found.card.colour,
        handbook=found.handbook,
        access_code=access_code(actor.connection, actor.coop_id, booking.vehicle_id),
        with_another=None if booking.status == "under_way" else with_whom(actor, booking.vehicle_id),
        hand_over=who_hands_over(actor, found.card),
        before=before,
        after=after,
    )


def _keys_wait(actor: Actor, booking: BookingRow) -> bool:
    if actor.now < booking.period.start - EARLIEST:
        return False
    rules = rules_in_force(actor.connection, actor.coop_id, actor.now, booking.vehicle_id)
    return actor.now >= booking.period.start - timedelta(minutes=int(rules["early_take_minutes"].number))

"""A booking as pages tell it: its row, its card, its story, and the one thing to do now."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from api.drawing.vehicles import tint_of
from api.web.visit import Visit
from booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingRefused,
    RequestExpired,
    TripEnded,
    TripStarted,
    VehicleBooked,
)
from booking.queries import BookingRow
from booking.queries import booking as booking_row
from booking.trip import trip_id
from fleet.queries import VehicleCard, access_code, vehicle_page, vehicles_in_service
from governance.queries import members_of
from governance.rules.queries import rules_in_force
from kernel.event import Event, Recorded
from kernel.log.story import story
from kernel.money import Money
from kernel.period import Period
from kernel.refused import NotYours, Unknown
from ledger.entries.causes.fuel import fuel_id
from ledger.entries.causes.trip import charge_id
from ledger.entries.queries import entry
from ledger.pricing.price import minutes_charged_for, price
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import rate_at

EARLIEST = timedelta(hours=2)  # the most a co-op may vote
ON_CALENDAR = ("requested", "confirmed", "under_way", "over")


def the_booking(visit: Visit) -> BookingRow:
    """Return the booking of the address: for its driver, who may approve it, and those who hold a role."""
    found = booking_row(visit.connection, visit.site.keyring, visit.coop_id, visit.place("booking_id"))
    if found is None:
        raise Unknown
    concerned = visit.me == found.driver_id or visit.me in found.approvers
    if not concerned and not (visit.member and visit.member.roles):
        raise NotYours
    return found


def vehicle_names(visit: Visit) -> dict[UUID, VehicleCard]:
    """Return the co-op's vehicles by id, those gone from service not included."""
    today = visit.now.astimezone(visit.zone).date()
    return {each.vehicle_id: each for each in vehicles_in_service(visit.connection, visit.coop_id, on=today)}


def card_of(visit: Visit, vehicle_id: UUID) -> VehicleCard:
    """Return a vehicle, in service or not."""
    today = visit.now.astimezone(visit.zone).date()
    return vehicle_page(visit.connection, visit.coop_id, vehicle_id, on=today).card


def row(visit: Visit, booking: BookingRow, known: dict[UUID, VehicleCard]) -> dict[str, Any]:
    """Return a booking as a row of a list."""
    vehicle = known.get(booking.vehicle_id) or card_of(visit, booking.vehicle_id)
    return {
        "booking_id": booking.booking_id,
        "vehicle_name": vehicle.name,
        "kind": vehicle.kind,
        "tint": tint_of(vehicle.vehicle_id),
        "period": booking.period,
        "status": booking.status,
        "destination": booking.destination,
        "charge": charge(visit, booking) if booking.status == "over" else None,
        "place": vehicle.home.text,
        "energy": vehicle.energy,
        "to_do": to_do(visit, booking),
    }


def to_do(visit: Visit, booking: BookingRow) -> str:
    """Return the one thing its driver can do now: wait, ready, take_keys, return, late or none."""
    if booking.driver_id != visit.me:
        return "none"
    if booking.status == "under_way":
        return "late" if visit.now > booking.period.end else "return"
    if booking.status == "requested":
        return "wait"
    if booking.status == "confirmed" and visit.now < booking.period.end:
        return "take_keys" if _keys_wait(visit, booking) else "ready"
    return "none"


def _keys_wait(visit: Visit, booking: BookingRow) -> bool:
    if visit.now < booking.period.start - EARLIEST:
        return False
    early = rules_in_force(visit.connection, visit.coop_id, visit.now, booking.vehicle_id)["early_take_minutes"]
    return bool(visit.now >= booking.period.start - timedelta(minutes=int(early.number)))


def has_now(visit: Visit, booking: BookingRow) -> bool:
    """Tell whether the reader has the vehicle, or may take its keys now."""
    return to_do(visit, booking) in ("take_keys", "return", "late")


class ToKnow(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle's handbook, and the code of its key box for whoever has it now."""

    handbook: str
    access_code: str | None


def to_know(visit: Visit, booking: BookingRow) -> ToKnow:
    """Return what a vehicle's driver needs to know to use it."""
    today = visit.now.astimezone(visit.zone).date()
    handbook = vehicle_page(visit.connection, visit.coop_id, booking.vehicle_id, on=today).handbook
    now = has_now(visit, booking)
    code = access_code(visit.connection, visit.coop_id, booking.vehicle_id) if now else None
    return ToKnow(handbook=handbook, access_code=code)


def charge(visit: Visit, booking: BookingRow) -> Money | None:
    """Return what a trip moved on its driver's account, price and energy given back; `None` until it is priced."""
    parts = [_moved(visit, booking, each) for each in (charge_id, fuel_id)]
    if parts[0] is None and not _costs_nothing(visit, booking):
        return None
    return Money(sum(each.cents for each in parts if each))


def _moved(visit: Visit, booking: BookingRow, id_of: Callable[[UUID], UUID]) -> Money | None:
    found = entry(visit.connection, visit.coop_id, id_of(trip_id(booking.booking_id)))
    if found is None:
        return None
    return Money(sum(each.cents for each in found.postings if each.account == booking.driver_id))


def _costs_nothing(visit: Visit, booking: BookingRow) -> bool:
    """Tell whether a trip has no price: its driver alone receives it, or the rate it was agreed at comes to zero."""
    tariff = tariffs(visit.connection, visit.coop_id, visit.now, [booking.vehicle_id]).get(booking.vehicle_id)
    if tariff is None or booking.agreed_at is None or booking.started_at is None or booking.ended_at is None:
        return False
    if {*tariff.receivers} == {booking.driver_id}:
        return True
    minutes = minutes_charged_for(booking.period, Period(booking.started_at, booking.ended_at))
    return price(rate_at(tariff.rates, booking.agreed_at), booking.distance_km or 0, minutes).cents == 0


def told(visit: Visit, booking: BookingRow) -> dict[str, Any]:
    """Return everything a booking's page shows."""
    names = {each.member_id: each.name for each in members_of(visit.connection, visit.coop_id, visit.now)}
    mine = booking.driver_id == visit.me
    streams = (booking.booking_id, trip_id(booking.booking_id))
    shown = row(visit, booking, {}) | {
        "vehicle_id": booking.vehicle_id,
        "driver_name": names.get(booking.driver_id) or visit.say("a former member"),
        "mine": mine,
        "can_approve": booking.status == "requested" and visit.me in booking.approvers,
        "can_cancel": mine and booking.status in ("requested", "confirmed"),
        "free_until": booking.cancel_free_until,
    }
    to_read = to_know(visit, booking) if mine and booking.status in ("confirmed", "under_way") else None
    happened = [_told(visit, each, names) for each in story(visit.connection, visit.coop_id, streams)]
    return {"booking": shown, "trip": _trip(visit, booking), "story": happened, "to_know": to_read}


def day_cell(
    visit: Visit, day: date, first: date, today: date, mine: list[BookingRow], known: dict[UUID, VehicleCard]
) -> dict[str, Any]:
    """Return a day of the month's calendar with my trips that touch it."""
    whole = Period.of_day(day, visit.zone)
    touching = [
        {"booking_id": each.booking_id, "vehicle_name": known[each.vehicle_id].name}
        for each in mine
        if each.vehicle_id in known and each.status in ON_CALENDAR and each.period.overlaps(whole)
    ]
    return {"day": day, "in_month": day.month == first.month, "today": day == today, "trips": touching}


def is_month(text: str) -> bool:
    """Tell whether a text is a month of a calendar people live in, like 2026-11."""
    return re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text) is not None


def _trip(visit: Visit, booking: BookingRow) -> dict[str, Any] | None:
    if booking.odometer_out_km is None:
        return None
    here, moved_by = f"/coops/{visit.coop_id}", trip_id(booking.booking_id)
    photos = [{"url": f"{here}/photos/{each}", "text": visit.say("A photo")} for each in booking.photos]
    paid = booking.energy_paid_cents
    return {
        "odometer_out_km": booking.odometer_out_km,
        "odometer_in_km": booking.odometer_in_km,
        "km": booking.distance_km,
        "level_out": booking.level_out_percent,
        "level_in": booking.level_in_percent,
        "energy_paid": Money(paid) if paid else None,
        "photos": photos,
        "charge": charge(visit, booking) if booking.status == "over" else None,
        "moved": [
            {"amount": amount, "why_href": f"{here}/entries/{id_of(moved_by)}", "is_energy": id_of is fuel_id}
            for id_of in (charge_id, fuel_id)
            if (amount := _moved(visit, booking, id_of))
        ],
    }


_KINDS = {
    BookingApproved: "approved",
    BookingRefused: "refused",
    RequestExpired: "expired",
    BookingCancelled: "cancelled",
    TripStarted: "keys_taken",
    TripEnded: "returned",
}


def _told(visit: Visit, recorded: Recorded[Event], names: dict[UUID, str | None]) -> dict[str, Any]:
    who = names.get(recorded.by) if recorded.by else None
    told: dict[str, Any] = {"at": recorded.effective_at, "who": who, "note": None, "km": None, "amount": None}
    told["kind"] = _KINDS.get(type(recorded.event))
    match recorded.event:
        case VehicleBooked() as booked:
            told["kind"] = "requested" if booked.approvers else "booked"
        case BookingRefused(reason=reason):
            told["note"] = visit.site.keyring.open(visit.connection, reason)
        case TripStarted() as started:
            told |= {"km": started.odometer_km, "at": started.started_at}
        case TripEnded() as ended:
            told |= {"km": ended.odometer_in_km, "at": ended.ended_at}
    return told

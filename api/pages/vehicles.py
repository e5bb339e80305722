"""Finding a vehicle, and everything about one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from api.drawing.pictures import tint_of
from api.garage import looks_after
from api.pages.cards import cards, walk_to
from api.pages.when import wanted
from api.web.answers import Answer, Page
from api.web.asking import Asking
from api.web.refusals import said
from api.web.routes import get
from api.web.sent_photos import kept_photo
from booking import queries as bookings
from booking.policies import NotInService, PapersExpired
from booking.queries import BookingRow
from fleet.catalogue import MOTOR_VEHICLES, parts_of
from fleet.queries import VehiclePage, known_damages, vehicle_page, vehicles_in_service
from governance.queries import members_of
from kernel.period import Period
from ledger.queries import TariffRow, tariffs

WEEK = timedelta(days=7)
PLANS_SHOWN = timedelta(days=60)


@get("/coops/{coop_id:uuid}/vehicles")
def vehicles(asking: Asking) -> Answer:
    """Who is free for the hours wanted, near, at what price; the others with why not."""
    choice, period = wanted(asking)
    free, not_free = cards(asking, period)
    when = {"choice": choice, "period": period}
    return Page("vehicles.html", {"when": when, "free": free, "not_free": not_free, "can_add": True})


@get("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}")
def vehicle(asking: Asking) -> Answer:
    """One vehicle: where, keys, week, price and why, papers, damage, neighbours' plans."""
    today = asking.now.astimezone(asking.zone).date()
    page = vehicle_page(asking.connection, asking.coop_id, asking.place("vehicle_id"), on=today)
    names = {each.member_id: each.name or "" for each in members_of(asking.connection, asking.coop_id, asking.now)}
    shows = _taken_when(asking, today, names) | {
        "vehicle": _shown(asking, page, names),
        "papers": [each for each in page.papers if each.state != "missing" or page.card.kind in MOTOR_VEHICLES],
        "damages": known_damages(asking.connection, asking.site.keyring, asking.coop_id, page.card.vehicle_id),
        "parts_of": parts_of(page.card.kind),
        "kept": {"photo": kept_photo(asking, "photo")},
        "period": wanted(asking)[1] if asking.sent.query.get("start") else None,
    }
    return Page("vehicle.html", shows)


def _taken_when(asking: Asking, today: date, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Return the week's strips and the neighbours' plans."""
    span = Period(Period.of_day(today, asking.zone).start, asking.now + PLANS_SHOWN)
    vehicle_id = asking.place("vehicle_id")
    plans = bookings.plans(asking.connection, asking.site.keyring, asking.coop_id, vehicle_id, span)
    return {
        "week": [_day(asking, today + timedelta(days=each), plans, names) for each in range(7)],
        "plans": [_plan(each, names) for each in plans if each.destination or each.flexible],
    }


def has_vehicles(asking: Asking) -> bool:
    """Tell whether the co-op has any vehicle in service."""
    today = asking.now.astimezone(asking.zone).date()
    return bool(vehicles_in_service(asking.connection, asking.coop_id, on=today))


def _shown(asking: Asking, page: VehiclePage, names: Mapping[UUID, str]) -> dict[str, Any]:
    card = page.card
    tariff = tariffs(asking.connection, asking.coop_id, asking.now, [card.vehicle_id]).get(card.vehicle_id)
    here = f"/coops/{asking.coop_id}"
    owner_names = [names.get(owner.member_id, "") for owner in card.owners]
    shared = card.sharing == "co_owned"
    owners = [
        {"name": names.get(owner.member_id, ""), "share": owner.parts if shared else None} for owner in card.owners
    ]
    mine = any(owner.member_id == asking.me for owner in card.owners)
    why_not = _why_not(asking, page)
    return {
        "vehicle_id": card.vehicle_id,
        "name": card.name,
        "kind": card.kind,
        "tint": tint_of(card.name),
        "photo_url": f"{here}/photos/{card.photo_id}" if card.photo_id else None,
        "model": "",
        "place": card.home.text,
        "walk_m": walk_to(asking, card),
        "handover": card.handover,
        "handover_note": None,
        "key_holder": owner_names[0] if owner_names else asking.here.name,
        "equipment": card.equipment,
        "seats": card.seats,
        "energy": card.energy,
        "sharing": card.sharing,
        "owners": owners,
        "odometer_km": card.odometer_km,
        "needs_approval": card.sharing == "lent" and not mine,
        "owner_name": owner_names[0] if owner_names else "",
        "bookable": card.left_at is None and tariff is not None and why_not is None,
        "why_not": why_not,
        "can_edit": looks_after(asking, card),
    } | _price(asking, tariff)


def _price(asking: Asking, tariff: TariffRow | None) -> dict[str, Any]:
    """Return the price in force; for the first moments of a new vehicle there is none yet."""
    if tariff is None:
        return {"price_since": None}
    rate = tariff.rate
    return {
        "per_km": rate.per_km,
        "per_hour": rate.per_hour,
        "day_cap_hours": rate.day_cap_hours,
        "price_since": rate.since.astimezone(asking.zone).date(),
        "price_href": f"/coops/{asking.coop_id}/proposals/{rate.decision_id}" if rate.decision_id else None,
    }


def _why_not(asking: Asking, page: VehiclePage) -> str | None:
    if page.card.left_at is not None:
        return asking.say(NotInService.sentence())
    if page.card.kind not in MOTOR_VEHICLES:
        return None
    ended = next((paper for paper in page.papers if paper.kind in page.card.past_due and paper.valid_until), None)
    if ended is None or ended.valid_until is None:
        return None
    return said(PapersExpired(paper=ended.kind, until=ended.valid_until), asking.words)


def _day(asking: Asking, day: date, plans: list[BookingRow], names: Mapping[UUID, str]) -> dict[str, Any]:
    whole = Period.of_day(day, asking.zone)
    spans = [_taken(asking, plan, part, whole, names) for plan in plans if (part := plan.period.within(whole))]
    minute = int((asking.now - whole.start).total_seconds() // 60) if whole.contains(asking.now) else None
    return {"day": day, "spans": spans, "now_minute": minute}


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of one day that are not free, for the strip and for the table beside it."""

    start_minute: int
    end_minute: int
    kind: str
    who: str
    start: datetime
    end: datetime


def _taken(asking: Asking, plan: BookingRow, part: Period, day: Period, names: Mapping[UUID, str]) -> Taken:
    return Taken(
        start_minute=int((part.start - day.start).total_seconds() // 60),
        end_minute=int((part.end - day.start).total_seconds() // 60),
        kind="mine" if plan.driver_id == asking.me else "booked",
        who=names.get(plan.driver_id, ""),
        start=part.start,
        end=part.end,
    )


def _plan(plan: BookingRow, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "member_name": names.get(plan.driver_id, ""),
        "period": plan.period,
        "destination": plan.destination,
    }

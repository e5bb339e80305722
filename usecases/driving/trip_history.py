"""What became of a booking: what happened to it, and what the trip moved on its driver's account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from booking import events as e
from booking.queries import BookingRow
from booking.trip import trip_id
from kernel.event import Event, Recorded
from kernel.log.story import story
from kernel.money import Money
from kernel.period import Period
from ledger.entries.causes.fuel import fuel_id
from ledger.entries.causes.trip import charge_id
from ledger.entries.queries import moved_by
from ledger.pricing.price import minutes_charged_for, price
from ledger.pricing.queries import TariffRow, tariffs
from ledger.pricing.rate import rate_at
from usecases.actor import Actor

Kind = Literal[
    "requested",
    "booked",
    "approved",
    "refused",
    "expired",
    "cancelled",
    "cancelled_late",
    "not_driven",
    "said_not_driven",
    "keys_taken",
    "returned",
    "passed_on",
    "accepted",
    "corrected",
    "cancellation_undone",
    "approval_undone",
    "refusal_undone",
    "not_driven_undone",
    "keys_undone",
    "return_undone",
]
PLAIN: dict[type[Event], Kind] = {
    e.BookingApproved: "approved",
    e.RequestExpired: "expired",
    e.ReadingsAccepted: "accepted",
}
"""Events whose kind says everything."""

UNDONE: dict[e.UndoneAtBooking | e.UndoneAtTrip, Kind] = {
    "cancellation": "cancellation_undone",
    "approval": "approval_undone",
    "refusal": "refusal_undone",
    "not_driven": "not_driven_undone",
    "keys": "keys_undone",
    "return": "return_undone",
}
"""What is told of each thing that was undone."""


class SetRight(msgspec.Struct, frozen=True, kw_only=True):
    """What had been typed at both ends of a trip, and what it was set right to, in whole km."""

    was_out_km: int
    was_in_km: int
    out_km: int
    in_km: int


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to a booking, for those concerned by it.

    `by` is the member who did it, `None` when the co-op's rules did; `km` is what the odometer showed, `note` why it
    was refused or set right (`None` once its author was erased), `seen` what she said of the vehicle at the keys.
    """

    kind: Kind
    at: datetime
    by: UUID | None
    km: int | None = None
    note: str | None = None
    set_right: SetRight | None = None
    seen: e.Seen | None = None


class TripEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a trip on its driver's account: its price, or the energy she paid on the way given back."""

    entry_id: UUID
    of: Literal["price", "energy"]
    amount: Money


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """What a trip moved on its driver's account; `total` is `None` until it is priced."""

    moved: tuple[TripEntry, ...]
    priced: bool
    currency: str

    @property
    def total(self) -> Money | None:
        """The sum of what moved: below zero when she owes it."""
        return Money(sum(movement.amount.cents for movement in self.moved), self.currency) if self.priced else None


def recorded_of(actor: Actor, booking_id: UUID) -> list[Recorded[Event]]:
    """Return what was recorded of a booking and of its trip, in order."""
    return story(actor.connection, actor.coop_id, (booking_id, trip_id(booking_id)))


def story_of(actor: Actor, recorded: Sequence[Recorded[Event]]) -> list[Happened]:
    """Return what happened to a booking and on its trip, for those concerned by it."""
    return [_happened(actor, event) for event in recorded]


def charges(actor: Actor, driver_id: UUID, bookings: Sequence[BookingRow]) -> dict[UUID, Charge]:
    """Return what each trip of one driver that is over moved, by booking: all of them in one question."""
    over = [booking for booking in bookings if booking.status == "over"]
    entry_ids = [entry_id for booking in over for entry_id in _entry_ids(booking)]
    cents = moved_by(actor.connection, actor.coop_id, driver_id, entry_ids) if over else {}
    silent = {booking.vehicle_id for booking in over if _entry_ids(booking)[0] not in cents}
    known = tariffs(actor.connection, actor.coop_id, actor.now, silent) if silent else {}
    return {booking.booking_id: _charge(actor, booking, cents, known.get(booking.vehicle_id)) for booking in over}


def _happened(actor: Actor, recorded: Recorded[Event]) -> Happened:
    event, by, at = recorded.event, recorded.by, recorded.effective_at
    match event:
        case e.VehicleBooked():
            return Happened(kind="requested" if event.approvers else "booked", at=at, by=by)
        case e.BookingRefused(reason=reason):
            return Happened(kind="refused", at=at, by=by, note=actor.opened(reason))
        case e.BookingCancelled(free=free):
            return Happened(kind="cancelled" if free else "cancelled_late", at=at, by=by)
        case e.BookingNotDriven():
            return Happened(kind="said_not_driven" if by else "not_driven", at=at, by=by)
        case e.TripStarted():
            return Happened(kind="keys_taken", at=event.started_at, by=by, km=event.odometer_km, seen=event.seen)
        case e.TripEnded():
            kind: Kind = "passed_on" if event.told_by else "returned"
            return Happened(kind=kind, at=event.ended_at, by=by, km=event.odometer_in_km)
        case e.ReadingsCorrected(reason=reason):
            return Happened(kind="corrected", at=at, by=by, note=actor.opened(reason), set_right=_set_right(event))
        case e.BookingPutBack(undone=undone) | e.TripPutBack(undone=undone):
            return Happened(kind=UNDONE[undone], at=at, by=by)
    return Happened(kind=PLAIN[type(event)], at=at, by=by)


def _set_right(event: e.ReadingsCorrected) -> SetRight:
    return SetRight(
        was_out_km=event.was_out_km,
        was_in_km=event.was_in_km,
        out_km=event.trip.odometer_out_km,
        in_km=event.trip.odometer_in_km,
    )


def _entry_ids(booking: BookingRow) -> tuple[UUID, UUID]:
    """Return the ids of the entries a trip may have led to: its price as it stands, and the energy given back."""
    trip = trip_id(booking.booking_id)
    return charge_id(trip, booking.revision), fuel_id(trip, booking.first_revision)


def _charge(actor: Actor, booking: BookingRow, cents: dict[UUID, int], tariff: TariffRow | None) -> Charge:
    price_id, energy_id = _entry_ids(booking)
    moved = []
    if price_id in cents and not booking.odd:
        moved.append(TripEntry(entry_id=price_id, of="price", amount=actor.money(cents[price_id])))
    if energy_id in cents:
        moved.append(TripEntry(entry_id=energy_id, of="energy", amount=actor.money(cents[energy_id])))
    priced = not booking.odd and (price_id in cents or _costs_nothing(booking, tariff))
    return Charge(moved=tuple(moved), priced=priced, currency=actor.currency)


def _costs_nothing(booking: BookingRow, tariff: TariffRow | None) -> bool:
    """Tell whether a trip has no price: its driver alone receives it, or the rate it was agreed at comes to zero."""
    if tariff is None or booking.agreed_at is None or booking.started_at is None or booking.ended_at is None:
        return False
    if {*tariff.receivers} == {booking.driver_id}:
        return True
    minutes = minutes_charged_for(booking.period, Period(booking.started_at, booking.ended_at))
    return price(rate_at(tariff.rates, booking.agreed_at), booking.distance_km or 0, minutes).amount.cents == 0

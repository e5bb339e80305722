"""What is asked of the books."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from kernel.command import Command
from kernel.money import Money
from kernel.period import Aware, Period
from kernel.privacy import Sealed
from ledger.limits import Cents, Words

Kilometres = Annotated[int, Meta(ge=0, le=2_000_000)]


class ChargeTrip(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Charge a trip that ended, at the rate in force when its booking was agreed, and credit the fuel paid on it.

    `first_revision` is that of the first charge since it ended: above 1 where its return was undone before.
    """

    trip_id: UUID
    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    agreed_at: Aware
    booked: Period
    used: Period
    odometer_out_km: Kilometres
    odometer_in_km: Kilometres
    fuel_paid: Money | None = None
    receipt: UUID | None = None
    first_revision: Annotated[int, Meta(ge=1)] = 1


class ChargeTripAnew(ChargeTrip, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Undo what a trip was charged before, if it was, and charge it by its readings as they are now.

    `revision` counts its charges, from 1. Nothing is charged unless it is `due`: readings that look odd wait. Who loses
    by it may contest what it costs more than by the charge `since`, where another set them right (`corrected_by`).
    """

    revision: Annotated[int, Meta(ge=1)]
    due: bool
    since: int = 0
    corrected_by: UUID | None = None
    reason: Sealed | None = None


class UnchargeTrip(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Undo a trip's charge of a revision, and the fuel credited with it: its return was undone."""

    trip_id: UUID
    revision: Annotated[int, Meta(ge=1)]


class ReverseEntry(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Undo an entry by its exact opposite."""

    entry_id: UUID
    reason: Words = ""


class LiftPart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take off an entry what an account bears of it, as a contest ended."""

    entry_id: UUID
    account: UUID
    contest_id: UUID


class ClosePeriod(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Close the books up to the end of a month that is over; `month` is any day of it."""

    month: date


class SetBalanceLimit(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say how low a gift may bring its giver's balance (cents, zero or below), by the rules in force."""

    cents: Annotated[int, Meta(ge=-100_000_000, le=0)]


class Contribute(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give part of what one is owed to the co-op."""

    cents: Cents

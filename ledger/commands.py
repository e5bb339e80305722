"""What is asked of the ledger. Amounts in whole cents of euro, rates in euros with at most four decimals."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from kernel.command import Command
from kernel.money import Money
from kernel.period import Period
from kernel.text import PLAIN
from ledger.events import ExpenseKind, Sharing, Split

Cents = Annotated[int, Meta(ge=1, le=100_000_000, description="Whole cents of euro")]
Weight = Annotated[int, Meta(ge=0, le=100_000)]
Instant = Annotated[datetime, Meta(tz=True)]
Kilometres = Annotated[int, Meta(ge=0, le=10_000_000)]
DayCap = Annotated[int, Meta(ge=1, le=24)]
Words = Annotated[str, Meta(max_length=500, pattern=PLAIN)]


class OpenTariff(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give a vehicle its first price, and say who receives it by which whole shares (account → shares)."""

    vehicle_id: UUID
    sharing: Sharing
    receivers: Annotated[dict[UUID, Weight], Meta(min_length=1, max_length=20)]
    since: Instant
    per_km: Decimal
    per_hour: Decimal = Decimal(0)
    day_cap_hours: DayCap | None = None
    rulebook_version: int = 0
    decision_id: UUID | None = None


class SetRate(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change a vehicle's price from an instant on, by a decision."""

    vehicle_id: UUID
    since: Instant
    per_km: Decimal
    per_hour: Decimal = Decimal(0)
    day_cap_hours: DayCap | None = None
    rulebook_version: int = 0
    decision_id: UUID | None = None


class ChargeTrip(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Charge a trip that ended, at the rate in force when its booking was agreed, and credit the fuel paid on it."""

    trip_id: UUID
    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    agreed_at: Instant
    booked: Period
    used: Period
    odometer_out_km: Kilometres
    odometer_in_km: Kilometres
    fuel_paid: Money | None = None
    receipt: UUID | None = None


class RecordExpense(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Record what one or several paid (payer → cents) and who bears it (account → weight), at once or over months."""

    kind: ExpenseKind
    paid_on: date
    paid: Annotated[dict[UUID, Cents], Meta(min_length=1, max_length=20)]
    split: Split
    among: Annotated[dict[UUID, Weight], Meta(min_length=1, max_length=200)]
    months: Annotated[int, Meta(ge=1, le=60)] = 1
    vehicle_id: UUID | None = None
    receipt: UUID | None = None
    note: Words = ""


class PostSpreadPart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Post the next monthly part of an expense whose month has come."""

    expense_id: UUID
    part: Annotated[int, Meta(ge=1, le=60)]


class WithdrawExpense(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back an expense recorded by mistake: reverse its posted parts, post no other."""

    expense_id: UUID
    reason: Words = ""


class ReverseEntry(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Undo an entry by its exact opposite."""

    entry_id: UUID
    reason: Words = ""


class ClosePeriod(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Close the books up to the end of a month that is over; `month` is any day of it."""

    month: date


class SetBalanceLimit(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say how low a member's own spending may bring her balance (cents, zero or below), by the rules in force."""

    cents: Annotated[int, Meta(ge=-100_000_000, le=0)]


class Contribute(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give part of what one is owed to the co-op."""

    cents: Cents


class IssuePlan(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Draw up the fewest transfers that settle the balances of a day, or, `through_purse`, one a member with it."""

    as_of: date
    through_purse: bool = False


class WithdrawPlan(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give up an open plan; transfers already made stay good."""

    plan_id: UUID


class DeclarePaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say, as its debtor, that a transfer of the plan is made."""

    plan_id: UUID
    line_id: UUID


class ConfirmPaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say, as its receiver, that the money of a transfer has come."""

    plan_id: UUID
    line_id: UUID


class DeclareCoopPaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say for the co-op, as its treasurer, that a transfer it owes is made."""

    plan_id: UUID
    line_id: UUID


class ConfirmCoopPaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say for the co-op, as its treasurer, that the money of a transfer has come."""

    plan_id: UUID
    line_id: UUID

"""Why an entry is what it is: everything needed to do its sum again, kept with it for ever.

One shape for each cause, told apart by `of`, so that a page can answer "Why?" from the entry alone even after
prices, shares and rules have changed.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from kernel.period import Period
from kernel.privacy import Sealed


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle's price from an instant on: euros per km and per hour, with the decision it comes from.

    `day_cap_hours` is how many hours at most are charged of each 24 h; `None` charges them all.
    """

    since: datetime
    per_km: Decimal
    per_hour: Decimal = Decimal(0)
    day_cap_hours: int | None = None
    rulebook_version: int = 0
    decision_id: UUID | None = None


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """How an amount was split: whole weights, and who got one spare cent (drawn by lot from the entry's own id)."""

    weights: dict[UUID, int]
    spare_cents: tuple[UUID, ...] = ()


class Because(msgspec.Struct, frozen=True, kw_only=True, tag_field="of"):
    """What all explanations say: the day the thing really happened, which may lie in a month already closed."""

    true_day: date


class TripCharge(Because, frozen=True, kw_only=True, tag="trip"):
    """A trip's price: readings in whole km, minutes, the rate in force when it was agreed, and the exact sum.

    `km_cents`, `time_cents` and `exact_cents` are exact numbers of cents written as fractions ("1234/3"), before the
    one rounding to the cent.
    """

    trip_id: UUID
    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    agreed_at: datetime
    booked: Period
    used: Period
    odometer_out_km: int
    odometer_in_km: int
    km: int
    minutes: int
    charged_minutes: int
    rate: Rate
    km_cents: str
    time_cents: str
    exact_cents: str
    cents: int
    received: Shared


class FuelPaid(Because, frozen=True, kw_only=True, tag="fuel"):
    """Fuel or charging the driver paid on a trip whose price includes it: whoever receives the price gives it back."""

    trip_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    receipt: UUID | None
    borne: Shared


class ExpensePart(Because, frozen=True, kw_only=True, tag="expense"):
    """One of `parts` monthly parts of an expense: its cents, the whole, and by which weights it is split."""

    expense_id: UUID
    kind: str
    vehicle_id: UUID | None
    part: int
    parts: int
    cents: int
    whole_cents: int
    paid: dict[UUID, int]
    split: str
    borne: Shared
    receipt: UUID | None
    note: Sealed | None


class PlanLinePaid(Because, frozen=True, kw_only=True, tag="settlement"):
    """A transfer of a settlement plan that its receiver confirmed."""

    plan_id: UUID
    line_id: UUID
    reference: str


class Given(Because, frozen=True, kw_only=True, tag="contribution"):
    """A voluntary contribution to the co-op; `floor_cents` is how low the giver's balance was allowed to go."""

    giver_id: UUID
    floor_cents: int


class Corrected(Because, frozen=True, kw_only=True, tag="reversal"):
    """The exact opposite of an entry that should not stand, and the reason given."""

    entry_id: UUID
    reason: Sealed | None


Explanation = TripCharge | FuelPaid | ExpensePart | PlanLinePaid | Given | Corrected

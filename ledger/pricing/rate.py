"""A rate: the price of a vehicle's use from an instant on."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from kernel.money import EURO


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle's price from an instant on: per km and per hour, in a currency, with the decision it comes from.

    `day_cap_hours` is how many hours at most are charged of each 24 h; `None` charges them all.
    """

    since: datetime
    per_km: Decimal
    per_hour: Decimal = Decimal(0)
    day_cap_hours: int | None = None
    rulebook_version: int = 0
    decision_id: UUID | None = None
    currency: str | UnsetType = UNSET  # as it was stored before there were several: nothing said means euros

    @property
    def counted_in(self) -> str:
        """The currency of its amounts."""
        return self.currency or EURO


def rate_at(rates: Sequence[Rate], instant: datetime) -> Rate:
    """Return the rate in force at `instant`; before the first, the first. `rates` (≥ 1) stand as they take effect."""
    return next((rate for rate in reversed(rates) if rate.since <= instant), rates[0])

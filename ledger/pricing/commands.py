"""What is asked of prices. Rates are in major units of a currency, with at most four decimals."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from kernel.command import Command
from kernel.money import EURO
from kernel.period import Aware
from ledger.limits import Weight
from ledger.pricing.events import Sharing

DayCap = Annotated[int, Meta(ge=1, le=24)]


class OpenTariff(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give a vehicle its first price, and say who receives it by which whole shares (account → shares)."""

    vehicle_id: UUID
    sharing: Sharing
    receivers: Annotated[dict[UUID, Weight], Meta(min_length=1, max_length=20)]
    since: Aware
    per_km: Decimal
    per_hour: Decimal = Decimal(0)
    day_cap_hours: DayCap | None = None
    rulebook_version: int = 0
    decision_id: UUID | None = None
    currency: str = EURO


class SetRate(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change a vehicle's price from an instant on, by a decision."""

    vehicle_id: UUID
    since: Aware
    per_km: Decimal
    per_hour: Decimal = Decimal(0)
    day_cap_hours: DayCap | None = None
    rulebook_version: int = 0
    decision_id: UUID | None = None
    currency: str = EURO

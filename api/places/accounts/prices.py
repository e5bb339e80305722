"""The price of each vehicle in force, for programs."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec

from api.places import COOP
from api.web.routes import question
from kernel.period import Aware
from kernel.slice import Slice, Wanted
from ledger.pricing.events import Sharing
from ledger.pricing.queries import TariffRow, tariffs_slice
from usecases.actor import Actor


class AtInstant(Wanted, frozen=True, kw_only=True):
    """The instant that is asked about, and which slice of the list."""

    at: Annotated[Aware | None, msgspec.Meta(description="an instant; now when not said")] = None


class Tariff(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle's price in force, who receives it by which shares, and since when the next one holds, if voted."""

    vehicle_id: UUID
    sharing: Sharing
    receivers: dict[UUID, int]
    per_km: Decimal
    per_hour: Decimal
    day_cap_hours: int | None
    since: datetime
    rulebook_version: int
    decision_id: UUID | None
    changes_at: datetime | None


@question(f"{COOP}/tariffs", who="member")
def prices(actor: Actor, query: AtInstant) -> Slice[Tariff]:
    """The price of each vehicle in force at an instant, and who receives it, by the vehicles' ids."""
    at = query.at or actor.now
    found = tariffs_slice(actor.connection, actor.coop_id, at, after=query.after, most=query.limit)
    return found.mapped(lambda row: _tariff(row, at))


def _tariff(row: TariffRow, at: datetime) -> Tariff:
    rate = row.rate
    return Tariff(
        vehicle_id=row.vehicle_id,
        sharing=row.sharing,
        receivers=row.receivers,
        per_km=rate.per_km,
        per_hour=rate.per_hour,
        day_cap_hours=rate.day_cap_hours,
        since=rate.since,
        rulebook_version=rate.rulebook_version,
        decision_id=rate.decision_id,
        changes_at=min((coming.since for coming in row.rates if coming.since > at), default=None),
    )

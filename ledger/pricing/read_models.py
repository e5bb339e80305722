"""The tables of prices, and what each event does to them. Rates and receivers stand as JSON."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Column, Integer, LargeBinary, String, Table, Uuid

from kernel.event import Event, Recorded
from kernel.read_models.projection import Put, Write
from kernel.tables import Instant, derived
from ledger.pricing.events import RateSet, TariffOpened

ledger_tariffs = Table(
    "ledger_tariffs",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("sharing", String(10), nullable=False),
    Column("receivers", LargeBinary, nullable=False),
)

ledger_rates = Table(
    "ledger_rates",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("rate", LargeBinary, nullable=False),
)


def project(recorded: Recorded[Event]) -> Iterator[Write]:
    """Say what an event does to prices."""
    key: dict[str, Any] = {"coop_id": recorded.coop_id}
    match recorded.event:
        case TariffOpened(vehicle_id=vehicle_id, sharing=sharing, receivers=receivers):
            key |= {"vehicle_id": vehicle_id}
            yield Put(ledger_tariffs, key | {"sharing": sharing, "receivers": msgspec.json.encode(receivers)})
        case RateSet(vehicle_id=vehicle_id, rate=rate):
            key |= {"vehicle_id": vehicle_id, "version": recorded.version}
            yield Put(ledger_rates, key | {"since": rate.since, "rate": msgspec.json.encode(rate)})

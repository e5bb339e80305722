"""What pages ask of prices."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, and_, bindparam, select

from kernel.slice import Slice, oldest_first
from ledger.pricing.events import Sharing
from ledger.pricing.rate import Rate, rate_at
from ledger.pricing.read_models import ledger_rates, ledger_tariffs

_rate = msgspec.json.Decoder(Rate)
_receivers = msgspec.json.Decoder(dict[UUID, int])


# Asked at every search: made once.
_ALL = (
    select(ledger_tariffs.c.vehicle_id, ledger_tariffs.c.sharing, ledger_tariffs.c.receivers, ledger_rates.c.rate)
    .join(
        ledger_rates,
        and_(
            ledger_rates.c.coop_id == ledger_tariffs.c.coop_id,
            ledger_rates.c.vehicle_id == ledger_tariffs.c.vehicle_id,
        ),
    )
    .where(ledger_tariffs.c.coop_id == bindparam("coop"))
    .order_by(ledger_tariffs.c.vehicle_id, ledger_rates.c.since, ledger_rates.c.version)
)
_OF_SOME = _ALL.where(ledger_tariffs.c.vehicle_id.in_(bindparam("vehicles", expanding=True)))


class TariffRow(msgspec.Struct, frozen=True):
    """A vehicle's tariff: who receives the price by which shares, the rate in force, and those to come."""

    vehicle_id: UUID
    sharing: Sharing
    receivers: dict[UUID, int]
    rate: Rate
    rates: tuple[Rate, ...]


def tariffs(
    connection: Connection, coop_id: UUID, at: datetime, vehicle_ids: Collection[UUID] | None = None
) -> dict[UUID, TariffRow]:
    """Return the tariff in force at the instant `at` of each vehicle that has one."""
    asked: dict[str, Any] = {"coop": coop_id}
    if vehicle_ids is not None:
        asked["vehicles"] = list(vehicle_ids)
    rows: dict[UUID, list[Any]] = {}
    for row in connection.execute(_ALL if vehicle_ids is None else _OF_SOME, asked):
        rows.setdefault(row.vehicle_id, []).append(row)
    return {vehicle_id: _tariff(its_rows, at) for vehicle_id, its_rows in rows.items()}


def tariffs_slice(
    connection: Connection, coop_id: UUID, at: datetime, *, after: str | None = None, most: int
) -> Slice[TariffRow]:
    """Return a slice of the tariffs in force at `at`, by their vehicles' ids; refuses a text that is not a cursor."""
    query = select(ledger_tariffs.c.vehicle_id).where(ledger_tariffs.c.coop_id == coop_id)
    found = oldest_first(connection, query, (ledger_tariffs.c.vehicle_id,), after=after, most=most)
    known = tariffs(connection, coop_id, at, [row["vehicle_id"] for row in found.items])
    return found.mapped(lambda row: known[row["vehicle_id"]])


def _tariff(rows: list[Any], at: datetime) -> TariffRow:
    rates = tuple(_rate.decode(row.rate) for row in rows)
    first = rows[0]
    return TariffRow(first.vehicle_id, first.sharing, _receivers.decode(first.receivers), rate_at(rates, at), rates)

"""What pages ask of prices."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, and_, select

from kernel.slice import Slice, oldest_first
from ledger.pricing.events import Sharing
from ledger.pricing.rate import Rate, rate_at
from ledger.pricing.read_models import ledger_rates, ledger_tariffs

_rate = msgspec.json.Decoder(Rate)
_receivers = msgspec.json.Decoder(dict[UUID, int])


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
    tariff, rate = ledger_tariffs.c, ledger_rates.c
    query = (
        select(tariff.vehicle_id, tariff.sharing, tariff.receivers, rate.rate)
        .join(ledger_rates, and_(rate.coop_id == tariff.coop_id, rate.vehicle_id == tariff.vehicle_id))
        .where(tariff.coop_id == coop_id)
        .order_by(tariff.vehicle_id, rate.since, rate.version)
    )
    if vehicle_ids is not None:
        query = query.where(tariff.vehicle_id.in_(vehicle_ids))
    rows: dict[UUID, list[Row[Any]]] = {}
    found: Iterable[Row[Any]] = connection.execute(query)
    for row in found:
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


def _tariff(rows: list[Row[Any]], at: datetime) -> TariffRow:
    rates = tuple(_rate.decode(row.rate) for row in rows)
    first = rows[0]
    return TariffRow(first.vehicle_id, first.sharing, _receivers.decode(first.receivers), rate_at(rates, at), rates)

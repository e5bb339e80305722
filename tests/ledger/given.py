"""What ledger tests start from: a co-op, its people and vehicles, and its books read as plain text."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import msgspec

from kernel.command import Asked
from kernel.log.history import History
from kernel.money import Money
from kernel.period import Period
from ledger.application import Ledger
from ledger.entries import queries
from ledger.entries.commands import ChargeTrip
from ledger.pricing.commands import OpenTariff
from ledger.spending.commands import RecordExpense

COOP, OTHER_COOP = UUID(int=0xC0), UUID(int=0xC1)
ANNA, BEN, CHLOE, DAVID, EVE = (UUID(int=number) for number in range(1, 6))
CLIO, KANGOO, ZOE = UUID(int=0xA1), UUID(int=0xA2), UUID(int=0xA3)
NAMES = {COOP: "coop", ANNA: "Anna", BEN: "Ben", CHLOE: "Chloé", DAVID: "David", EVE: "Eve"}
NOON = datetime(2026, 5, 4, 10, tzinfo=UTC)  # Monday 4 May 2026, noon in Die
DIE = ZoneInfo("Europe/Paris")
TODAY = NOON.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

CLIO_TARIFF = OpenTariff(
    coop_id=COOP,
    vehicle_id=CLIO,
    sharing="lent",
    receivers={ANNA: 1},
    since=NOON - 30 * DAY,
    per_km=Decimal("0.30"),
    rulebook_version=1,
)
KANGOO_TARIFF = msgspec.structs.replace(
    CLIO_TARIFF, vehicle_id=KANGOO, sharing="co_owned", receivers={ANNA: 2, BEN: 2, CHLOE: 1}
)
ZOE_TARIFF = msgspec.structs.replace(
    CLIO_TARIFF, vehicle_id=ZOE, sharing="group", receivers={COOP: 1}, per_hour=Decimal("1.50"), day_cap_hours=10
)
INSURANCE = RecordExpense(
    coop_id=COOP,
    kind="insurance",
    paid_on=TODAY,
    paid={ANNA: 48_000},
    split="shares",
    among={ANNA: 2, BEN: 2, CHLOE: 1},
    months=12,
    vehicle_id=KANGOO,
    note="The year's insurance",
)
REPAIR = RecordExpense(
    coop_id=COOP,
    kind="repair",
    paid_on=TODAY,
    paid={BEN: 9_635},
    split="equal",
    among={ANNA: 1, BEN: 1, CHLOE: 1},
    vehicle_id=KANGOO,
)


def asked(by: UUID | None = ANNA, at: datetime = NOON, command_id: UUID | None = None) -> Asked:
    return Asked(command_id=command_id or uuid4(), by=by, at=at)


def trip(vehicle_id: UUID = CLIO, km: int = 100, *, by: UUID = DAVID, end: datetime = NOON, **more: Any) -> ChargeTrip:
    trip_id = more.pop("trip_id", None) or uuid4()
    period = Period(end - 2 * HOUR, end)
    facts: dict[str, Any] = {"agreed_at": end - DAY, "booked": period, "used": period, "odometer_out_km": 84_000} | more
    return ChargeTrip(
        coop_id=COOP,
        trip_id=trip_id,
        booking_id=uuid5(trip_id, "booking"),
        vehicle_id=vehicle_id,
        driver_id=by,
        odometer_in_km=facts["odometer_out_km"] + km,
        **facts,
    )


def open_tariffs(history: History) -> Ledger:
    ledger = Ledger(history, DIE, "EUR")
    for tariff in (CLIO_TARIFF, KANGOO_TARIFF, ZOE_TARIFF):
        ledger.open_tariff(tariff, asked(None))
    return ledger


def owe(ledger: Ledger, debtor: UUID, creditor: UUID, cents: int, on: date = TODAY) -> UUID:
    """Let `creditor` have paid something for `debtor`."""
    command = RecordExpense(
        coop_id=COOP, kind="other", paid_on=on, paid={creditor: cents}, split="equal", among={debtor: 1}
    )
    return ledger.record_expense(command, asked(creditor)).stream_id


def books(history: History) -> list[str]:
    """Read the journal as text: "2026-05-04 trip: David -30.00, Anna +30.00"."""
    with history.engine.connect() as connection:
        return [journal_line(entry) for entry in queries.journal(connection, COOP)]


def journal_line(entry: queries.EntryRow) -> str:
    lines = ", ".join(f"{NAMES[line.account]} {Money(line.cents).amount:+}" for line in entry.postings)
    return f"{entry.effective_on} {entry.kind}: {lines}"


def balances(history: History, on: date | None = None) -> dict[str, int]:
    with history.engine.connect() as connection:
        found = queries.balances(connection, COOP, on)
    return {NAMES[account]: cents for account, cents in found.items() if cents}


def total(history: History) -> int:
    with history.engine.connect() as connection:
        return queries.books_total(connection, COOP)


def three_days(history: History) -> None:
    """Charge three trips, 100, 50 and 10 km, a day apart."""
    ledger = open_tariffs(history)
    for days, km in ((0, 100), (1, 50), (2, 10)):
        ledger.charge_trip(trip(km=km, end=NOON + days * DAY), asked(None, NOON + days * DAY))

"""A vehicle's price changes from a day on, by a decision."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.log.history import History
from kernel.refused import Unknown
from ledger.application import Ledger
from ledger.pricing import queries
from ledger.pricing.commands import SetRate
from ledger.pricing.tariff import Tariff
from tests.ledger.given import CLIO, CLIO_TARIFF, COOP, DAY, DIE, NOON, asked, books, open_tariffs, trip

CLIO_OPEN = Tariff().after(Tariff().open(CLIO_TARIFF))


def rate(per_km: str = "0.34", since: datetime = NOON + 28 * DAY, **more: Any) -> SetRate:
    decided = {"decision_id": uuid4()} | more
    return SetRate(coop_id=COOP, vehicle_id=CLIO, since=since, per_km=Decimal(per_km), **decided)


def test_the_price_changes_from_its_day_on() -> None:
    tariff = CLIO_OPEN.after(CLIO_OPEN.set_rate(rate(), at=NOON))
    assert tariff.rate_at(NOON + 28 * DAY - timedelta(seconds=1)).per_km == Decimal("0.30")
    assert tariff.rate_at(NOON + 28 * DAY).per_km == Decimal("0.34")


@given(
    st.lists(st.tuples(st.integers(-100, 100), st.integers(0, 9999), st.integers(0, 100)), max_size=6),
    st.tuples(st.integers(-100, 100), st.integers(0, 9999)),
    st.integers(-100, 200),
)
def test_a_new_rate_changes_nothing_before_its_day(
    earlier: list[tuple[int, int, int]], new: tuple[int, int], day: int
) -> None:  # property C14
    tariff = CLIO_OPEN
    for since, price, at in earlier:
        command = rate(str(Decimal(price) / 10_000), NOON + since * DAY)
        tariff = tariff.after(tariff.set_rate(command, at=NOON + at * DAY))
    command, instant = rate(str(Decimal(new[1]) / 10_000), NOON + new[0] * DAY), NOON + day * DAY
    changed = tariff.after(tariff.set_rate(command, at=NOON))
    if instant < max(command.since, NOON):
        assert changed.rate_at(instant) == tariff.rate_at(instant)


def test_what_was_once_in_force_stays_so_for_its_time() -> None:
    tariff = CLIO_OPEN.after(CLIO_OPEN.set_rate(rate(since=NOON - 10 * DAY), at=NOON))
    assert tariff.rate_at(NOON - DAY).per_km == Decimal("0.30")
    assert tariff.rate_at(NOON).per_km == Decimal("0.34")


def test_of_two_rates_from_one_day_the_later_decided_stands() -> None:
    tariff = CLIO_OPEN.after(CLIO_OPEN.set_rate(rate("0.34"), at=NOON))
    assert tariff.after(tariff.set_rate(rate("0.32"), at=NOON)).rate_at(NOON + 30 * DAY).per_km == Decimal("0.32")


def test_the_same_decision_asked_again_changes_nothing() -> None:
    decided = rate(decision_id=uuid4())
    assert CLIO_OPEN.after(CLIO_OPEN.set_rate(decided, at=NOON)).set_rate(decided, at=NOON) == ()


def test_one_decision_may_change_both_parts_of_a_price() -> None:
    decision = uuid4()
    tariff = CLIO_OPEN.after(CLIO_OPEN.set_rate(rate(decision_id=decision), at=NOON))
    assert tariff.set_rate(rate(decision_id=decision, per_hour=Decimal(1)), at=NOON)


def test_a_vehicle_without_tariff_is_unknown(history: History) -> None:
    with pytest.raises(Unknown):
        Ledger(history, DIE, "EUR").set_rate(rate(), asked(None))


def test_a_booking_agreed_before_keeps_its_price_and_a_later_one_has_the_new(history: History) -> None:
    ledger, first = open_tariffs(history), NOON + 28 * DAY
    ledger.set_rate(rate(since=first), asked(None))
    ledger.charge_trip(trip(end=first + 9 * DAY, agreed_at=first - DAY), asked(None))
    ledger.charge_trip(trip(end=first + 9 * DAY, agreed_at=first), asked(None))
    assert books(history) == [
        "2026-06-10 trip: David -30.00, Anna +30.00",
        "2026-06-10 trip: David -34.00, Anna +34.00",
    ]


def test_pages_show_the_price_in_force_and_those_to_come(history: History) -> None:
    open_tariffs(history).set_rate(rate(rulebook_version=2), asked(None))
    with history.engine.connect() as connection:
        now = queries.tariffs(connection, COOP, NOON, [CLIO])[CLIO]
        later = queries.tariffs(connection, COOP, NOON + 30 * DAY, [CLIO])[CLIO]
    assert (now.rate.per_km, later.rate.per_km, later.rate.rulebook_version) == (Decimal("0.30"), Decimal("0.34"), 2)
    assert len(now.rates) == 2

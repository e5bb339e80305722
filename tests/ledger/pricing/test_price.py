"""What a trip costs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from kernel.period import Period
from ledger.pricing.price import charged_minutes, estimate, minutes_charged_for, price
from ledger.pricing.rate import Rate, rate_at
from tests.ledger.given import DAY, HOUR, NOON

euros = st.decimals(0, 4, places=4)
rates = st.builds(
    Rate,
    since=st.just(NOON),
    per_km=euros,
    per_hour=euros,
    day_cap_hours=st.none() | st.integers(1, 24),
)


def test_a_hundred_km_at_thirty_cents_cost_thirty_euros() -> None:
    assert price(Rate(since=NOON, per_km=Decimal("0.30")), 100, 120).amount == Money(3000)


def test_hours_are_added_and_the_sum_is_rounded_once() -> None:
    rate = Rate(since=NOON, per_km=Decimal("0.3333"), per_hour=Decimal("0.10"))
    found = price(rate, 1, 20)
    assert (found.km_cents, found.time_cents) == (Fraction("33.33"), Fraction(10, 3))
    assert (found.exact_cents, found.amount.cents) == (Fraction("33.33") + Fraction(10, 3), 37)


@pytest.mark.parametrize(("hours", "charged"), [(2, 2), (10, 10), (14, 10), (24, 10), (25, 11), (48, 20), (60, 30)])
def test_at_most_the_cap_is_charged_of_each_day(hours: int, charged: int) -> None:
    assert charged_minutes(hours * 60, 10) == charged * 60
    assert charged_minutes(hours * 60, None) == hours * 60


@given(rates, st.integers(0, 2000), st.integers(0, 20_000), st.integers(0, 500), st.integers(0, 5000))
def test_more_use_never_costs_less(rate: Rate, km: int, minutes: int, more_km: int, longer: int) -> None:
    assert price(rate, km + more_km, minutes + longer).amount >= price(rate, km, minutes).amount


@given(rates, st.integers(0, 2000), st.integers(1, 20_000))
def test_the_price_is_the_exact_sum_to_the_nearest_cent(rate: Rate, km: int, minutes: int) -> None:
    found = price(rate, km, minutes)
    assert abs(found.amount.cents - found.exact_cents) <= Fraction(1, 2)


@given(rates, st.integers(0, 2000), st.integers(1, 20_000))
def test_a_quote_is_what_such_a_trip_costs(rate: Rate, km: int, minutes: int) -> None:
    period = Period(NOON, NOON + timedelta(minutes=minutes))
    assert estimate(rate, period, km) == price(rate, km, minutes_charged_for(period, period))


def test_coming_back_early_costs_the_hours_booked_and_coming_back_late_costs_them_too() -> None:
    booked = Period(NOON, NOON + 4 * HOUR)
    assert minutes_charged_for(booked, Period(NOON, NOON + 2 * HOUR)) == 240
    assert minutes_charged_for(booked, Period(NOON + HOUR, NOON + 5 * HOUR)) == 300


def test_the_night_winter_time_begins_has_nine_hours() -> None:
    night = Period(datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC))  # 23:00-07:00 in Die
    assert estimate(Rate(since=NOON, per_km=Decimal(0), per_hour=Decimal(1)), night, 0).amount == Money(900)


@given(st.lists(rates, min_size=1, max_size=5), st.integers(-50, 50))
def test_the_rate_in_force_is_the_last_to_have_begun(found: list[Rate], days: int) -> None:
    dated = [Rate(since=NOON + number * DAY, per_km=rate.per_km) for number, rate in enumerate(found)]
    expected = dated[min(max(days, 0), len(dated) - 1)]
    assert rate_at(dated, NOON + days * DAY) == expected

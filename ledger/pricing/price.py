"""What a trip costs: km times price per km + hours times price per hour, hours capped per day, rounded once.

Sums are exact fractions of a cent until the end, so that the same trip has the same price on every page.
"""

from datetime import timedelta
from fractions import Fraction
from functools import lru_cache

import msgspec

from kernel.money import Money, decimals_of, to_cents
from kernel.period import Period
from ledger.pricing.rate import Rate

_DAY_MINUTES = 24 * 60
_KEPT = 1_000  # a page asks for the same hours and km of each vehicle, and many have the same rate


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """A price, and the parts of its sum, exact in minor units; `charged_minutes` are those after the cap."""

    amount: Money
    km: int
    minutes: int
    charged_minutes: int
    km_cents: Fraction
    time_cents: Fraction

    @property
    def exact_cents(self) -> Fraction:
        """The price before it was rounded to the cent."""
        return self.km_cents + self.time_cents


@lru_cache(_KEPT)
def price(rate: Rate, km: int, minutes: int) -> Price:
    """Return the price of `km` whole km and `minutes` of use: km times per_km + charged hours times per_hour."""
    charged = charged_minutes(minutes, rate.day_cap_hours)
    cents_in_one = 10 ** decimals_of(rate.counted_in)
    by_km = Fraction(rate.per_km) * km * cents_in_one
    by_time = Fraction(rate.per_hour) * charged * cents_in_one / 60
    return Price(
        amount=Money(to_cents(by_km + by_time), rate.counted_in),
        km=km,
        minutes=minutes,
        charged_minutes=charged,
        km_cents=by_km,
        time_cents=by_time,
    )


def charged_minutes(minutes: int, day_cap_hours: int | None) -> int:
    """Return the minutes charged when at most `day_cap_hours` count in each 24 h from the start; `None`: all do."""
    if day_cap_hours is None:
        return minutes
    cap = day_cap_hours * 60
    days, rest = divmod(minutes, _DAY_MINUTES)
    return days * cap + min(rest, cap)


def minutes_charged_for(booked: Period, used: Period) -> int:
    """Return the whole minutes a trip is charged for: those booked, as quoted, and those it came back late."""
    return minutes_of(Period(booked.start, max(booked.end, used.end)))


def minutes_of(period: Period) -> int:
    """Return the whole minutes that really pass in `period`."""
    return period.length // timedelta(minutes=1)


def estimate(rate: Rate, period: Period, km: int) -> Price:
    """Return the price to expect for these hours and `km` whole km: what the trip will cost if it turns out so."""
    return price(rate, km, minutes_of(period))

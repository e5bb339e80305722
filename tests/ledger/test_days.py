"""The books' clock on the nights when clocks change, at midnight and at the end of a month."""

from datetime import UTC, date, datetime

import pytest

from ledger.days import day_of, due_on, month_after, month_of


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), date(2026, 10, 24)),  # 23:59, still summer time
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),  # the night of 25 hours begins
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),  # 23:59, winter time
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2027, 3, 27, 23, 0, tzinfo=UTC), date(2027, 3, 28)),  # the day of 23 hours begins
        (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 22, 0, tzinfo=UTC), date(2027, 3, 29)),
    ],
)
def test_a_day_begins_at_midnight_whatever_clocks_do(instant: datetime, day: date) -> None:
    assert day_of(instant) == day


def test_the_last_hour_of_a_month_belongs_to_it() -> None:
    assert month_of(day_of(datetime(2026, 10, 31, 22, 30, tzinfo=UTC))) == date(2026, 10, 1)
    assert month_of(day_of(datetime(2026, 10, 31, 23, 0, tzinfo=UTC))) == date(2026, 11, 1)


def test_monthly_parts_count_from_the_first_of_each_month_that_follows() -> None:
    assert [due_on(date(2026, 11, 30), part) for part in (1, 2, 3, 14)] == [
        date(2026, 11, 30),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 12, 1),
    ]
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)

"""The hours somebody usually takes: the same weekday and hours, on three days of the last twelve weeks."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from booking.hours.usual import Had, Usual, usual_of
from kernel.period import Period
from tests.booking.village import CLIO, KANGOO, PARIS

WEEK = timedelta(weeks=1)
NOW = datetime(2026, 11, 3, 9, tzinfo=PARIS)  # a Tuesday
THURSDAY = date(2026, 10, 29)


def evening(day: date, vehicle: UUID = KANGOO, *, start: int = 18, lasts: int = 2, in_service: bool = True) -> Had:
    first = datetime(day.year, day.month, day.day, start, tzinfo=PARIS)
    last = datetime.fromisoformat(f"{first + timedelta(hours=lasts):%Y-%m-%dT%H:%M}").replace(tzinfo=PARIS)
    return Had(period=Period(first, last), vehicle_id=vehicle, in_service=in_service)


def weeks(count: int, last: date = THURSDAY, vehicle: UUID = KANGOO, *, start: int = 18, lasts: int = 2) -> list[Had]:
    return [evening(last - week * WEEK, vehicle, start=start, lasts=lasts) for week in range(count)]


def usually(had: list[Had], now: datetime = NOW) -> Usual | None:
    return usual_of(had, now, PARIS)


def test_three_thursdays_make_the_next_one_usual() -> None:
    assert usually(weeks(3)) == Usual(period=evening(date(2026, 11, 5)).period, vehicle_id=KANGOO)


@pytest.mark.parametrize(
    "had",
    [
        [],
        weeks(2),
        [*weeks(2), evening(THURSDAY - timedelta(days=1))],
        [*weeks(2), evening(THURSDAY - 2 * WEEK, start=19)],
        [*weeks(2), evening(THURSDAY - 2 * WEEK, lasts=3)],
        [*weeks(2), evening(THURSDAY, CLIO)],
        weeks(3, THURSDAY - 11 * WEEK),
    ],
)
def test_less_or_other_hours_or_long_ago_make_nothing_usual(had: list[Had]) -> None:
    assert usually(had) is None


def test_the_vehicle_is_the_one_had_most_often_then_and_still_there() -> None:
    often = [*weeks(3), *weeks(2, THURSDAY - 3 * WEEK, CLIO)]
    assert (usually(often) or often[0]).vehicle_id == KANGOO
    as_often = [*weeks(2, THURSDAY, CLIO), *weeks(2, THURSDAY - 2 * WEEK)]
    assert (usually(as_often) or often[0]).vehicle_id == CLIO  # the last had
    gone = [evening(THURSDAY - week * WEEK, in_service=False) for week in range(3)]
    assert usually(gone) is None
    found = usually([*gone, evening(THURSDAY - 3 * WEEK, CLIO)])
    assert found is not None
    assert found.vehicle_id == CLIO


def test_what_comes_first_of_several_habits_is_offered() -> None:
    both = [*weeks(5), *weeks(3, date(2026, 10, 28), start=8)]
    assert usually(both) == Usual(period=evening(date(2026, 11, 4), start=8).period, vehicle_id=KANGOO)


def test_hours_begun_or_held_already_lead_to_the_week_after() -> None:
    next_week = evening(date(2026, 11, 12)).period
    begun = datetime(2026, 11, 5, 18, tzinfo=PARIS)
    assert (usually(weeks(4), begun) or weeks(1)[0]).period == next_week
    mine = evening(date(2026, 11, 5), CLIO, start=19)
    assert (usually([*weeks(3), mine]) or mine).period == next_week


def test_all_weeks_ahead_held_leave_nothing_to_offer() -> None:
    away = Had(period=Period(NOW, NOW + 6 * WEEK), vehicle_id=CLIO, in_service=True)
    assert usually([*weeks(3), away]) is None


def test_hours_are_those_that_clocks_show_on_both_sides_of_a_change() -> None:
    """In summer 18:00 is 16:00 in UTC, in winter 17:00: it is the same habit."""
    found = usually(weeks(4, date(2026, 10, 29)), datetime(2026, 10, 30, 9, tzinfo=PARIS))
    assert found is not None
    assert found.period == evening(date(2026, 11, 5)).period
    across = weeks(3, date(2027, 3, 20), start=22, lasts=9)  # Saturdays, until seven on Sunday morning
    night = usually(across, datetime(2027, 3, 24, 9, tzinfo=PARIS))
    assert night is not None
    assert night.period.length == timedelta(hours=8)  # clocks jump forward that night, and still show seven


def test_an_hour_that_does_not_exist_is_passed_over() -> None:
    sundays = weeks(3, date(2027, 3, 21), start=2, lasts=2)
    found = usually(sundays, datetime(2027, 3, 24, 9, tzinfo=PARIS))
    assert found is not None
    assert found.period == evening(date(2027, 4, 4), start=2).period


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    sundays = weeks(3, date(2026, 10, 18), start=2, lasts=2)
    found = usually(sundays, datetime(2026, 10, 20, 9, tzinfo=PARIS))
    assert found is not None
    assert found.period.length == timedelta(hours=3)

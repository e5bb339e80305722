"""Bookings across both changes of hour, midnight and the end of the year."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from booking.policies import TooLong, TooShort, YoursAlready
from kernel.period import Period
from tests.booking.village import ANNA, BEN, PARIS, RULES, Village, asked

OCTOBER = Period(datetime(2026, 10, 24, 23, tzinfo=PARIS), datetime(2026, 10, 25, 7, tzinfo=PARIS))
MARCH = Period(datetime(2027, 3, 27, 23, tzinfo=PARIS), datetime(2027, 3, 28, 7, tzinfo=PARIS))
NEW_YEAR = Period(datetime(2026, 12, 31, 22, tzinfo=PARIS), datetime(2027, 1, 1, 2, tzinfo=PARIS))


@pytest.mark.parametrize(("night", "lasting"), [(OCTOBER, 9), (MARCH, 7), (NEW_YEAR, 4)])
def test_a_night_is_booked_and_shown_with_the_hours_that_really_pass(
    village: Village, night: Period, lasting: int
) -> None:
    done = village.book(night, at=night.start - timedelta(days=1))
    shown = village.shown(done.stream_id).period
    assert (shown, shown.length) == (night, timedelta(hours=lasting))


def test_the_longest_booking_counts_the_hours_that_really_pass(village: Village) -> None:
    village.rule(replace(RULES, max_duration_hours=8))
    with pytest.raises(TooLong):
        village.book(OCTOBER, at=OCTOBER.start)
    assert village.book(MARCH, at=MARCH.start).changed


def test_the_shortest_booking_does_too(village: Village) -> None:
    village.rule(replace(RULES, min_duration_minutes=8 * 60))
    with pytest.raises(TooShort):
        village.book(MARCH, at=MARCH.start)


def test_the_hour_that_comes_twice_is_two_hours_to_book(village: Village) -> None:
    first, second = datetime(2026, 10, 25, 2, tzinfo=PARIS), datetime(2026, 10, 25, 2, fold=1, tzinfo=PARIS)
    morning, at = datetime(2026, 10, 25, 3, tzinfo=PARIS), datetime(2026, 10, 24, 12, tzinfo=UTC)
    village.book(Period(first, second), at=at)
    village.book(Period(second, morning), by=BEN, at=at)
    with pytest.raises(YoursAlready):
        village.book(Period(first, morning), at=at)


def test_bookings_meet_at_midnight_on_the_last_of_december(village: Village) -> None:
    midnight = datetime(2027, 1, 1, tzinfo=PARIS)
    village.book(Period(NEW_YEAR.start, midnight), at=NEW_YEAR.start)
    assert village.book(Period(midnight, NEW_YEAR.end), by=BEN, at=NEW_YEAR.start).changed


def test_a_trip_over_the_change_of_hour_ends_when_it_ends(village: Village) -> None:
    mine = village.book(OCTOBER, at=OCTOBER.start).stream_id
    village.take(mine, asked(ANNA, at=OCTOBER.start))
    village.give_back(mine, asked(ANNA, at=OCTOBER.end))
    shown = village.shown(mine)
    assert shown.started_at is not None
    assert shown.ended_at is not None
    assert shown.ended_at - shown.started_at == timedelta(hours=9)

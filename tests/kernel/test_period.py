"""Periods: the end belongs to what comes next, and time is what really passes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.period import Period, in_waking_hours

PARIS = ZoneInfo("Europe/Paris")


def paris(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=PARIS)


def morning(start: int, end: int) -> Period:
    return Period(datetime(2026, 11, 2, start, tzinfo=UTC), datetime(2026, 11, 2, end, tzinfo=UTC))


def test_a_period_contains_its_start_and_not_its_end() -> None:
    period = morning(9, 11)
    assert period.contains(period.start)
    assert period.contains(period.end - timedelta(microseconds=1))
    assert not period.contains(period.end)


def test_periods_that_meet_end_to_start_do_not_overlap() -> None:
    assert not morning(9, 11).overlaps(morning(11, 12))
    assert not morning(11, 12).overlaps(morning(9, 11))


def test_periods_that_share_an_instant_overlap_whichever_is_asked() -> None:
    for other in (morning(8, 10), morning(10, 12), morning(9, 10), morning(8, 12), morning(9, 11)):
        assert morning(9, 11).overlaps(other)
        assert other.overlaps(morning(9, 11))


def test_23_to_7_lasts_nine_hours_on_the_night_winter_time_begins() -> None:
    assert Period(paris(2026, 10, 24, 23), paris(2026, 10, 25, 7)).length == timedelta(hours=9)


def test_23_to_7_lasts_seven_hours_on_the_night_summer_time_begins() -> None:
    assert Period(paris(2027, 3, 27, 23), paris(2027, 3, 28, 7)).length == timedelta(hours=7)


def test_23_to_7_lasts_eight_hours_on_every_other_night() -> None:
    assert Period(paris(2026, 12, 31, 23), paris(2027, 1, 1, 7)).length == timedelta(hours=8)


def test_the_hour_that_comes_twice_can_be_a_period() -> None:
    first, second = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS), datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=PARIS)
    assert Period(first, second).length == timedelta(hours=1)


def test_the_same_instants_are_the_same_period_in_every_zone() -> None:
    here = Period(paris(2026, 11, 2, 10), paris(2026, 11, 2, 12))
    assert here == morning(9, 11)
    assert hash(here) == hash(morning(9, 11))


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 11, 2), "2026-11-01T23:00Z", "2026-11-02T23:00Z"),
        (date(2026, 10, 25), "2026-10-24T22:00Z", "2026-10-25T23:00Z"),  # winter time begins: 25 hours
        (date(2027, 3, 28), "2027-03-27T23:00Z", "2027-03-28T22:00Z"),  # summer time begins: 23 hours
    ],
)
def test_a_day_runs_from_its_midnight_to_the_next_one(day: date, start: str, end: str) -> None:
    assert Period.of_day(day, PARIS) == Period(datetime.fromisoformat(start), datetime.fromisoformat(end))


def test_a_day_over_the_sea_is_another_one() -> None:
    in_cayenne = Period.of_day(date(2026, 11, 2), ZoneInfo("America/Cayenne"))
    assert in_cayenne.start == datetime(2026, 11, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (morning(8, 10), morning(9, 10)),
        (morning(10, 12), morning(10, 11)),
        (morning(8, 12), morning(9, 11)),
        (morning(9, 10), morning(9, 10)),
        (morning(7, 9), None),
        (morning(11, 12), None),
    ],
)
def test_what_two_periods_share_is_the_same_whichever_is_asked(other: Period, shared: Period | None) -> None:
    assert morning(9, 11).within(other) == shared
    assert other.within(morning(9, 11)) == shared


def test_of_a_night_in_october_the_long_day_has_the_hour_that_comes_twice() -> None:
    night = Period(paris(2026, 10, 24, 23), paris(2026, 10, 25, 7))
    before, after = (night.within(Period.of_day(date(2026, 10, day), PARIS)) for day in (24, 25))
    assert before is not None
    assert after is not None
    assert (before.length, after.length) == (timedelta(hours=1), timedelta(hours=8))


@pytest.mark.parametrize(("start", "end"), [(9, 9), (11, 9)])
def test_a_period_that_does_not_end_after_it_starts_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        morning(start, end)


def test_times_without_an_offset_are_refused() -> None:
    naive = datetime(2026, 11, 2, 9)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="offset"):
        Period(naive, naive + timedelta(hours=1))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("9999-12-31T22:00:00-05:00", "9999-12-31T23:00:00-05:00"),
        ("9999-12-31T22:00:00Z", "9999-12-31T23:59:59Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T02:00:00Z"),
        ("0001-01-01T00:00:00+14:00", "2026-11-02T09:00:00Z"),
    ],
)
def test_a_date_no_calendar_can_reckon_with_is_refused(start: str, end: str) -> None:
    with pytest.raises(ValueError, match="too far away"):
        Period(datetime.fromisoformat(start), datetime.fromisoformat(end))


def test_what_is_wrong_with_a_period_sent_from_outside_is_a_clear_validation_error() -> None:
    for start, end in (
        ("9999-12-31T23:00:00-05:00", "9999-12-31T23:30:00-05:00"),
        ("2026-11-02T09:00:00", "2026-11-02T10:00:00"),
    ):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(f'{{"start": "{start}", "end": "{end}"}}', type=Period)


def test_a_period_read_back_from_json_is_the_same() -> None:
    assert msgspec.json.decode(msgspec.json.encode(morning(9, 11)), type=Period) == morning(9, 11)


def test_a_period_is_widened_on_both_sides_as_far_as_years_reach() -> None:
    assert morning(9, 11).widened(timedelta(hours=1)) == morning(8, 12)
    everything = Period(datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))
    assert everything.widened(timedelta(hours=1)) == everything


@pytest.mark.parametrize(
    ("deadline", "moved"),
    [
        (paris(2026, 11, 2, 21), paris(2026, 11, 2, 21)),
        (paris(2026, 11, 2, 22), paris(2026, 11, 3, 8)),
        (paris(2026, 11, 3, 3), paris(2026, 11, 3, 8)),
        (paris(2026, 11, 3, 8), paris(2026, 11, 3, 8)),
        (paris(2026, 10, 24, 23), paris(2026, 10, 25, 8)),  # ten hours later: clocks go back that night
        (paris(2026, 12, 31, 23), paris(2027, 1, 1, 8)),
    ],
)
def test_nobody_has_to_answer_by_night(deadline: datetime, moved: datetime) -> None:
    assert in_waking_hours(deadline, PARIS) == moved


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given a zone
    st.sampled_from(["Europe/Paris", "Pacific/Noumea", "Pacific/Marquesas", "America/Miquelon"]),
)
def test_a_deadline_is_moved_to_the_morning_and_no_further(deadline: datetime, zone: str) -> None:
    moved = in_waking_hours(deadline, ZoneInfo(zone))
    assert time(8) <= moved.astimezone(ZoneInfo(zone)).time() <= time(21)
    assert deadline <= moved <= deadline + timedelta(hours=12)
    assert in_waking_hours(moved, ZoneInfo(zone)) == moved

"""The house rules, one by one, at the very edge of what each allows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from booking.calendar import Calendar, Driver
from booking.policies import (
    POLICIES,
    InThePast,
    NoRulesYet,
    NotADriver,
    NotInService,
    PapersExpired,
    TooEarly,
    TooLate,
    TooLong,
    TooManyBookings,
    TooShort,
    VehicleTaken,
    why_not,
)
from kernel.period import Period
from kernel.refused import Refused
from tests.booking.village import ANNA, EVENING, KANGOO, NOON, PARIS, RULES, hours, wish


def lasting(start: datetime, **length: int) -> Period:
    return Period(start, start + timedelta(**length))


def test_what_no_rule_forbids_can_be_had() -> None:
    assert why_not(wish()) is None


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"calendar": Calendar(vehicle_id=KANGOO)}, NotInService),
        ({"driver": Driver(driver_id=ANNA)}, NotADriver),
        ({"rules": None}, NoRulesYet),
        ({"active_bookings": 3}, TooManyBookings),
        ({"taken": [EVENING]}, VehicleTaken),
        ({"taken": [hours(9, 10), hours(19, 21)]}, VehicleTaken),
        ({"rules": replace(RULES, min_notice_hours=31)}, TooLate),
        ({"rules": replace(RULES, advance_horizon_days=1)}, TooEarly),
        ({"rules": replace(RULES, min_duration_minutes=121)}, TooShort),
        ({"rules": replace(RULES, max_duration_hours=1)}, TooLong),
    ],
)
def test_each_rule_refuses_by_its_name(facts: dict[str, Any], refusal: type[Refused]) -> None:
    assert type(why_not(wish(**facts))) is refusal


@pytest.mark.parametrize(
    "facts",
    [
        {"active_bookings": 2},
        {"taken": [hours(16, 18), hours(20, 22)]},
        {"rules": replace(RULES, min_notice_hours=30)},
        {"rules": replace(RULES, min_duration_minutes=120)},
        {"rules": replace(RULES, max_duration_hours=2)},
    ],
)
def test_each_rule_allows_up_to_its_edge(facts: dict[str, Any]) -> None:
    assert why_not(wish(**facts)) is None


def test_a_vehicle_can_be_booked_at_its_door_until_a_quarter_of_an_hour_in() -> None:
    assert why_not(wish(lasting(NOON - timedelta(minutes=15), hours=2))) is None
    assert type(why_not(wish(lasting(NOON - timedelta(minutes=16), hours=2)))) is InThePast


def test_bookings_open_the_voted_days_ahead() -> None:
    last = NOON + timedelta(days=60)
    assert why_not(wish(lasting(last, hours=1))) is None
    assert type(why_not(wish(lasting(last + timedelta(minutes=1), hours=1)))) is TooEarly


def test_the_voted_gap_stands_on_both_sides() -> None:
    gap = replace(RULES, buffer_minutes=30)
    for beside in (hours(16, 18), hours(20, 22)):
        assert type(why_not(wish(taken=[beside], rules=gap))) is VehicleTaken
    half_an_hour_away = [Period(EVENING.end + timedelta(minutes=30), EVENING.end + timedelta(hours=2))]
    assert why_not(wish(taken=half_an_hour_away, rules=gap)) is None


@pytest.mark.parametrize(
    ("end", "allowed"),
    [
        (datetime(2026, 11, 10, 23, 30, tzinfo=PARIS), True),
        (datetime(2026, 11, 11, 0, 0, tzinfo=PARIS), True),
        (datetime(2026, 11, 11, 0, 30, tzinfo=PARIS), False),
    ],
)
def test_papers_hold_until_the_end_of_their_last_day_where_the_coop_is(end: datetime, *, allowed: bool) -> None:
    limited = Calendar(vehicle_id=KANGOO, open=True, papers_until=date(2026, 11, 10), paper="inspection")
    refusal = why_not(wish(Period(end - timedelta(hours=2), end), calendar=limited))
    assert (refusal is None) if allowed else isinstance(refusal, PapersExpired)


def test_papers_expired_are_told_before_any_voted_rule() -> None:
    limited = Calendar(vehicle_id=KANGOO, open=True, papers_until=date(2026, 11, 1), paper="inspection")
    refusal = why_not(wish(calendar=limited, active_bookings=9))
    assert str(refusal) == "The inspection of this vehicle is valid until 2026-11-01: it cannot be booked after that."


@pytest.mark.parametrize(
    "period",
    [
        Period(datetime(8999, 12, 31, 22, tzinfo=UTC), datetime(8999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        Period(datetime(1900, 1, 1, tzinfo=UTC), datetime(1900, 1, 1, 2, tzinfo=UTC)),
        Period(datetime(1900, 1, 1, tzinfo=UTC), datetime(8999, 12, 31, tzinfo=UTC)),
    ],
)
def test_the_farthest_periods_there_are_get_a_plain_refusal(period: Period) -> None:
    assert isinstance(why_not(wish(period, rules=replace(RULES, buffer_minutes=600))), Refused)


def test_the_rule_book_is_one_list_of_named_rules() -> None:
    assert len({policy.__name__ for policy in POLICIES}) == len(POLICIES) == 10
    assert all(policy.__doc__ for policy in POLICIES)

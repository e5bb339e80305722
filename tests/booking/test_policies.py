"""The house rules, one by one, at the very edge of what each allows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from booking.calendar import Calendar, Driver
from booking.policies import (
    POLICIES,
    AskedFor,
    GapKept,
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
    TooSoonToAsk,
    VehicleTaken,
    YoursAlready,
    free_from,
    why_not,
)
from kernel.period import Period
from kernel.refused import Refused
from tests.booking.village import ANNA, BOOKING, EVENING, KANGOO, NOON, OLGA, PARIS, RULES, held, hours, wish


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
        ({"taken": [held(EVENING)]}, VehicleTaken),
        ({"taken": [held(hours(9, 10)), held(hours(19, 21))]}, VehicleTaken),
        ({"taken": [held(hours(19, 21), ANNA)]}, YoursAlready),
        ({"taken": [held(hours(17, 19), answer_until=NOON)]}, AskedFor),
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
        {"taken": [held(hours(16, 18)), held(hours(20, 22))]},
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
        refusal = why_not(wish(taken=[held(beside)], rules=gap))
        assert isinstance(refusal, GapKept)
        assert refusal.details == {"start": beside.start, "end": beside.end, "minutes": 30}
    half_an_hour_away = Period(EVENING.end + timedelta(minutes=30), EVENING.end + timedelta(hours=2))
    assert why_not(wish(taken=[held(half_an_hour_away)], rules=gap)) is None


def test_hours_that_are_taken_are_told_before_a_gap_beside_them() -> None:
    gap = replace(RULES, buffer_minutes=30)
    refusal = why_not(wish(taken=[held(hours(16, 18)), held(hours(19, 20))], rules=gap))
    assert isinstance(refusal, VehicleTaken)


def test_what_is_asked_for_says_by_when_it_is_answered() -> None:
    refusal = why_not(wish(taken=[held(EVENING, answer_until=hours(13, 14, day=2).start)]))
    assert refusal is not None
    assert refusal.details["until"] == datetime(2026, 11, 2, 13, tzinfo=UTC)


def test_nobody_is_asked_about_hours_that_have_begun() -> None:
    olgas = Calendar(vehicle_id=KANGOO, open=True, approval="owner", owners=(OLGA,))
    now, soon = lasting(NOON, hours=2), lasting(NOON + timedelta(minutes=1), hours=2)
    assert isinstance(why_not(wish(now, calendar=olgas)), TooSoonToAsk)
    assert why_not(wish(soon, calendar=olgas)) is None
    olga = Driver(driver_id=OLGA, admitted=True)
    assert why_not(wish(now, calendar=olgas, driver=olga)) is None


def test_with_a_gap_of_a_quarter_of_an_hour_it_is_free_again_a_quarter_of_an_hour_later() -> None:
    gap = replace(RULES, buffer_minutes=15)
    asked = lasting(datetime(2026, 11, 3, 16, 5, tzinfo=UTC), minutes=55)
    after = free_from(wish(asked, taken=[held(hours(14, 16))], rules=gap), hours(16, 17, day=4).end)
    assert after == datetime(2026, 11, 3, 16, 15, tzinfo=UTC)


@given(
    starts=st.lists(st.integers(0, 47), unique=True).map(sorted),
    minutes=st.sampled_from([1, 29, 59]),
    seconds=st.integers(0, 59),
    gap=st.sampled_from([0, 15, 30]),
    length=st.integers(30, 240),
)
def test_every_hour_that_is_announced_can_be_booked(
    starts: list[int], minutes: int, seconds: int, gap: int, length: int
) -> None:
    first, lasts = hours(0, 1).start, timedelta(minutes=minutes, seconds=seconds)
    taken = [held(Period(first + timedelta(hours=start), first + timedelta(hours=start) + lasts)) for start in starts]
    rules = replace(RULES, buffer_minutes=gap)
    asked = wish(lasting(first, minutes=length), taken=taken, rules=rules)
    assume(why_not(asked) is not None)
    announced = free_from(asked, first + timedelta(days=3))
    assert announced is not None
    assert announced.second == 0
    assert why_not(replace(asked, period=lasting(announced, minutes=length))) is None
    sooner = first + timedelta(minutes=1)
    while sooner < announced:
        assert (
            why_not(replace(asked, period=lasting(sooner, minutes=length))) is not None or sooner < taken[0].period.end
        )
        sooner += timedelta(minutes=1)


def test_no_hour_is_announced_that_a_rule_forbids_or_that_is_not_known() -> None:
    taken = [held(EVENING)]
    assert free_from(wish(taken=taken, active_bookings=3), hours(20, 21, day=9).end) is None
    assert free_from(wish(taken=taken), hours(20, 21).end) is None
    limited = Calendar(vehicle_id=KANGOO, open=True, papers_until=date(2026, 11, 3), paper="inspection")
    late = held(hours(18, 23))
    assert free_from(wish(taken=[late], calendar=limited), hours(20, 21, day=9).end) is None


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
    assert str(refusal) == "The inspection of this vehicle is due by 2026-11-01: it cannot be booked after that."


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
    assert len({policy.__name__ for policy in POLICIES}) == len(POLICIES) == 13
    assert all(policy.__doc__ for policy in POLICIES)


def test_what_holds_for_everyone_is_told_before_a_paper() -> None:
    """Hours too far ahead are too far ahead; that a paper ends before is of no use yet."""
    ending = Calendar(vehicle_id=KANGOO, open=True, papers_until=date(2026, 11, 5), paper="inspection")
    far = lasting(NOON + timedelta(days=RULES.advance_horizon_days + 1), hours=2)
    assert type(why_not(wish(far, calendar=ending))) is TooEarly


def test_what_one_has_already_says_by_which_booking() -> None:
    refusal = why_not(wish(taken=[held(EVENING, ANNA)]))
    assert refusal is not None
    assert refusal.details == {"start": EVENING.start, "end": EVENING.end, "booking_id": BOOKING}

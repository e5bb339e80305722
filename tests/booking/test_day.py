"""From which hours of a day a vehicle can be had, and until when."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from booking.calendar import Calendar
from booking.hours.day import DayHours, Hour, ends_after, ends_of, ends_within, hours_of
from kernel.period import Period
from tests.booking.village import ANNA, KANGOO, PARIS, RULES, held, hours, wish

TOMORROW = Period.of_day(date(2026, 11, 3), PARIS)  # NOON is that of the 2nd, in UTC


def said(found: DayHours) -> dict[str, str]:
    """Return the state of each hour by how the village's clocks show it."""
    return {f"{hour.start.astimezone(PARIS):%H:%M}": hour.state for hour in found.hours}


def local(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def test_a_day_on_which_nothing_is_taken_is_free_from_midnight_to_eleven_at_night() -> None:
    found = said(hours_of(wish(), TOMORROW))
    assert list(found) == [f"{hour:02}:00" for hour in range(24)]
    assert {*found.values()} == {"free"}


def test_hours_taken_and_those_of_ones_own_are_told_apart() -> None:
    mine, others = Period(local(3, 9), local(3, 11)), Period(local(3, 18), local(3, 20))
    found = said(hours_of(wish(taken=[held(mine, ANNA), held(others)]), TOMORROW))
    assert {at for at, state in found.items() if state == "yours"} == {"09:00", "10:00"}
    assert {at for at, state in found.items() if state == "taken"} == {"18:00", "19:00"}


def test_an_hour_whose_first_half_is_taken_is_free_from_its_half() -> None:
    found = said(hours_of(wish(taken=[held(Period(local(3, 9), local(3, 10, 30)))]), TOMORROW))
    assert (found["09:00"], found["10:30"], "10:00" in found) == ("taken", "free", False)


def test_the_voted_gap_and_the_shortest_booking_count() -> None:
    taken = [held(Period(local(3, 12), local(3, 13)))]
    gap = said(hours_of(wish(taken=taken, rules=replace(RULES, buffer_minutes=30)), TOMORROW))
    assert (gap["11:00"], gap["12:00"], gap["13:30"]) == ("free", "taken", "free")
    long = said(hours_of(wish(taken=taken, rules=replace(RULES, min_duration_minutes=120)), TOMORROW))
    assert (long["10:00"], long["11:00"], long["13:00"]) == ("free", "taken", "free")


def test_of_today_only_what_is_not_past_is_shown() -> None:
    now = local(2, 17, 20)
    found = said(hours_of(wish(at=now), Period.of_day(date(2026, 11, 2), PARIS)))
    assert list(found) == ["17:30", *(f"{hour}:00" for hour in range(18, 24))]


def test_what_forbids_the_whole_day_is_said_instead() -> None:
    ended = Calendar(vehicle_id=KANGOO, open=True, papers_until=date(2026, 11, 2), paper="inspection")
    found = hours_of(wish(calendar=ended), TOMORROW)
    assert found.why_not is not None
    assert found.why_not.code == "papers-expired"
    full = [held(Period(local(2, 0), local(5, 0)))]
    assert hours_of(wish(taken=full), TOMORROW).why_not is None  # the ribbon says it


@pytest.mark.parametrize(("day", "count"), [(date(2027, 3, 28), 23), (date(2026, 10, 25), 25)])
def test_a_day_is_as_long_as_clocks_make_it(day: date, count: int) -> None:
    noon = datetime(day.year, day.month, day.day, tzinfo=PARIS) - timedelta(days=3)
    found = hours_of(wish(at=noon), Period.of_day(day, PARIS))
    assert len(found.hours) == count
    assert found.hours[0] == Hour(start=Period.of_day(day, PARIS).start, state="free")


def test_ends_come_by_half_hours_first_then_by_whole_ones_for_a_day() -> None:
    ends = list(ends_after(local(3, 9)))
    assert ends[:2] == [local(3, 9, 30), local(3, 10)]
    assert ends[11:13] == [local(3, 15), local(3, 16)]
    assert ends[-1] == local(4, 9)
    from_half = list(ends_after(local(3, 9, 30)))
    assert from_half[11:13] == [local(3, 15, 30), local(3, 16)]
    assert from_half[-1] == local(4, 9)
    assert list(ends_within(Period.of_day(date(2026, 11, 5), PARIS)))[-1] == local(6, 0)


def test_it_can_be_had_until_the_next_who_has_it() -> None:
    found = ends_of(wish(taken=[held(hours(16, 18, day=3))]), local(3, 15), ends_after(local(3, 15)))
    assert found.ends[-1] == local(3, 17)  # 16:00 in UTC
    assert found.why_no_later is not None
    assert found.why_no_later.code == "vehicle-taken"


def test_what_is_too_short_is_left_out_and_what_is_too_long_ends_it() -> None:
    bounded = replace(RULES, min_duration_minutes=60, max_duration_hours=3)
    found = ends_of(wish(rules=bounded), local(3, 9), ends_after(local(3, 9)))
    assert (found.ends[0], found.ends[-1]) == (local(3, 10), local(3, 12))
    assert found.why_no_later is not None
    assert found.why_no_later.code == "too-long"

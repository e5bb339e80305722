"""A vehicle is booked only while its papers hold."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from booking.calendar import Calendar
from booking.commands import LimitCalendar
from booking.events import CalendarLimited
from booking.policies import PapersExpired, WaitsForPapers
from booking.trip import gives_no_keys
from kernel.refused import Unknown
from tests.booking.village import COOP, KANGOO, OTHER_COOP, OTHERS_ZOE, Village, asked, hours

UNTIL = date(2026, 11, 10)
LIMIT = LimitCalendar(coop_id=COOP, vehicle_id=KANGOO, papers_until=UNTIL, paper="inspection")
LIMITED = CalendarLimited(vehicle_id=KANGOO, papers_until=UNTIL, paper="inspection")


def test_it_happens() -> None:
    assert Calendar().limit(LIMIT) == (LIMITED,)


def test_the_same_limit_again_changes_nothing() -> None:
    assert Calendar().evolve(LIMITED).limit(LIMIT) == ()


def test_a_vehicle_that_cannot_be_booked_at_all_has_nothing_to_limit(village: Village) -> None:
    with pytest.raises(Unknown):
        village.limit(OTHERS_ZOE, UNTIL)


def test_another_coop_cannot_limit_it(village: Village) -> None:
    with pytest.raises(Unknown):
        village.limit(KANGOO, UNTIL, coop=OTHER_COOP)


WAITS = LimitCalendar(coop_id=COOP, vehicle_id=KANGOO, papers_until=UNTIL, paper="insurance", missing=("consent",))


def test_what_waits_for_papers_is_booked_by_nobody_and_says_which(village: Village) -> None:
    village.doors.limit_calendar(WAITS, asked(None))
    with pytest.raises(WaitsForPapers) as refused:
        village.book()
    assert refused.value.details == {"papers": ("consent",)}


def test_until_the_end_of_the_day_it_was_given_it_is_booked_without_them(village: Village) -> None:
    village.doors.limit_calendar(replace(WAITS, papers_until=None, waits_after=UNTIL), asked(None))
    village.book(hours(18, 20, UNTIL.day))
    with pytest.raises(WaitsForPapers):
        village.book(hours(8, 10, UNTIL.day + 1))


@pytest.mark.parametrize(("day", "lacking"), [(UNTIL, ()), (UNTIL + timedelta(days=1), ("consent",))])
def test_keys_stay_where_they_are_from_the_same_day(day: date, lacking: tuple[str, ...]) -> None:
    calendar = Calendar(vehicle_id=KANGOO, open=True, missing=("consent",), waits_after=UNTIL)
    refusal = gives_no_keys(calendar, day)
    assert (refusal.details["papers"] if isinstance(refusal, WaitsForPapers) else ()) == lacking


def test_an_event_of_before_limits_as_it_did() -> None:
    calendar = Calendar(vehicle_id=KANGOO, open=True).evolve(LIMITED)
    assert (calendar.missing, calendar.lacking(UNTIL), calendar.papers_until) == ((), (), UNTIL)


def test_after_the_limit_it_cannot_be_booked_until_new_papers_are_there(village: Village) -> None:
    village.limit(KANGOO, UNTIL)
    with pytest.raises(PapersExpired, match=r"inspection .* 2026-11-10"):
        village.book(hours(9, 10, day=11))
    village.limit(KANGOO, None)
    assert village.book(hours(9, 10, day=11)).changed


def test_asked_twice_it_happens_once(village: Village) -> None:
    once, before = asked(None), len(village.events())
    assert village.limit(KANGOO, UNTIL, as_asked=once) == village.limit(KANGOO, UNTIL, as_asked=once)
    assert len(village.events()) == before + 1

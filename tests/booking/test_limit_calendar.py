"""A vehicle is booked only while its papers hold."""

from datetime import date

import pytest

from booking.calendar import Calendar
from booking.commands import LimitCalendar
from booking.events import CalendarLimited
from booking.policies import PapersExpired
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

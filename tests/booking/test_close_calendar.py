"""A vehicle out of service takes no new bookings and keeps those it promised."""

import pytest

from booking.calendar import Calendar
from booking.commands import CloseCalendar
from booking.events import CalendarClosed, CalendarOpened
from booking.policies import NotInService
from kernel.refused import Unknown
from tests.booking.village import COOP, KANGOO, OTHER_COOP, OTHERS_ZOE, Village, asked, hours

CLOSE = CloseCalendar(coop_id=COOP, vehicle_id=KANGOO)
OPEN = Calendar().evolve(CalendarOpened(vehicle_id=KANGOO, approval="everyone", owners=()))


def test_it_happens() -> None:
    assert OPEN.close(CLOSE) == (CalendarClosed(vehicle_id=KANGOO),)


def test_closing_what_is_closed_changes_nothing() -> None:
    assert OPEN.evolve(CalendarClosed(vehicle_id=KANGOO)).close(CLOSE) == ()


def test_an_unknown_vehicle_cannot_be_closed(village: Village) -> None:
    with pytest.raises(Unknown):
        village.close(OTHERS_ZOE)


def test_another_coop_cannot_close_it(village: Village) -> None:
    with pytest.raises(Unknown):
        village.close(KANGOO, coop=OTHER_COOP)


def test_promises_made_before_stay_and_new_ones_are_refused(village: Village) -> None:
    kept = village.book()
    village.close(KANGOO)
    assert village.shown(kept.stream_id).status == "confirmed"
    with pytest.raises(NotInService):
        village.book(hours(9, 10))


def test_asked_twice_it_happens_once(village: Village) -> None:
    once, before = asked(None), len(village.events())
    assert village.close(KANGOO, as_asked=once) == village.close(KANGOO, as_asked=once)
    assert len(village.events()) == before + 1

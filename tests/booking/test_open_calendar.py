"""A vehicle can be booked from the day its calendar opens."""

import pytest

from booking.calendar import Calendar
from booking.commands import OpenCalendar
from booking.events import CalendarClosed, CalendarLimited, CalendarOpened
from kernel.log.history import History
from kernel.refused import CommandReused, Unknown
from tests.booking.village import BEN, CLIO, COOP, KANGOO, OLGA, OTHER_COOP, Village, asked

OPENED = CalendarOpened(vehicle_id=CLIO, approval="owner", owners=(OLGA,))
OPEN = OpenCalendar(coop_id=COOP, vehicle_id=CLIO, approval="owner", owners=(OLGA,))


def test_it_happens() -> None:
    assert Calendar().start(OPEN) == (OPENED,)


def test_opening_what_is_open_on_the_same_terms_changes_nothing() -> None:
    assert Calendar().evolve(OPENED).start(OPEN) == ()


def test_it_opens_again_after_it_was_closed_and_keeps_what_the_papers_allow() -> None:
    limited = CalendarLimited(vehicle_id=CLIO, papers_until=None, paper="inspection")
    closed = Calendar().after([OPENED, limited, CalendarClosed(vehicle_id=CLIO)])
    assert closed.start(OPEN) == (OPENED,)
    assert closed.evolve(OPENED).paper == "inspection"


def test_other_owners_are_other_terms() -> None:
    both = OpenCalendar(coop_id=COOP, vehicle_id=CLIO, approval="owner", owners=(OLGA, BEN))
    [opened] = Calendar().evolve(OPENED).start(both)
    assert opened == CalendarOpened(vehicle_id=CLIO, approval="owner", owners=(OLGA, BEN))


def test_asked_twice_it_happens_once(history: History) -> None:
    village, once = Village(history), asked(None)
    assert village.open(KANGOO, as_asked=once) == village.open(KANGOO, as_asked=once)
    assert len(village.events()) == 1


def test_the_same_id_with_other_terms_is_refused(history: History) -> None:
    village, once = Village(history), asked(None)
    village.open(KANGOO, as_asked=once)
    with pytest.raises(CommandReused):
        village.open(KANGOO, "owner", (OLGA,), as_asked=once)


def test_another_coop_cannot_open_it(village: Village) -> None:
    with pytest.raises(Unknown):
        village.open(KANGOO, coop=OTHER_COOP)

"""A member whose bookings are suspended books nothing new meanwhile, and keeps what she holds."""

from datetime import timedelta

import pytest

from booking.calendar import Driver
from booking.commands import SuspendDriver
from booking.events import DriverSuspended
from booking.hours.queries import search
from booking.policies import Suspended, why_not
from tests.booking.village import ANNA, COOP, EVENING, KANGOO, NOON, Village, asked, hours, wish

UNTIL = NOON + timedelta(days=15)
SUSPEND = SuspendDriver(coop_id=COOP, driver_id=ANNA, until=UNTIL)


def test_it_happens_once_and_ends() -> None:
    (suspended,) = Driver(driver_id=ANNA, admitted=True).suspend(SUSPEND)
    assert suspended == DriverSuspended(driver_id=ANNA, until=UNTIL)
    anna = Driver(driver_id=ANNA, admitted=True).evolve(suspended)
    assert anna.suspend(SUSPEND) == ()
    assert anna.suspend(SuspendDriver(coop_id=COOP, driver_id=ANNA, until=None))


def test_to_the_very_instant() -> None:
    anna = Driver(driver_id=ANNA, admitted=True, suspended_until=UNTIL)
    assert isinstance(why_not(wish(driver=anna, at=NOON)), Suspended)
    later = hours(18, 20, day=20)
    assert isinstance(why_not(wish(later, driver=anna, at=UNTIL - timedelta(microseconds=1))), Suspended)
    assert why_not(wish(later, driver=anna, at=UNTIL)) is None


def test_meanwhile_nothing_new_is_booked_and_what_is_held_is_driven(village: Village) -> None:
    mine = village.book().stream_id
    village.doors.suspend_driver(SUSPEND, asked(None))
    with pytest.raises(Suspended):
        village.book(hours(9, 10))
    with village.connect() as connection:
        found = search(connection, COOP, ANNA, hours(9, 10), at=NOON, zone="Europe/Paris")
    assert {type(row.refusal) for row in found} == {Suspended}
    village.take(mine, asked(ANNA, at=EVENING.start))
    assert village.shown(mine).status == "under_way"


def test_lifted_she_books_again(village: Village) -> None:
    village.doors.suspend_driver(SUSPEND, asked(None))
    village.doors.suspend_driver(SuspendDriver(coop_id=COOP, driver_id=ANNA, until=None), asked(None))
    assert village.book(vehicle=KANGOO).changed

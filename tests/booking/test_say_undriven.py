"""The driver says, once her hours are over, that nobody drove: the booking ends there."""

from datetime import timedelta
from uuid import UUID

import pytest

from booking.booking import HoursToCome, KeysAlreadyTaken, NoLongerThere
from booking.commands import SayUndriven
from booking.events import BookingCancelled, BookingNotDriven
from kernel.command import Asked, Done
from kernel.refused import NotYours, Unknown
from tests.booking.village import ANNA, BEN, CONFIRMED, COOP, EVENING, KANGOO, OTHER_COOP, REQUEST, Village, asked

OVER = EVENING.end
UNDRIVEN = BookingNotDriven(vehicle_id=KANGOO, driver_id=ANNA)


def say(village: Village, booking_id: UUID, as_asked: Asked, coop: UUID = COOP) -> Done:
    return village.doors.say_undriven(SayUndriven(coop_id=coop, booking_id=booking_id), as_asked)


def test_it_happens_once_its_hours_are_over() -> None:
    assert CONFIRMED.say_undriven(by=ANNA, at=OVER, trip_started=False) == (UNDRIVEN,)


def test_not_before_that() -> None:
    with pytest.raises(HoursToCome):
        CONFIRMED.say_undriven(by=ANNA, at=OVER - timedelta(microseconds=1), trip_started=False)


def test_nobody_but_the_driver_may() -> None:
    for who in (BEN, None):
        with pytest.raises(NotYours):
            CONFIRMED.say_undriven(by=who, at=OVER, trip_started=False)


def test_not_of_a_trip_that_was_begun() -> None:
    with pytest.raises(KeysAlreadyTaken):
        CONFIRMED.say_undriven(by=ANNA, at=OVER, trip_started=True)


def test_not_of_what_was_never_promised_or_given_back() -> None:
    back = CONFIRMED.evolve(BookingCancelled(vehicle_id=KANGOO, driver_id=ANNA, free=True))
    for booking in (REQUEST, back):
        with pytest.raises(NoLongerThere):
            booking.say_undriven(by=ANNA, at=OVER, trip_started=False)


def test_said_again_or_closed_before_it_changes_nothing() -> None:
    assert CONFIRMED.evolve(UNDRIVEN).say_undriven(by=ANNA, at=OVER, trip_started=False) == ()


def test_asked_twice_it_happens_once(village: Village) -> None:
    mine, once = village.book().stream_id, asked(ANNA, at=OVER)
    before = len(village.events())
    assert say(village, mine, once) == say(village, mine, once)
    assert len(village.events()) == before + 1
    assert village.shown(mine).status == "not_driven"


def test_a_trip_under_way_is_found_out_by_the_door(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=EVENING.start))
    with pytest.raises(KeysAlreadyTaken):
        say(village, mine, asked(ANNA, at=OVER))


def test_a_booking_of_another_coop_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        say(village, village.book().stream_id, asked(ANNA, at=OVER), coop=OTHER_COOP)

"""A member who may no longer drive cannot book; what was promised to her stays."""

import pytest

from booking.calendar import Driver
from booking.commands import RemoveDriver
from booking.events import DriverAdmitted, DriverRemoved
from booking.policies import NotADriver
from kernel.refused import Unknown
from tests.booking.village import ANNA, COOP, OTHER_COOP, STRANGER, Village, asked, hours

REMOVE = RemoveDriver(coop_id=COOP, driver_id=ANNA)
ADMITTED = Driver().evolve(DriverAdmitted(driver_id=ANNA))


def test_it_happens() -> None:
    assert ADMITTED.remove(REMOVE) == (DriverRemoved(driver_id=ANNA),)


def test_removing_who_is_removed_changes_nothing() -> None:
    assert ADMITTED.evolve(DriverRemoved(driver_id=ANNA)).remove(REMOVE) == ()


def test_a_stranger_cannot_be_removed(village: Village) -> None:
    with pytest.raises(Unknown):
        village.remove(STRANGER)


def test_another_coop_cannot_remove_her(village: Village) -> None:
    with pytest.raises(Unknown):
        village.remove(ANNA, coop=OTHER_COOP)


def test_she_books_no_more_and_keeps_what_she_had(village: Village) -> None:
    kept = village.book()
    village.remove(ANNA)
    assert village.shown(kept.stream_id).status == "confirmed"
    with pytest.raises(NotADriver):
        village.book(hours(9, 10))


def test_asked_twice_it_happens_once(village: Village) -> None:
    once, before = asked(None), len(village.events())
    assert village.remove(ANNA, as_asked=once) == village.remove(ANNA, as_asked=once)
    assert len(village.events()) == before + 1

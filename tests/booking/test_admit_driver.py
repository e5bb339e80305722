"""A member may book from the moment the co-op admits her."""

import pytest

from booking.calendar import Driver
from booking.commands import AdmitDriver
from booking.events import DriverAdmitted, DriverRemoved
from booking.policies import NotADriver
from kernel.refused import Unknown
from tests.booking.village import ANNA, COOP, OTHER_COOP, STRANGER, Village, asked

ADMIT = AdmitDriver(coop_id=COOP, driver_id=ANNA)
ADMITTED = DriverAdmitted(driver_id=ANNA)


def test_it_happens() -> None:
    assert Driver().admit(ADMIT) == (ADMITTED,)


def test_admitting_who_is_admitted_changes_nothing() -> None:
    assert Driver().evolve(ADMITTED).admit(ADMIT) == ()


def test_who_was_removed_can_be_admitted_again() -> None:
    assert Driver().after([ADMITTED, DriverRemoved(driver_id=ANNA)]).admit(ADMIT) == (ADMITTED,)


def test_only_then_can_she_book(village: Village) -> None:
    with pytest.raises(NotADriver):
        village.book(by=STRANGER)
    village.admit(STRANGER)
    assert village.book(by=STRANGER).changed


def test_a_driver_of_another_coop_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        village.admit(ANNA, coop=OTHER_COOP)


def test_asked_twice_it_happens_once(village: Village) -> None:
    once, before = asked(None), len(village.events())
    assert village.admit(STRANGER, as_asked=once) == village.admit(STRANGER, as_asked=once)
    assert len(village.events()) == before + 1

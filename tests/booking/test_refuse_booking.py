"""An owner says no, and the hours are free again."""

import pytest

from booking.booking import AlreadyAnswered
from booking.events import BookingRefused
from kernel.refused import NotYours, Unknown
from tests.booking.village import ANNA, APPROVED, BEN, CLIO, KANGOO, OLGA, OTHER_COOP, REQUEST, Village, asked

REFUSED = BookingRefused(vehicle_id=KANGOO, driver_id=ANNA, reason=None)


def test_it_happens() -> None:
    assert REQUEST.refuse(by=OLGA, reason=None) == (REFUSED,)


def test_saying_no_again_changes_nothing() -> None:
    assert REQUEST.evolve(REFUSED).refuse(by=OLGA, reason=None) == ()


def test_nobody_but_an_approver_may() -> None:
    with pytest.raises(NotYours):
        REQUEST.refuse(by=BEN, reason=None)


def test_what_was_approved_stays_so() -> None:
    with pytest.raises(AlreadyAnswered):
        APPROVED.refuse(by=OLGA, reason=None)


def test_the_reason_is_shown_and_the_hours_can_be_booked_again(village: Village) -> None:
    request = village.book(vehicle=CLIO).stream_id
    village.refuse(request, asked(OLGA), "Je pars à Crest ce soir-là")
    shown = village.shown(request)
    assert (shown.status, shown.reason) == ("refused", "Je pars à Crest ce soir-là")
    assert village.book(vehicle=CLIO, by=BEN).changed


def test_a_reason_is_never_readable_in_the_log(village: Village) -> None:
    village.refuse(village.book(vehicle=CLIO).stream_id, asked(OLGA), "Je pars à Crest")
    assert not any(b"Crest" in stored.state for stored in village.history.log.select_notifications(1, 100))


def test_asked_twice_it_happens_once(village: Village) -> None:
    request, once = village.book(vehicle=CLIO).stream_id, asked(OLGA)
    assert village.refuse(request, once, "Non") == village.refuse(request, once, "Non")


def test_a_booking_of_another_coop_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        village.refuse(village.book(vehicle=CLIO).stream_id, asked(OLGA), coop=OTHER_COOP)

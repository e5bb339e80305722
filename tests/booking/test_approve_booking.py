"""An owner says yes, and the price of that instant holds."""

from datetime import timedelta
from uuid import UUID

import pytest

from booking.booking import AlreadyAnswered, AnswerTooLate
from booking.commands import ApproveBooking
from booking.events import BookingApproved, BookingRefused, RequestExpired
from kernel.refused import NotYours, Unknown
from tests.booking.village import (
    ANNA,
    APPROVED,
    BEN,
    CLIO,
    CONFIRMED,
    COOP,
    KANGOO,
    MORNING,
    NOON,
    OLGA,
    OTHER_COOP,
    REQUEST,
    STRANGER,
    Village,
    asked,
)

YES = ApproveBooking(coop_id=COOP, booking_id=UUID(int=50))


def test_it_happens() -> None:
    agreed = BookingApproved(vehicle_id=KANGOO, driver_id=ANNA, agreed_at=NOON)
    assert REQUEST.approve(YES, by=OLGA, at=NOON) == (agreed,)


def test_saying_yes_again_changes_nothing() -> None:
    assert APPROVED.approve(YES, by=OLGA, at=NOON + timedelta(hours=1)) == ()


def test_not_once_the_time_to_answer_is_over() -> None:
    assert REQUEST.approve(YES, by=OLGA, at=MORNING - timedelta(microseconds=1))
    with pytest.raises(AnswerTooLate):
        REQUEST.approve(YES, by=OLGA, at=MORNING)


@pytest.mark.parametrize("who", [ANNA, BEN, STRANGER, None])
def test_nobody_but_an_approver_may(who: object) -> None:
    with pytest.raises(NotYours):
        REQUEST.approve(YES, by=who, at=NOON)  # type: ignore[arg-type]


def test_a_booking_that_needed_no_approval_has_no_approver() -> None:
    with pytest.raises(NotYours):
        CONFIRMED.approve(YES, by=OLGA, at=NOON)


@pytest.mark.parametrize(
    "answer",
    [BookingRefused(vehicle_id=KANGOO, driver_id=ANNA, reason=None), RequestExpired(vehicle_id=KANGOO, driver_id=ANNA)],
)
def test_what_was_answered_otherwise_stays_so(answer: BookingRefused | RequestExpired) -> None:
    with pytest.raises(AlreadyAnswered):
        REQUEST.evolve(answer).approve(YES, by=OLGA, at=NOON)


def test_the_booking_is_then_shown_as_confirmed_since_that_instant(village: Village) -> None:
    request, later = village.book(vehicle=CLIO), NOON + timedelta(hours=1)
    assert village.shown(request.stream_id).status == "requested"
    village.approve(request.stream_id, asked(OLGA, at=later))
    shown = village.shown(request.stream_id)
    assert (shown.status, shown.agreed_at) == ("confirmed", later)


def test_asked_twice_it_happens_once(village: Village) -> None:
    request, once = village.book(vehicle=CLIO).stream_id, asked(OLGA)
    assert village.approve(request, once) == village.approve(request, once)


def test_when_someone_got_in_first_it_is_said(village: Village) -> None:
    request = village.book(vehicle=CLIO).stream_id
    village.refuse(request, asked(OLGA))
    with pytest.raises(AlreadyAnswered):
        village.approve(request, asked(OLGA))


def test_a_booking_of_another_coop_is_unknown(village: Village) -> None:
    request = village.book(vehicle=CLIO).stream_id
    with pytest.raises(Unknown):
        village.approve(request, asked(OLGA), coop=OTHER_COOP)

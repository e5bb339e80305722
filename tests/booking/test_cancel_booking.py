"""The driver gives her hours back."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from booking.booking import HoursPast, KeysAlreadyTaken, NoLongerThere
from booking.events import BookingCancelled, BookingRefused
from booking.queries import cancelled_late
from kernel.refused import NotYours, Unknown
from tests.booking.village import (
    ANNA,
    BEN,
    CONFIRMED,
    COOP,
    EVENING,
    KANGOO,
    NOON,
    OTHER_COOP,
    REQUEST,
    Village,
    asked,
    hours,
)

DAY_BEFORE = EVENING.start - timedelta(hours=24)


def cancelled(*, free: bool) -> BookingCancelled:
    return BookingCancelled(vehicle_id=KANGOO, driver_id=ANNA, free=free)


def test_it_happens_for_nothing_until_the_voted_hours_before() -> None:
    assert CONFIRMED.cancel(by=ANNA, at=DAY_BEFORE, trip_started=False) == (cancelled(free=True),)


def test_later_it_happens_too_but_not_for_nothing() -> None:
    late = DAY_BEFORE + timedelta(microseconds=1)
    assert CONFIRMED.cancel(by=ANNA, at=late, trip_started=False) == (cancelled(free=False),)


def test_a_request_is_taken_back_for_nothing_at_any_time() -> None:
    assert REQUEST.cancel(by=ANNA, at=EVENING.start, trip_started=False) == (cancelled(free=True),)


def test_nothing_is_given_back_once_its_hours_are_over() -> None:
    assert CONFIRMED.cancel(by=ANNA, at=EVENING.end - timedelta(microseconds=1), trip_started=False)
    for over in (CONFIRMED, REQUEST):
        with pytest.raises(HoursPast):
            over.cancel(by=ANNA, at=EVENING.end, trip_started=False)


def test_giving_back_what_was_given_back_changes_nothing() -> None:
    assert CONFIRMED.evolve(cancelled(free=True)).cancel(by=ANNA, at=NOON, trip_started=False) == ()


def test_nobody_but_the_driver_may() -> None:
    with pytest.raises(NotYours):
        CONFIRMED.cancel(by=BEN, at=NOON, trip_started=False)


def test_not_once_the_keys_are_taken() -> None:
    with pytest.raises(KeysAlreadyTaken):
        CONFIRMED.cancel(by=ANNA, at=NOON, trip_started=True)


def test_not_what_the_owner_refused() -> None:
    refused = REQUEST.evolve(BookingRefused(vehicle_id=KANGOO, driver_id=ANNA, reason=None))
    with pytest.raises(NoLongerThere):
        refused.cancel(by=ANNA, at=NOON, trip_started=False)


def test_what_was_cancelled_late_is_counted_of_hours_since_an_instant(village: Village) -> None:
    def late(since: datetime, by: UUID = ANNA) -> int:
        with village.connect() as connection:
            return cancelled_late(connection, COOP, by, since)

    mine, other = village.book().stream_id, village.book(hours(18, 20, day=10)).stream_id
    village.cancel(other, asked(ANNA))
    assert (village.shown(other).cancelled_late, late(NOON)) == (False, 0)
    village.cancel(mine, asked(ANNA, at=DAY_BEFORE + timedelta(minutes=1)))
    assert village.shown(mine).cancelled_late
    assert (late(NOON), late(EVENING.end), late(NOON, BEN)) == (1, 1, 0)
    assert late(EVENING.end + timedelta(microseconds=1)) == 0


def test_its_hours_can_then_be_booked_and_do_not_count_as_hers(village: Village) -> None:
    mine = village.book().stream_id
    village.cancel(mine, asked(ANNA))
    assert village.shown(mine).status == "cancelled"
    assert village.book(by=BEN).changed
    for start in (8, 10, 12):
        village.book(hours(start, start + 1))


def test_a_trip_under_way_is_found_out_by_the_door(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=EVENING.start))
    with pytest.raises(KeysAlreadyTaken):
        village.cancel(mine, asked(ANNA, at=EVENING.start))


def test_asked_twice_it_happens_once(village: Village) -> None:
    mine, once = village.book().stream_id, asked(ANNA)
    assert village.cancel(mine, once) == village.cancel(mine, once)


def test_a_booking_of_another_coop_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        village.cancel(village.book().stream_id, asked(ANNA), coop=OTHER_COOP)

"""A booking nobody took is closed by itself, a week after its hours: until then its driver may say she drove."""

from datetime import timedelta
from uuid import UUID

import pytest

from booking.booking import Booking, NoLongerThere, StillTimeToTell
from booking.events import BookingNotDriven
from booking.queries import undriven_due
from tests.booking.village import ANNA, BEN, CONFIRMED, COOP, EVENING, KANGOO, REQUEST, Village, asked, hours
from tests.kit.hours import promised

WEEK_AFTER = EVENING.end + timedelta(days=7)
INSTANT = timedelta(microseconds=1)


def due(village: Village) -> list[UUID]:
    """Return the bookings to be closed a week after the evening."""
    with village.connect() as connection:
        return [booking_id for _, booking_id in undriven_due(connection, WEEK_AFTER)]


def test_it_happens_a_week_after_its_hours() -> None:
    closed = CONFIRMED.close_undriven(at=WEEK_AFTER, trip_started=False)
    assert closed == (BookingNotDriven(vehicle_id=KANGOO, driver_id=ANNA),)


def test_before_that_there_is_still_time_to_tell() -> None:
    with pytest.raises(StillTimeToTell):
        CONFIRMED.close_undriven(at=WEEK_AFTER - INSTANT, trip_started=False)


@pytest.mark.parametrize(("booking", "started"), [(CONFIRMED, True), (REQUEST, False), (Booking(), False)])
def test_what_was_driven_or_never_promised_stays_as_it_is(booking: Booking, started: bool) -> None:  # noqa: FBT001
    assert booking.close_undriven(at=WEEK_AFTER, trip_started=started) == ()


def test_it_is_due_only_then_and_only_once(village: Village) -> None:
    mine = village.book().stream_id
    with village.connect() as connection:
        assert undriven_due(connection, WEEK_AFTER - INSTANT) == []
        assert undriven_due(connection, WEEK_AFTER) == [(COOP, mine)]
    village.close_undriven(mine, asked(None, at=WEEK_AFTER))
    assert village.shown(mine).status == "not_driven"
    assert due(village) == []


def test_its_hours_are_held_no_more(village: Village) -> None:
    mine = village.book().stream_id
    village.close_undriven(mine, asked(None, at=WEEK_AFTER))
    with village.connect() as connection:
        assert promised(connection) == set()


def test_a_trip_told_late_counts_until_then_and_no_longer(village: Village) -> None:
    told, forgotten = village.book().stream_id, village.book(by=BEN, period=hours(21, 22)).stream_id
    village.take(told, asked(ANNA, at=EVENING.start))
    assert due(village) == []
    after = asked(None, at=hours(21, 22).end + timedelta(days=7))
    village.close_undriven(forgotten, after)
    with pytest.raises(NoLongerThere):
        village.take(forgotten, asked(BEN, at=hours(21, 22).start))


def test_asked_twice_it_happens_once(village: Village) -> None:
    mine, once = village.book().stream_id, asked(None, at=WEEK_AFTER)
    before = len(village.events())
    assert village.close_undriven(mine, once) == village.close_undriven(mine, once)
    assert len(village.events()) == before + 1


def test_when_the_driver_said_so_first_nothing_happens(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=EVENING.start))
    village.close_undriven(mine, asked(None, at=WEEK_AFTER))
    assert village.shown(mine).status == "under_way"

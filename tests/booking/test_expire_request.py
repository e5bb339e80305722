"""A request nobody answered in time frees its hours by itself."""

from datetime import timedelta
from uuid import UUID

import pytest

from booking.booking import StillTimeToAnswer
from booking.commands import ExpireRequest
from booking.events import RequestExpired
from booking.queries import requests_due
from tests.booking.village import ANNA, APPROVED, BEN, CLIO, COOP, KANGOO, MORNING, OLGA, REQUEST, Village, asked

TIME_IS_UP = ExpireRequest(coop_id=COOP, booking_id=UUID(int=50))


def test_it_happens_when_the_time_is_over() -> None:
    assert REQUEST.expire(TIME_IS_UP, at=MORNING) == (RequestExpired(vehicle_id=KANGOO, driver_id=ANNA),)


def test_before_that_there_is_still_time_to_answer() -> None:
    with pytest.raises(StillTimeToAnswer):
        REQUEST.expire(TIME_IS_UP, at=MORNING - timedelta(microseconds=1))


def test_what_was_answered_meanwhile_does_not_expire() -> None:
    assert APPROVED.expire(TIME_IS_UP, at=MORNING) == ()


def test_it_is_due_only_then_and_only_once(village: Village) -> None:
    request = village.book(vehicle=CLIO).stream_id
    with village.connect() as connection:
        assert requests_due(connection, MORNING - timedelta(seconds=1)) == []
        assert requests_due(connection, MORNING) == [(COOP, request)]
    village.expire(request, asked(None, at=MORNING))
    with village.connect() as connection:
        assert requests_due(connection, MORNING) == []


def test_its_hours_can_then_be_booked(village: Village) -> None:
    request = village.book(vehicle=CLIO).stream_id
    village.expire(request, asked(None, at=MORNING))
    assert village.shown(request).status == "expired"
    assert village.book(vehicle=CLIO, by=BEN, at=MORNING).changed


def test_asked_twice_it_happens_once(village: Village) -> None:
    request, once, before = village.book(vehicle=CLIO).stream_id, asked(None, at=MORNING), len(village.events())
    assert village.expire(request, once) == village.expire(request, once)
    assert len(village.events()) == before + 1


def test_when_the_owner_answered_first_nothing_happens(village: Village) -> None:
    request = village.book(vehicle=CLIO).stream_id
    village.approve(request, asked(OLGA))
    village.expire(request, asked(None, at=MORNING))
    assert village.shown(request).status == "confirmed"

"""A member who was warned that she owes too much books until the voted days are over, and again once it is paid."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from booking.calendar import Driver
from booking.commands import NoteOwing
from booking.events import DriverOwes
from booking.hours.queries import owing, search
from booking.policies import OwesTooLong, why_not
from kernel.period import Period
from tests.booking.village import ANNA, BEN, COOP, EVENING, NOON, RULES, Village, asked, hours, wish

PARIS = ZoneInfo("Europe/Paris")
OWES = NoteOwing(coop_id=COOP, driver_id=ANNA, since=NOON)
PAID = NoteOwing(coop_id=COOP, driver_id=ANNA, since=None)
OBEYED = replace(RULES, suspend_after_days=45)
TOO_LONG = NOON + timedelta(days=45)


def test_it_is_noted_once_and_taken_back() -> None:
    (owes,) = Driver(driver_id=ANNA, admitted=True).note_owing(OWES)
    assert owes == DriverOwes(driver_id=ANNA, since=NOON)
    anna = Driver(driver_id=ANNA, admitted=True).evolve(owes)
    assert anna.note_owing(OWES) == ()
    assert anna.note_owing(PAID) == (DriverOwes(driver_id=ANNA, since=None),)
    assert Driver(driver_id=ANNA, admitted=True).note_owing(PAID) == ()


def test_she_books_for_the_voted_days_to_the_very_instant() -> None:
    anna, later = Driver(driver_id=ANNA, admitted=True, owes_since=NOON), hours(18, 20, day=20)
    moved = replace(later, start=later.start + timedelta(days=40), end=later.end + timedelta(days=40))
    before = wish(moved, driver=anna, rules=OBEYED, at=TOO_LONG - timedelta(microseconds=1))
    assert why_not(before) is None
    assert isinstance(why_not(replace(before, at=TOO_LONG)), OwesTooLong)
    assert why_not(replace(before, at=TOO_LONG, driver=replace(anna, owes_since=None))) is None


def test_days_that_would_end_by_night_end_at_eight() -> None:
    by_night = datetime(2026, 11, 27, 5, 57, tzinfo=PARIS)
    anna, eight = Driver(driver_id=ANNA, admitted=True, owes_since=by_night), datetime(2027, 1, 11, 8, tzinfo=PARIS)
    later = Period(eight + timedelta(days=1), eight + timedelta(days=1, hours=2))
    before = wish(later, driver=anna, rules=OBEYED, at=eight - timedelta(microseconds=1))
    assert why_not(before) is None
    assert isinstance(why_not(replace(before, at=eight)), OwesTooLong)


def test_where_nobody_voted_it_whatever_is_owed_keeps_nobody_from_booking() -> None:
    anna = Driver(driver_id=ANNA, admitted=True, owes_since=NOON - timedelta(days=400))
    assert why_not(wish(driver=anna, rules=RULES)) is None


def test_what_she_holds_is_driven_and_search_says_why_there_is_nothing_new(village: Village) -> None:
    village.rule(OBEYED)
    mine = village.book().stream_id
    long_ago = replace(OWES, since=NOON - timedelta(days=45))
    village.doors.note_owing(long_ago, asked(None))
    with village.connect() as connection:
        assert owing(connection, COOP) == {ANNA: NOON - timedelta(days=45)}
        assert owing(connection, COOP, [BEN]) == {}
        found = search(connection, COOP, ANNA, hours(9, 10), at=NOON, zone="Europe/Paris")
    assert OwesTooLong in {type(row.refusal) for row in found}
    with pytest.raises(OwesTooLong):
        village.book(hours(9, 10))
    village.take(mine, asked(ANNA, at=EVENING.start))
    village.doors.note_owing(PAID, asked(None))
    assert village.book(hours(9, 10)).changed

"""A trip starts with the keys and what the dashboard shows."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from booking.booking import Booking, NoLongerThere
from booking.calendar import Calendar
from booking.commands import TakeKeys
from booking.events import BookingCancelled
from booking.keys.around import Around, Out, StillOut
from booking.trip import (
    AlreadyUnderWay,
    NotApprovedYet,
    NotHappenedYet,
    NotYet,
    PapersLapsed,
    TakenTooLate,
    Trip,
    VehicleWithdrawn,
    gives_no_keys,
)
from kernel.event import Event
from kernel.refused import NotYours, Unknown, Unlikely
from tests.booking.odd import odd_at
from tests.booking.village import (
    ANNA,
    BEN,
    BOOKING,
    CONFIRMED,
    COOP,
    EVENING,
    KANGOO,
    OTHER_COOP,
    REQUEST,
    RULES,
    UNDER_WAY,
    Village,
    asked,
    started,
)

THEN, NOT_BEGUN, NOBODY = EVENING.start, Trip(), Around()
HOUR = timedelta(hours=1)


def take(
    trip: Trip = NOT_BEGUN,
    booking: Booking = CONFIRMED,
    *,
    by: object = ANNA,
    at: datetime = THEN,
    skew: int = 0,
    around: Around = NOBODY,
    odd: Unlikely | None = None,
    confirmed: int | None = None,
) -> tuple[Event, ...]:
    taken = at + timedelta(minutes=skew)
    command = TakeKeys(
        coop_id=COOP, booking_id=BOOKING, taken_at=taken, odometer_km=1000, level_percent=80, confirmed=confirmed
    )
    return tuple(
        trip.take_keys(command, booking=booking, rules=RULES, gives=None, around=around, odd=odd, by=by, at=at)  # type: ignore[arg-type]
    )


def test_it_happens() -> None:
    assert take() == (started(),)


def test_what_looks_odd_is_asked_and_confirmed_all_the_same_it_says_so() -> None:
    with pytest.raises(Unlikely):
        take(odd=odd_at(1000))
    assert take(odd=odd_at(1000), confirmed=1000) == (replace(started(), odd=True),)


def test_the_keys_can_be_taken_a_little_early() -> None:
    assert take(at=THEN - timedelta(minutes=30))


def test_not_earlier_than_that() -> None:
    with pytest.raises(NotYet, match="from 30 minutes before"):
        take(at=THEN - timedelta(minutes=31))


def test_not_once_the_booked_hours_are_over() -> None:
    with pytest.raises(TakenTooLate):
        take(at=EVENING.end)


def test_a_phone_without_network_tells_later_when_they_were_taken() -> None:
    assert take(at=THEN + timedelta(hours=9), skew=-540) == (started(),)


def test_a_phone_a_little_ahead_is_believed_and_one_far_ahead_is_not() -> None:
    assert take(skew=5)
    with pytest.raises(NotHappenedYet):
        take(skew=6)


def test_nobody_but_the_driver_may() -> None:
    for who in (BEN, None):
        with pytest.raises(NotYours):
            take(by=who)


def test_not_before_the_owner_said_yes() -> None:
    with pytest.raises(NotApprovedYet):
        take(booking=REQUEST)


def test_not_a_booking_given_back() -> None:
    with pytest.raises(NoLongerThere):
        take(booking=CONFIRMED.evolve(BookingCancelled(vehicle_id=KANGOO, driver_id=ANNA, free=True)))


def test_keys_taken_once_cannot_be_taken_again() -> None:
    with pytest.raises(AlreadyUnderWay, match="at 1000 km"):
        take(UNDER_WAY)


def bens(until: datetime | None) -> Out:
    return Out(booking_id=uuid4(), driver_id=BEN, since=THEN - HOUR, until=until)


def test_not_while_another_driver_has_them() -> None:
    for until in (None, THEN + timedelta(seconds=1)):
        with pytest.raises(StillOut):
            take(around=Around(last=bens(until)))
    assert take(around=Around(last=bens(THEN)))


def test_told_after_the_next_trip_began_it_was_back_by_then() -> None:
    [told] = take(at=THEN + 9 * HOUR, skew=-540, around=Around(next_at=THEN + HOUR))
    assert told == started(back_by=THEN + HOUR)


def test_a_vehicle_out_of_service_gives_none() -> None:
    with pytest.raises(VehicleWithdrawn):
        raise gives_no_keys(Calendar(vehicle_id=KANGOO), THEN.date()) or AssertionError


def test_nor_one_whose_papers_ended_yesterday() -> None:
    papers = Calendar(vehicle_id=KANGOO, open=True, papers_until=THEN.date(), paper="inspection")
    assert gives_no_keys(papers, THEN.date()) is None
    with pytest.raises(PapersLapsed, match="inspection of this vehicle ended on 2026-11-03"):
        raise gives_no_keys(papers, THEN.date() + timedelta(days=1)) or AssertionError


def test_the_booking_is_then_shown_under_way_with_its_readings(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=THEN), km=43210)
    shown = village.shown(mine)
    assert (shown.status, shown.started_at, shown.odometer_out_km) == ("under_way", THEN, 43210)
    assert shown.level_out_percent == 80


def test_asked_three_times_it_happens_once(village: Village) -> None:
    mine, once = village.book().stream_id, asked(ANNA, at=THEN)
    assert len({village.take(mine, once).position for _ in range(3)}) == 1


def test_when_her_other_phone_got_in_first_it_is_said(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=THEN))
    with pytest.raises(AlreadyUnderWay):
        village.take(mine, asked(ANNA, at=THEN))


def test_a_booking_that_never_was_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        village.take(uuid4(), asked(ANNA, at=THEN))


def test_a_booking_of_another_coop_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        village.take(village.book().stream_id, asked(ANNA, at=THEN), coop=OTHER_COOP)

"""A trip ends with the vehicle back, its readings, and what was paid for energy."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from booking.commands import ReturnVehicle
from booking.events import TripEnded
from booking.trip import (
    AlreadyReturned,
    AmountLacking,
    KeysNotTaken,
    NotHappenedYet,
    OdometerBack,
    ReturnedBeforeTaken,
    Trip,
    UnlikelyAmount,
    check_paid,
)
from kernel.money import Money
from kernel.period import Period
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
    NOON,
    OTHER_COOP,
    UNDER_WAY,
    Village,
    asked,
    hours,
)

THEN, BACK = EVENING.start, EVENING.end


def give_back(
    trip: Trip = UNDER_WAY,
    *,
    by: object = ANNA,
    at: datetime = BACK,
    km: int = 1042,
    paid: Money | None = None,
    receipt: UUID | None = None,
    skew: int = 0,
    odd: Unlikely | None = None,
    confirmed: int | None = None,
) -> TripEnded:
    command = ReturnVehicle(
        coop_id=COOP,
        booking_id=BOOKING,
        returned_at=at + timedelta(minutes=skew),
        odometer_km=km,
        level_percent=60,
        energy_paid=paid,
        receipt=receipt,
        confirmed=confirmed,
    )
    check_paid(command, "EUR")
    [ended] = trip.end(command, booking=CONFIRMED, odd=odd, by=by, at=at)  # type: ignore[arg-type]
    assert isinstance(ended, TripEnded)
    return ended


def test_it_happens_and_says_all_that_a_charge_needs() -> None:
    assert give_back(paid=Money(6000)) == TripEnded(
        booking_id=BOOKING,
        vehicle_id=KANGOO,
        driver_id=ANNA,
        agreed_at=NOON,
        booked=EVENING,
        started_at=THEN,
        ended_at=BACK,
        odometer_out_km=1000,
        odometer_in_km=1042,
        level_percent=60,
        photos=(),
        energy_paid=Money(6000),
        receipt=None,
    )


def test_a_late_return_is_a_return() -> None:
    assert give_back(at=BACK + timedelta(hours=3)).ended_at == BACK + timedelta(hours=3)


def test_a_vehicle_that_did_not_move_comes_back_at_the_same_reading() -> None:
    assert give_back(km=1000).odometer_in_km == 1000


def test_an_odometer_does_not_go_back() -> None:
    with pytest.raises(OdometerBack, match=r"showed 1000 km .* cannot show 999 km"):
        give_back(km=999)


def test_what_looks_odd_is_asked_and_confirmed_all_the_same_it_is_odd() -> None:
    with pytest.raises(Unlikely, match=r"999\? If it is so, confirm it\."):
        give_back(km=999, odd=odd_at(999))
    with pytest.raises(Unlikely):
        give_back(km=999, odd=odd_at(999), confirmed=998)
    assert (give_back(km=999, odd=odd_at(999), confirmed=999).odd, give_back().odd) == (True, False)


def test_it_cannot_come_back_before_it_left() -> None:
    with pytest.raises(ReturnedBeforeTaken):
        give_back(at=THEN)


def test_nor_come_back_tomorrow() -> None:
    with pytest.raises(NotHappenedYet):
        give_back(skew=6)


def test_nobody_but_the_driver_may() -> None:
    with pytest.raises(NotYours):
        give_back(by=BEN)


def test_not_before_the_keys_were_taken() -> None:
    with pytest.raises(KeysNotTaken):
        give_back(Trip())


def test_not_twice() -> None:
    with pytest.raises(AlreadyReturned, match="at 1042 km"):
        give_back(UNDER_WAY.evolve(give_back()))


@pytest.mark.parametrize("paid", [Money(0), Money(-6000), Money(100_001), Money(10**30), Money(6000, "USD")])
def test_an_amount_nobody_pays_at_a_pump_is_refused(paid: Money) -> None:
    with pytest.raises(UnlikelyAmount):
        give_back(paid=paid)


def test_a_receipt_without_an_amount_is_asked_back() -> None:
    with pytest.raises(AmountLacking):
        give_back(receipt=BOOKING)
    assert give_back(receipt=BOOKING, paid=Money(6000)).receipt == BOOKING


def test_the_booking_is_then_shown_over_with_its_readings(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=THEN))
    village.give_back(mine, asked(ANNA, at=BACK), paid=Money(6000))
    shown = village.shown(mine)
    assert (shown.status, shown.ended_at, shown.distance_km, shown.energy_paid_cents) == ("over", BACK, 42, 6000)


def test_an_early_return_frees_the_hours_at_once(village: Village) -> None:
    mine, early = village.book().stream_id, THEN + timedelta(minutes=30)
    village.take(mine, asked(ANNA, at=THEN))
    village.give_back(mine, asked(ANNA, at=early))
    assert village.book(Period(early, BACK), by=BEN, at=early).changed
    assert village.shown(mine).period == EVENING


def test_a_return_before_the_booked_hours_frees_them_all(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=THEN - timedelta(minutes=30)))
    village.give_back(mine, asked(ANNA, at=THEN - timedelta(minutes=5)))
    assert village.book(by=BEN).changed


def test_a_late_return_takes_nothing_from_who_comes_next(village: Village) -> None:
    mine, next_one = village.book().stream_id, village.book(hours(20, 22), by=BEN).stream_id
    village.take(mine, asked(ANNA, at=THEN))
    village.give_back(mine, asked(ANNA, at=BACK + timedelta(minutes=20)))
    assert village.shown(next_one).status == "confirmed"


def test_a_trip_over_no_longer_counts_as_a_booking_held(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=THEN))
    village.give_back(mine, asked(ANNA, at=THEN + timedelta(minutes=5)))
    for day in (4, 5, 6):
        assert village.book(hours(9, 10, day), at=THEN + timedelta(minutes=5)).changed


def test_asked_three_times_it_happens_once(village: Village) -> None:
    mine, once = village.book().stream_id, asked(ANNA, at=BACK)
    village.take(mine, asked(ANNA, at=THEN))
    before = len(village.events())
    assert len({village.give_back(mine, once).position for _ in range(3)}) == 1
    assert len(village.events()) == before + 1


def test_when_her_other_phone_got_in_first_it_is_said(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=THEN))
    village.give_back(mine, asked(ANNA, at=BACK), km=1042)
    with pytest.raises(AlreadyReturned, match="1042 km"):
        village.give_back(mine, asked(ANNA, at=BACK), km=1043)


def test_through_the_door_too_it_says_that_the_keys_were_not_taken(village: Village) -> None:
    with pytest.raises(KeysNotTaken):
        village.give_back(village.book().stream_id, asked(ANNA, at=BACK))


def test_a_booking_that_never_was_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        village.give_back(uuid4(), asked(ANNA, at=BACK))


def test_a_booking_of_another_coop_is_unknown(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=THEN))
    with pytest.raises(Unknown):
        village.give_back(mine, asked(ANNA, at=BACK), coop=OTHER_COOP)

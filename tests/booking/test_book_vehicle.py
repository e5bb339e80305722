"""Hours of a vehicle are held for who asks, unless a house rule is in the way."""

from datetime import timedelta
from uuid import uuid4

import pytest

from booking.booking import Booking
from booking.calendar import Calendar
from booking.commands import BookVehicle
from booking.events import VehicleBooked
from booking.policies import AskedFor, NotADriver, NotInService, TooManyBookings, VehicleTaken, YoursAlready
from kernel.refused import CommandReused, Unknown
from tests.booking.village import (
    ANNA,
    BEN,
    CLIO,
    COOP,
    EVENING,
    KANGOO,
    MORNING,
    NOON,
    OLGA,
    OTHER_COOP,
    OTHERS_ZOE,
    RULES,
    Village,
    booked,
    held,
    hours,
    wish,
)

BOOK = BookVehicle(coop_id=COOP, vehicle_id=KANGOO, period=EVENING)
OLGAS = Calendar(vehicle_id=KANGOO, open=True, approval="owner", owners=(OLGA,))


def test_it_happens() -> None:
    assert Booking().book(BOOK, by=ANNA, wish=wish(), destination=None) == (booked(),)


def test_a_rule_in_the_way_refuses_it() -> None:
    with pytest.raises(VehicleTaken):
        Booking().book(BOOK, by=ANNA, wish=wish(taken=[held(hours(19, 21))]), destination=None)


def test_where_the_owner_approves_it_is_a_request_with_its_time_to_be_answered() -> None:
    [request] = Booking().book(BOOK, by=ANNA, wish=wish(calendar=OLGAS), destination=None)
    assert request == booked(approvers=(OLGA,))


def test_nobody_has_to_answer_by_night() -> None:
    [at_noon] = Booking().book(BOOK, by=ANNA, wish=wish(calendar=OLGAS), destination=None)
    [in_the_evening] = Booking().book(
        BOOK, by=ANNA, wish=wish(calendar=OLGAS, at=NOON - timedelta(hours=6)), destination=None
    )
    assert isinstance(at_noon, VehicleBooked)
    assert isinstance(in_the_evening, VehicleBooked)
    assert at_noon.answer_until == MORNING
    assert in_the_evening.answer_until == NOON + timedelta(hours=6)  # 19:00 there


def test_nor_past_the_start_of_what_is_asked_for() -> None:
    early = BookVehicle(coop_id=COOP, vehicle_id=KANGOO, period=hours(5, 6))  # 6:00 there
    [request] = Booking().book(early, by=ANNA, wish=wish(early.period, calendar=OLGAS), destination=None)
    assert isinstance(request, VehicleBooked)
    assert request.answer_until == early.period.start


def test_the_time_to_answer_ends_where_the_hours_begin() -> None:
    soon = BookVehicle(coop_id=COOP, vehicle_id=KANGOO, period=hours(13, 14, day=2))
    [request] = Booking().book(soon, by=ANNA, wish=wish(soon.period, calendar=OLGAS), destination=None)
    assert isinstance(request, VehicleBooked)
    assert request.answer_until == soon.period.start


def test_an_owner_needs_nobodys_approval() -> None:
    [request] = Booking().book(BOOK, by=OLGA, wish=wish(calendar=OLGAS), destination=None)
    assert isinstance(request, VehicleBooked)
    assert (request.approvers, request.agreed_at) == ((), NOON)


def test_what_is_booked_is_shown_with_where_to(village: Village) -> None:
    done = village.book(destination="Hôpital de Die")
    shown = village.shown(done.stream_id)
    assert (shown.status, shown.vehicle_id, shown.driver_id, shown.period) == ("confirmed", KANGOO, ANNA, EVENING)
    assert (shown.destination, shown.agreed_at) == ("Hôpital de Die", NOON)
    assert shown.cancel_free_until == EVENING.start - timedelta(hours=24)


def test_asked_three_times_it_happens_once(village: Village) -> None:
    once, before = uuid4(), len(village.events())
    assert len({village.book(command_id=once).position for _ in range(3)}) == 1
    assert len(village.events()) == before + 1


def test_the_same_id_for_other_hours_is_refused(village: Village) -> None:
    once = uuid4()
    village.book(command_id=once)
    with pytest.raises(CommandReused):
        village.book(hours(9, 10), command_id=once)


def test_when_someone_got_in_first_it_says_from_when_to_when(village: Village) -> None:
    village.book(by=BEN)
    with pytest.raises(VehicleTaken) as refused:
        village.book(hours(19, 21), by=ANNA)
    assert refused.value.details == {"start": EVENING.start, "end": EVENING.end}


def test_a_request_holds_its_hours_too(village: Village) -> None:
    village.book(vehicle=CLIO, by=BEN)
    with pytest.raises(AskedFor) as refused:
        village.book(vehicle=CLIO, by=ANNA)
    assert refused.value.details == {"start": EVENING.start, "end": EVENING.end, "until": MORNING}


def test_what_one_holds_oneself_is_nobody_elses(village: Village) -> None:
    village.book(by=ANNA)
    with pytest.raises(YoursAlready):
        village.book(hours(19, 21), by=ANNA)


def test_neighbouring_hours_are_free(village: Village) -> None:
    village.book()
    for beside in (hours(16, 18), hours(20, 22)):
        assert village.book(beside, by=BEN).changed


def test_no_more_than_the_rules_allow_at_once(village: Village) -> None:
    for day in (3, 4, 5):
        village.book(hours(9, 10, day))
    with pytest.raises(TooManyBookings, match="hold 3 bookings"):
        village.book(hours(9, 10, 6))
    assert village.book(hours(9, 10, 6), at=NOON + timedelta(days=1)).changed


def test_a_vehicle_never_opened_cannot_be_booked(village: Village) -> None:
    village.rule(RULES, OTHERS_ZOE)
    with pytest.raises(NotInService):
        village.book(vehicle=OTHERS_ZOE)


def test_the_vehicle_of_another_coop_is_unknown(village: Village) -> None:
    village.open(OTHERS_ZOE, coop=OTHER_COOP)
    with pytest.raises(Unknown):
        village.book(vehicle=OTHERS_ZOE)


def test_the_system_itself_books_nothing(village: Village) -> None:
    with pytest.raises(NotADriver):
        village.book(by=None)

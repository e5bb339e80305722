"""What is free then, and why the others are not."""

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from booking.commands import LimitCalendar
from booking.hours.queries import Found, search
from booking.policies import (
    NotInService,
    PapersExpired,
    TooManyBookings,
    VehicleTaken,
    WaitsForPapers,
    YoursAlready,
)
from kernel.period import Period
from tests.booking.village import (
    ANNA,
    BEN,
    CLIO,
    COOP,
    EVENING,
    KANGOO,
    NOON,
    OLGA,
    OTHER_COOP,
    OTHERS_ZOE,
    RULES,
    Village,
    asked,
    hours,
)


def found(village: Village, period: Period = EVENING, *, by: object = ANNA) -> dict[object, Found]:
    with village.connect() as connection:
        rows = search(connection, COOP, by, period, at=NOON, zone="Europe/Paris")  # type: ignore[arg-type]
    return {row.vehicle_id: row for row in rows}


def why_not(village: Village, vehicle: object, period: Period = EVENING) -> object:
    return type(found(village, period)[vehicle].refusal)


def test_every_vehicle_of_the_coop_is_told_and_no_other(village: Village) -> None:
    village.open(OTHERS_ZOE, coop=OTHER_COOP)
    assert found(village).keys() == {KANGOO, CLIO}
    assert all(row.refusal is None for row in found(village).values())


def test_a_vehicle_taken_says_from_when_to_when(village: Village) -> None:
    village.book(hours(19, 21), by=BEN)
    refusal = found(village)[KANGOO].refusal
    assert isinstance(refusal, VehicleTaken)
    assert refusal.details == {"start": hours(19, 21).start, "end": hours(19, 21).end}


def test_the_hour_it_is_free_again_is_announced_and_can_be_booked(village: Village) -> None:
    village.rule(replace(RULES, buffer_minutes=15), KANGOO)
    for taken in (hours(18, 19), hours(20, 21)):
        village.book(taken, by=BEN)
    again = found(village, hours(18, 19))[KANGOO].free_from
    assert again == datetime(2026, 11, 3, 21, 15, tzinfo=UTC)  # an hour from 19:15 on would touch what comes at 20:00
    village.book(Period(again, again + timedelta(hours=1)), by=ANNA)
    assert found(village, hours(9, 10))[KANGOO].free_from is None


def test_those_that_can_be_had_come_first(village: Village) -> None:
    village.book(by=BEN)
    assert list(found(village)) == [CLIO, KANGOO]


def test_neighbouring_promises_are_not_in_the_way(village: Village) -> None:
    village.book(hours(16, 18), by=BEN)
    village.book(hours(20, 22), by=BEN)
    assert found(village)[KANGOO].refusal is None


def test_one_that_waits_for_papers_says_for_which(village: Village) -> None:
    waits = LimitCalendar(coop_id=COOP, vehicle_id=KANGOO, papers_until=None, paper="", missing=("inspection",))
    village.doors.limit_calendar(waits, asked(None))
    refusal = found(village)[KANGOO].refusal
    assert isinstance(refusal, WaitsForPapers)
    assert refusal.details == {"papers": ("inspection",)}


def test_a_vehicle_out_of_service_and_one_without_papers_say_so(village: Village) -> None:
    village.close(CLIO)
    village.limit(KANGOO, date(2026, 11, 2))
    assert (why_not(village, CLIO), why_not(village, KANGOO)) == (NotInService, PapersExpired)


def test_whoever_holds_enough_is_told_so_for_every_vehicle(village: Village) -> None:
    for day in (4, 5, 6):
        village.book(hours(9, 10, day))
    assert why_not(village, KANGOO) is why_not(village, CLIO) is TooManyBookings


def test_the_owner_approves_others_and_needs_nobody_herself(village: Village) -> None:
    assert found(village)[CLIO].needs_approval
    assert not found(village, by=OLGA)[CLIO].needs_approval
    assert not found(village)[KANGOO].needs_approval


def test_hours_given_back_are_found_free(village: Village) -> None:
    village.cancel(village.book().stream_id, asked(ANNA))
    assert found(village)[KANGOO].refusal is None


def test_what_search_says_is_what_booking_does(village: Village) -> None:
    village.book(hours(18, 19), by=BEN)
    village.book(hours(12, 13), by=ANNA)
    for period in (hours(17, 18), hours(17, 19), hours(18, 19), hours(19, 20), hours(12, 13), hours(10, 11, day=30)):
        refusal = found(village, period)[KANGOO].refusal
        try:
            village.cancel(village.book(period).stream_id, asked(ANNA))
            refused = None
        except (VehicleTaken, YoursAlready) as taken:
            refused = taken
        assert type(refusal) is type(refused)

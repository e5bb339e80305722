"""One vehicle, one holder: keys that are out are taken from nobody, and pass from hand to hand when both say so."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, exc

from booking.events import TripStarted
from booking.keys.around import StillOut
from booking.keys.queries import around, keys_of, out
from booking.trip import AlreadyReturned, BackAfterNext, PapersLapsed, VehicleWithdrawn
from kernel.log.rebuild import rebuild
from kernel.period import Period
from processes import PROJECTIONS
from tests.booking.test_occupancy import project_directly
from tests.booking.village import ANNA, BEN, BOOKING, CLIO, COOP, KANGOO, OLGA, Village, asked, booked, hours, started
from tests.kit.rows import dump

HALF_HOUR = timedelta(minutes=30)
FOUR = hours(16, 17).start
BENS = Period(FOUR, FOUR + HALF_HOUR)
ANNAS = Period(FOUR + HALF_HOUR, FOUR + 3 * HALF_HOUR)


@pytest.fixture
def both(village: Village) -> tuple[UUID, UUID]:
    """Ben has the Kangoo from four, Anna half an hour later; he has its keys, at 10,500 km."""
    bens, annas = village.book(BENS, by=BEN).stream_id, village.book(ANNAS).stream_id
    village.take(bens, asked(BEN, at=FOUR), km=10_500)
    return bens, annas


def test_keys_that_are_out_are_not_taken(village: Village, both: tuple[UUID, UUID]) -> None:
    with pytest.raises(StillOut) as refused:
        village.take(both[1], asked(ANNA, at=ANNAS.start), km=10_550)
    assert refused.value.details == {"driver": BEN, "since": FOUR}
    assert village.shown(both[1]).status == "confirmed"


def test_once_they_are_back_they_are(village: Village, both: tuple[UUID, UUID]) -> None:
    village.give_back(both[0], asked(BEN, at=ANNAS.start), km=10_550)
    assert village.take(both[1], asked(ANNA, at=ANNAS.start), km=10_550).changed


def test_given_from_hand_to_hand_the_first_trip_ends_as_she_read(village: Village, both: tuple[UUID, UUID]) -> None:
    once = asked(ANNA, at=ANNAS.start)
    for _ in range(3):
        village.take(both[1], once, km=10_550, given_by=BEN)
    village.give_back(both[1], asked(ANNA, at=ANNAS.end), km=10_600)
    his, hers = village.shown(both[0]), village.shown(both[1])
    assert (his.status, his.ended_at, his.distance_km, his.told_by) == ("over", ANNAS.start, 50, ANNA)
    assert (hers.status, hers.distance_km, hers.told_by) == ("over", 50, None)
    with pytest.raises(AlreadyReturned, match="at 10550 km"):
        village.give_back(both[0], asked(BEN, at=ANNAS.end), km=10_620)


def test_two_trips_taken_at_one_reading_charge_its_km_once(village: Village) -> None:
    annas, bens = village.book(BENS).stream_id, village.book(ANNAS, by=BEN).stream_id
    village.take(annas, asked(ANNA, at=FOUR), km=160_600)
    soon = FOUR + timedelta(minutes=1)
    village.take(bens, asked(BEN, at=soon), km=160_600, given_by=ANNA)
    village.give_back(bens, asked(BEN, at=ANNAS.end), km=160_640)
    assert [village.shown(trip).distance_km for trip in (annas, bens)] == [0, 40]


def test_who_has_them_no_more_cannot_have_given_them(village: Village, both: tuple[UUID, UUID]) -> None:
    with pytest.raises(StillOut):
        village.take(both[1], asked(ANNA, at=ANNAS.start), km=10_550, given_by=OLGA)
    village.give_back(both[0], asked(BEN, at=ANNAS.start), km=10_540)
    village.take(both[1], asked(ANNA, at=ANNAS.start), km=10_550, given_by=BEN)
    assert village.shown(both[0]).told_by is None


def test_a_slip_as_he_took_them_does_not_keep_her_from_the_keys(village: Village, both: tuple[UUID, UUID]) -> None:
    village.take(both[1], asked(ANNA, at=ANNAS.start), km=10_499, given_by=BEN)
    assert [(village.shown(trip).status, village.shown(trip).odd) for trip in both] == [
        ("over", True),
        ("under_way", False),
    ]


def test_a_trip_told_late_ended_before_the_next_one_began(village: Village) -> None:
    bens, annas = village.book(BENS, by=BEN).stream_id, village.book(ANNAS).stream_id
    village.take(annas, asked(ANNA, at=ANNAS.start), km=10_550)
    late = ANNAS.start + HALF_HOUR
    village.take_at(bens, asked(BEN, at=late), FOUR, km=10_500)
    assert known(village, KANGOO) == ANNA  # hers are the keys now
    with pytest.raises(BackAfterNext):
        village.give_back(bens, asked(BEN, at=late), km=10_550)
    village.give_back_at(bens, asked(BEN, at=late), ANNAS.start, km=10_550)
    assert village.shown(bens).distance_km == 50


def test_a_trip_told_late_may_not_begin_within_another(village: Village, both: tuple[UUID, UUID]) -> None:
    village.give_back(both[0], asked(BEN, at=ANNAS.start + HALF_HOUR), km=10_550)
    with pytest.raises(StillOut):
        village.take_at(both[1], asked(ANNA, at=ANNAS.start + 2 * HALF_HOUR), ANNAS.start, km=10_550)


def test_a_vehicle_out_of_service_or_without_papers_gives_no_keys(village: Village) -> None:
    mine = village.book(ANNAS).stream_id
    village.limit(KANGOO, FOUR.date() - timedelta(days=1))
    with pytest.raises(PapersLapsed):
        village.take(mine, asked(ANNA, at=ANNAS.start))
    village.limit(KANGOO, None)
    village.close(KANGOO)
    with pytest.raises(VehicleWithdrawn):
        village.take(mine, asked(ANNA, at=ANNAS.start))


def test_it_is_known_with_whom_the_keys_are(village: Village, both: tuple[UUID, UUID]) -> None:
    with village.connect() as connection:
        keys = keys_of(connection, COOP, KANGOO)
        assert keys is not None
        assert (keys.booking_id, keys.driver_id, keys.since, keys.due_at) == (both[0], BEN, FOUR, BENS.end)
        assert out(connection, COOP) == {KANGOO: keys}
        assert keys_of(connection, COOP, CLIO) is None
    village.give_back(both[0], asked(BEN, at=ANNAS.start), km=10_550)
    assert known(village, KANGOO) is None


def known(village: Village, vehicle_id: UUID) -> UUID | None:
    with village.connect() as connection:
        keys = keys_of(connection, COOP, vehicle_id)
    return keys.driver_id if keys else None


def begun(*, booking_id: UUID, sole: bool, at: datetime = FOUR) -> TripStarted:
    change = {"booking_id": booking_id, "sole": sole}
    return replace(started(at=at), **change)


def test_the_database_lets_no_two_have_the_keys_of_one_vehicle(engine: Engine) -> None:
    project_directly(engine, begun(booking_id=BOOKING, sole=True))
    with pytest.raises(exc.IntegrityError):
        project_directly(engine, begun(booking_id=uuid4(), sole=True))
    project_directly(engine, replace(begun(booking_id=uuid4(), sole=True), vehicle_id=CLIO))


def test_trips_that_overlapped_before_that_stay_readable(village: Village, engine: Engine) -> None:
    """In an old log two may have the keys; whoever took them last is said to have them."""
    for period in (BENS, ANNAS):
        booking_id = project_directly(engine, booked(period=period))
        project_directly(engine, begun(booking_id=booking_id, sole=False, at=period.start))
        with village.connect() as connection:
            keys = keys_of(connection, COOP, KANGOO)
            last = around(connection, COOP, KANGOO, ANNAS.end).last
        assert keys is not None
        assert last is not None
        assert keys.booking_id == last.booking_id == booking_id


def test_a_rebuild_finds_the_same_holders(village: Village, both: tuple[UUID, UUID], engine: Engine) -> None:
    village.take(both[1], asked(ANNA, at=ANNAS.start), km=10_550, given_by=BEN)
    live = dump(engine)
    rebuild(engine, PROJECTIONS)
    assert dump(engine) == live

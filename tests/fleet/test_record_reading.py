from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fleet.application import Fleet
from fleet.catalogue import Anomaly
from fleet.commands import RecordReading
from fleet.odometer import (
    Known,
    Odometer,
    Reading,
    ReadingBeforeService,
    ReadingFromTheFuture,
    anomaly,
    month_stream,
    outvoted,
)
from fleet.queries import vehicles_in_service
from fleet.readings import readings_slice
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import CLIO, COOP, KARIM, NOON, OTHER_COOP, TODAY, asked, but, entered
from tests.kit.races import at_once

LATER = NOON + timedelta(days=40)
ENTRY = Reading(84_000, NOON)


def reading(vehicle_id: UUID, km: int, hours: float = 1, trip_id: UUID | None = None) -> RecordReading:
    at = NOON + timedelta(hours=hours)
    return RecordReading(coop_id=COOP, vehicle_id=vehicle_id, km=km, at=at, trip_id=trip_id, read_by=KARIM)


@pytest.mark.parametrize(
    ("km", "hours", "said"),
    [
        (84_000, 0, None),
        (84_033, 0, None),  # 130 km/h for the quarter of an hour by which clocks differ, and a km
        (84_034, 0, "absurd_jump"),
        (84_163, 1, None),
        (84_164, 1, "absurd_jump"),
        (85_001, 23, None),  # 1,000 km in the day, and a km
        (85_002, 23, "absurd_jump"),
        (87_011, 72, None),
        (87_012, 72, "absurd_jump"),
        (83_999, 1, "rolled_back"),
        (90_001, 24 * 30, "rolled_back"),
    ],
)
def test_a_reading_is_judged_by_its_neighbours(km: int, hours: int, said: Anomaly | None) -> None:
    after = Reading(90_000, NOON + timedelta(days=31))
    assert anomaly(km, NOON + timedelta(hours=hours), before=ENTRY, after=after) == said


def test_a_reading_from_the_future_is_refused() -> None:
    with pytest.raises(ReadingFromTheFuture):
        Odometer().record(reading(COOP, 84_010), now=NOON, before=ENTRY, after=None)


def test_a_phone_a_few_minutes_ahead_is_believed() -> None:
    assert Odometer().record(reading(COOP, 84_010, hours=0.2), now=NOON, before=ENTRY, after=None)


def test_a_reading_from_before_service_is_refused(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    with pytest.raises(ReadingBeforeService):
        fleet.record_reading(reading(vehicle_id, 84_010, hours=-1), asked(at=LATER))


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00", "2026-05-04T12:00:00"])
def test_the_ends_of_the_calendar_are_not_even_a_command(at: str) -> None:
    body = msgspec.json.encode({"coop_id": COOP, "vehicle_id": COOP, "km": 1, "at": at})
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=RecordReading)


def test_readings_fall_into_months() -> None:
    may, june = datetime(2026, 5, 31, 23, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    assert month_stream(COOP, NOON) == month_stream(COOP, may) != month_stream(COOP, june)


def test_the_newest_reading_is_the_vehicles_odometer(fleet: Fleet, read: Reader) -> None:
    vehicle_id, trip_id = entered(fleet), uuid4()
    fleet.record_reading(reading(vehicle_id, 84_000, trip_id=trip_id), asked(at=LATER))
    fleet.record_reading(reading(vehicle_id, 84_100, hours=3, trip_id=trip_id), asked(at=LATER))
    latest = read(readings_slice, COOP, vehicle_id, most=9).items[0]
    assert (latest.km, latest.trip_id, latest.read_by) == (84_100, trip_id, KARIM)
    assert read(vehicles_in_service, COOP, on=TODAY)[0].odometer_km == 84_100


def test_a_slip_is_kept_and_flagged_and_spoils_nothing(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    for km, hours in ((84_100, 1), (48_120, 2), (841_200, 3), (84_150, 4)):
        fleet.record_reading(reading(vehicle_id, km, hours), asked(at=LATER))
    said = [(row.km, row.anomaly) for row in read(readings_slice, COOP, vehicle_id, most=9).items]
    assert said == [
        (84_150, None),
        (841_200, "absurd_jump"),
        (48_120, "rolled_back"),
        (84_100, None),
        (84_000, None),
    ]


def test_one_slip_does_not_flag_the_true_readings_after_it(fleet: Fleet, read: Reader) -> None:
    """11,040 typed for 10,040, on a vehicle that does 40 km a day: over 1,000 km a day."""
    assert chain(fleet, read, [11_040, *range(10_080, 10_840, 40)]) == {11_040: "absurd_jump"}


def test_a_slip_that_no_limit_catches_is_outvoted_by_the_next_two(fleet: Fleet, read: Reader) -> None:
    """10,340 typed for 10,040: 340 km where 40 are usual."""
    assert chain(fleet, read, [10_340, 10_080]) == {10_080: "rolled_back"}
    assert chain(fleet, read, [10_340, 10_080, 10_120]) == {10_340: "rolled_back"}


def test_two_slips_alike_outvote_no_longer_chain(fleet: Fleet, read: Reader) -> None:
    days = [10_040, 10_080, 10_120, 101_160, 101_200, 10_240]
    assert chain(fleet, read, days) == {101_160: "absurd_jump", 101_200: "absurd_jump"}


def test_one_trip_mistyped_at_both_ends_outvotes_nothing(fleet: Fleet, read: Reader) -> None:
    """1,000 and 1,040 on a vehicle that entered at 84,000: two readings of one trip against one."""
    vehicle_id, first, second = entered(fleet), uuid4(), uuid4()
    for km, hours, trip_id in ((1_000, 1, first), (1_040, 2, first), (84_010, 3, second), (84_030, 4, second)):
        fleet.record_reading(reading(vehicle_id, km, hours, trip_id), asked(at=LATER))
    said = [(row.km, row.anomaly) for row in read(readings_slice, COOP, vehicle_id, most=9).items]
    assert said[::-1] == [
        (84_000, None),
        (1_000, "rolled_back"),
        (1_040, "rolled_back"),
        (84_010, None),
        (84_030, None),
    ]


@given(
    slip=st.integers(1, 19),
    off=st.integers(-9_000, -1) | st.integers(601, 100_000),  # further ahead than two days more
    days=st.lists(st.integers(0, 300), min_size=21, max_size=21),
)
def test_among_twenty_true_days_one_slip_is_the_only_one_flagged(slip: int, off: int, days: list[int]) -> None:
    """Judged one after the other as they come: whatever was typed for one of them, the others are sound in the end."""
    true = [10_000 + sum(days[:day]) for day in range(22)]
    typed = [km + off * (day == slip) for day, km in enumerate(true[:20])] + true[20:]
    known = [Known(position=1, reading=Reading(typed[0], NOON), sound=True)]
    for day, km in enumerate(typed[1:], start=1):
        here = Reading(km, NOON + timedelta(days=day))
        before = [one.reading for one in known if one.sound][-1]
        sound = anomaly(km, here.at, before=before, after=None) is None
        lately = [*known[-12:], Known(position=day + 1, reading=here, sound=sound)]
        anew = outvoted(lately)
        known = [*known, lately[-1]]
        known = [replace(one, sound=anew[one.position] is None) if one.position in anew else one for one in known]
    flagged = {day for day, one in enumerate(known) if not one.sound}
    assert flagged <= {slip}


def chain(fleet: Fleet, read: Reader, days: list[int]) -> dict[int, Anomaly]:
    """Return what is flagged of a vehicle at 10,000 km, read once a day."""
    vehicle_id = entered(fleet, but(CLIO, odometer_km=10_000, plate=f"AB-{len(days):03}-CD"))
    for day, km in enumerate(days, start=1):
        fleet.record_reading(reading(vehicle_id, km, 24 * day), asked(at=LATER))
    return {row.km: row.anomaly for row in read(readings_slice, COOP, vehicle_id, most=99).items if row.anomaly}


def test_a_reading_sent_late_takes_its_place_in_the_chain(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    fleet.record_reading(reading(vehicle_id, 84_200, hours=24 * 35), asked(at=LATER))
    fleet.record_reading(reading(vehicle_id, 84_100, hours=1), asked(at=LATER))
    fleet.record_reading(reading(vehicle_id, 84_201, hours=2), asked(at=LATER))
    assert read(vehicles_in_service, COOP, on=TODAY)[0].odometer_km == 84_200
    found = read(readings_slice, COOP, vehicle_id, most=9).items
    assert [row.anomaly for row in found] == [None, "rolled_back", None, None]


def test_another_co_ops_vehicle_has_no_odometer_here(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    elsewhere = msgspec.structs.replace(reading(vehicle_id, 84_001), coop_id=OTHER_COOP)
    for unknown in (elsewhere, reading(uuid4(), 1)):
        with pytest.raises(Unknown):
            fleet.record_reading(unknown, asked(at=LATER))
    assert read(readings_slice, OTHER_COOP, vehicle_id, most=9).items == ()


def test_asked_twice_it_is_recorded_once(fleet: Fleet, read: Reader) -> None:
    vehicle_id, asking = entered(fleet), asked(at=LATER)
    command = reading(vehicle_id, 84_010)
    assert fleet.record_reading(command, asking) == fleet.record_reading(command, asking)
    assert not fleet.record_reading(command, asked(at=LATER)).changed
    assert len(read(readings_slice, COOP, vehicle_id, most=9).items) == 2


def test_readings_at_the_same_moment_are_all_kept(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    commands = (reading(vehicle_id, km) for km in (84_010, 84_020, 84_030))
    answers = at_once(*(partial(fleet.record_reading, command, asked(at=LATER)) for command in commands))
    assert len({answer.position for answer in answers}) == 3
    assert len(read(readings_slice, COOP, vehicle_id, most=9).items) == 4

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import msgspec
import pytest

from fleet.application import Fleet
from fleet.catalogue import Anomaly
from fleet.commands import RecordReading
from fleet.odometer import Odometer, Reading, ReadingBeforeService, ReadingFromTheFuture, anomaly, month_stream
from fleet.queries import vehicles_in_service
from fleet.readings import readings_slice
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, KARIM, NOON, OTHER_COOP, TODAY, asked, entered
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
        (84_100, 1, None),
        (86_000, 23, None),
        (86_001, 23, "absurd_jump"),
        (88_000, 24, None),
        (88_001, 47, "absurd_jump"),
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

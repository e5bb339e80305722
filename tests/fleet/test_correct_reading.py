"""A reading that was mistyped shows what it really showed; one that looks odd may be let count."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from fleet.application import Fleet
from fleet.catalogue import Anomaly
from fleet.commands import AcceptReading, CorrectReading, RecordReading
from fleet.queries import vehicles_in_service
from fleet.readings import readings_slice, sound_beside
from tests.fleet.conftest import Reader
from tests.fleet.garage import CLIO, COOP, KARIM, NOON, TODAY, asked, but, entered

LATER = NOON + timedelta(days=40)
TRIP = uuid4()


def day(number: int) -> datetime:
    return NOON + timedelta(days=number)


def driven(fleet: Fleet, days: list[int], trip_id: UUID | None = TRIP) -> UUID:
    """Return a vehicle at 10,000 km, read once a day; the reading of day 1 is of a trip."""
    vehicle_id = entered(fleet, but(CLIO, odometer_km=10_000))
    for number, km in enumerate(days, start=1):
        read = RecordReading(
            coop_id=COOP,
            vehicle_id=vehicle_id,
            km=km,
            at=day(number),
            trip_id=trip_id if number == 1 else None,
            read_by=KARIM,
        )
        fleet.record_reading(read, asked(at=LATER))
    return vehicle_id


def correct(vehicle_id: UUID, km: int, number: int = 1, trip_id: UUID = TRIP) -> CorrectReading:
    return CorrectReading(coop_id=COOP, vehicle_id=vehicle_id, km=km, at=day(number), trip_id=trip_id)


def chain(read: Reader, vehicle_id: UUID) -> list[tuple[int, Anomaly | None]]:
    """Return what the odometer showed after it entered service, oldest first, and what is wrong with it."""
    rows = reversed(read(readings_slice, COOP, vehicle_id, most=99).items)
    return [(row.km, row.anomaly) for row in rows][1:]


def test_it_shows_what_it_really_showed(fleet: Fleet, read: Reader) -> None:
    vehicle_id = driven(fleet, [100_400])
    assert chain(read, vehicle_id) == [(100_400, "absurd_jump")]
    fleet.correct_reading(correct(vehicle_id, 10_040), asked(at=LATER))
    assert chain(read, vehicle_id) == [(10_040, None)]
    assert read(vehicles_in_service, COOP, on=TODAY)[0].odometer_km == 10_040


def test_true_readings_that_a_slip_had_flagged_are_sound_again(fleet: Fleet, read: Reader) -> None:
    vehicle_id = driven(fleet, [10_340, 10_080])
    assert chain(read, vehicle_id) == [(10_340, None), (10_080, "rolled_back")]
    fleet.correct_reading(correct(vehicle_id, 10_040), asked(at=LATER))
    assert chain(read, vehicle_id) == [(10_040, None), (10_080, None)]


def test_what_is_wrong_still_stays_flagged(fleet: Fleet, read: Reader) -> None:
    vehicle_id = driven(fleet, [100_400, 10_080])
    fleet.correct_reading(correct(vehicle_id, 9_000), asked(at=LATER))
    assert chain(read, vehicle_id) == [(9_000, "rolled_back"), (10_080, None)]


def test_asked_twice_or_of_no_such_reading_nothing_changes(fleet: Fleet, read: Reader) -> None:
    vehicle_id = driven(fleet, [10_340])
    asking = asked(at=LATER)
    assert fleet.correct_reading(correct(vehicle_id, 10_040), asking).changed
    assert fleet.correct_reading(correct(vehicle_id, 10_040), asking).changed  # the first answer
    assert not fleet.correct_reading(correct(vehicle_id, 10_040), asked(at=LATER)).changed
    assert not fleet.correct_reading(correct(vehicle_id, 1, trip_id=uuid4()), asked(at=LATER)).changed
    assert chain(read, vehicle_id) == [(10_040, None)]


def test_one_accepted_counts_whatever_the_limits_say(fleet: Fleet, read: Reader) -> None:
    vehicle_id = driven(fleet, [100_400])
    accept = AcceptReading(coop_id=COOP, vehicle_id=vehicle_id, at=day(1), trip_id=TRIP)
    assert fleet.accept_reading(accept, asked(at=LATER)).changed
    assert not fleet.accept_reading(accept, asked(at=LATER)).changed
    assert chain(read, vehicle_id) == [(100_400, None)]


def test_what_fits_after_one_accepted_counts_though_no_chain_holds_all(fleet: Fleet, read: Reader) -> None:
    vehicle_id, last = driven(fleet, [100_400]), uuid4()
    accept = AcceptReading(coop_id=COOP, vehicle_id=vehicle_id, at=day(1), trip_id=TRIP)
    fleet.accept_reading(accept, asked(at=LATER))
    command = RecordReading(coop_id=COOP, vehicle_id=vehicle_id, km=100_440, at=day(2), trip_id=last, read_by=KARIM)
    fleet.record_reading(command, asked(at=LATER))
    fleet.correct_reading(correct(vehicle_id, 100_445, number=2, trip_id=last), asked(at=LATER))
    assert chain(read, vehicle_id) == [(100_400, None), (100_445, None)]
    assert read(vehicles_in_service, COOP, on=TODAY)[0].odometer_km == 100_445


def test_the_sound_readings_beside_a_trip_are_those_of_others(fleet: Fleet, read: Reader) -> None:
    vehicle_id = driven(fleet, [10_040, 10_080, 99_999, 10_120])
    before, after = read(sound_beside, COOP, vehicle_id, since=day(1), until=day(2), but_of=TRIP)
    assert (before and before.km, after and after.km) == (10_000, 10_120)
    before, after = read(sound_beside, COOP, vehicle_id, since=day(9), until=day(9), but_of=uuid4())
    assert (before and before.km, after) == (10_120, None)

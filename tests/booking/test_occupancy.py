"""No two bookings of a vehicle overlap: the database refuses even when nobody asked the rules first."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, exc

from booking.events import TripEnded, VehicleBooked
from booking.hours.queries import search, taken_near
from booking.occupancy import occupancy
from booking.policies import GapKept
from booking.read_models import project
from kernel.database import writing
from kernel.event import Event, Recorded
from kernel.log.history import History
from kernel.period import Period
from kernel.read_models.projection import Change
from tests.booking.village import ANNA, CLIO, COOP, EVENING, KANGOO, NOON, RULES, Village, booked, hours
from tests.kit.hours import promised
from tests.kit.rows import carry_out


def project_directly(engine: Engine, event: Event, stream: UUID | None = None) -> UUID:
    """Carry out what booking's tables make of an event that no decision was asked about."""
    recorded = Recorded(
        position=1,
        stream_id=stream or uuid4(),
        version=1,
        coop_id=COOP,
        by=ANNA,
        command_id=uuid4(),
        effective_at=NOON,
        recorded_at=NOON,
        event=event,
    )
    with writing(engine) as connection:
        carry_out(connection, project(recorded))
    return recorded.stream_id


def ended(booking_id: UUID, booked_for: Period, ends: Period) -> TripEnded:
    return TripEnded(
        booking_id=booking_id,
        vehicle_id=KANGOO,
        driver_id=ANNA,
        agreed_at=NOON,
        booked=booked_for,
        started_at=booked_for.start,
        ended_at=ends.end,
        odometer_out_km=1,
        odometer_in_km=2,
        level_percent=50,
        photos=(),
        energy_paid=None,
        receipt=None,
    )


@pytest.mark.parametrize("period", [EVENING, hours(17, 19), hours(19, 21), hours(17, 21), hours(18, 19)])
def test_overlapping_hours_are_refused(engine: Engine, period: Period) -> None:
    project_directly(engine, booked())
    with pytest.raises(exc.IntegrityError, match="booking_occupancy_one_holder"):
        project_directly(engine, booked(period=period))


@pytest.mark.parametrize("period", [hours(16, 18), hours(20, 22), hours(18, 20, day=4)])
def test_neighbouring_hours_are_not(engine: Engine, period: Period) -> None:
    project_directly(engine, booked())
    project_directly(engine, booked(period=period))


def test_nor_the_same_hours_of_another_vehicle(engine: Engine) -> None:
    project_directly(engine, booked())
    other: VehicleBooked = replace(booked(), vehicle_id=CLIO)
    project_directly(engine, other)


def test_hours_cannot_be_stretched_over_someone_elses_either(engine: Engine) -> None:
    mine = project_directly(engine, booked())
    project_directly(engine, booked(period=hours(20, 22)))
    longer = Change(occupancy, {"coop_id": COOP, "booking_id": mine}, {"ends_at": hours(18, 21).end})
    with pytest.raises(exc.IntegrityError), writing(engine) as connection:
        carry_out(connection, [longer])


def test_an_early_return_makes_room(engine: Engine) -> None:
    mine = project_directly(engine, booked())
    project_directly(engine, ended(mine, EVENING, hours(18, 19)))
    project_directly(engine, booked(period=hours(19, 20)))


def test_a_trip_that_is_over_holds_no_hours_but_is_known_to_have_had_them(history: History, engine: Engine) -> None:
    mine = project_directly(engine, booked())
    assert near(history, minutes=1) == [EVENING]
    project_directly(engine, ended(mine, EVENING, hours(18, 19)))
    with engine.connect() as connection:
        assert promised(connection) == set()
    assert near(history, minutes=59) == []
    assert near(history, minutes=61) == [hours(18, 19)]  # the voted gap counts from when it came back


def test_hours_end_as_promised_when_a_trip_comes_back_late_and_are_none_when_it_never_began(
    history: History, engine: Engine
) -> None:
    late, early = project_directly(engine, booked()), project_directly(engine, booked(period=hours(21, 22)))
    project_directly(engine, ended(late, EVENING, hours(18, 23)))
    project_directly(engine, ended(early, hours(21, 22), hours(19, 20)))
    assert near(history, minutes=240) == [EVENING]


def near(history: History, minutes: int) -> list[Period]:
    """Return the hours taken beside two hours from the end of EVENING on, with a gap of so many minutes."""
    wanted = Period(EVENING.end, EVENING.end + timedelta(hours=2))
    rules = replace(RULES, buffer_minutes=minutes)
    village = Village(history)
    village.open(KANGOO)
    village.rule(rules, KANGOO)
    village.admit(ANNA)
    with history.engine.connect() as connection:
        taken = [held.period for held in taken_near(connection, COOP, KANGOO, wanted, rules)]
        [found] = search(connection, COOP, ANNA, wanted, at=NOON, zone="Europe/Paris")
    assert isinstance(found.refusal, GapKept) == bool(taken)
    return taken

"""The same and neighbouring hours, asked by many at the same instant: one holder, and a clean refusal for the rest."""

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import Engine

from booking.application import Bookings
from booking.commands import BookVehicle
from booking.events import VehicleBooked
from kernel.database import open_database
from kernel.log.history import History
from kernel.log.mapper import EventMapper
from kernel.log.recorder import Log
from kernel.log.verify import verify
from kernel.period import Period
from kernel.privacy import Keyring
from kernel.refused import Refused
from processes import PROJECTIONS
from tests.booking.village import CLIO, COOP, KANGOO, NOON, RULES, Village, asked
from tests.kit.databases import on_postgresql, on_sqlite
from tests.kit.hours import overlaps
from tests.kit.processes import forking
from tests.kit.scale import RUSHES

DRIVERS = [UUID(int=1000 + number) for number in range(40)]
TRIES = 500


class Try(NamedTuple):
    """One person asking for some half hours of a vehicle."""

    number: int
    driver: UUID
    vehicle: UUID
    period: Period

    @property
    def command_id(self) -> UUID:
        return UUID(int=10_000 + self.number)


def tries(rush: int) -> Sequence[Try]:
    """Return 500 wishes for two vehicles within two days, so that most collide or touch; the same in each rush."""
    chance = random.Random(76011 + rush)
    first = NOON + timedelta(hours=1)
    wishes = []
    for number in range(TRIES):
        start = first + timedelta(minutes=30 * chance.randrange(96))
        period = Period(start, start + timedelta(minutes=30 * chance.randint(1, 4)))
        wishes.append(Try(number, chance.choice(DRIVERS), chance.choice((KANGOO, CLIO)), period))
    return wishes


def race(url: str, rush: int, part: int, parts: int, threads: int) -> list[tuple[UUID, str]]:
    """Ask for one part of the wishes from several threads at once; return each command with what became of it."""
    engine = open_database(url)
    doors = Bookings(History(engine, PROJECTIONS, Keyring(bytes(32))))

    def ask(wish: Try) -> tuple[UUID, str]:
        command = BookVehicle(coop_id=COOP, vehicle_id=wish.vehicle, period=wish.period)
        try:
            doors.book_vehicle(command, asked(wish.driver, command_id=wish.command_id), "Europe/Paris")
        except Refused as refused:
            return wish.command_id, refused.code()
        return wish.command_id, "held"

    with ThreadPoolExecutor(threads) as pool:
        outcomes = list(pool.map(ask, tries(rush)[part::parts]))
    engine.dispose()
    return outcomes


def settle(history: History) -> Engine:
    village = Village(history)
    for vehicle in (KANGOO, CLIO):
        village.open(vehicle)
        village.rule(RULES, vehicle)
    for driver in DRIVERS:
        village.admit(driver)
    return history.engine


def booked_in_log(engine: Engine) -> list[tuple[UUID, UUID]]:
    """Return the command and the driver of each booking in the log."""
    mapper = EventMapper()
    recorded = [mapper.to_domain_event(stored) for stored in Log(engine).select_notifications(1, 10_000)]
    booked = ((logged.command_id, logged.event) for logged in recorded)
    return [(command_id, event.driver_id) for command_id, event in booked if isinstance(event, VehicleBooked)]


def check(engine: Engine, outcomes: list[tuple[UUID, str]]) -> None:
    counted = Counter(outcome for _, outcome in outcomes)
    assert counted.total() == TRIES
    assert counted.keys() <= {"held", "vehicle-taken", "yours-already", "too-many-bookings"}, counted
    assert counted["held"] > 40
    assert counted["vehicle-taken"] > 200
    assert overlaps(engine) == []
    booked = booked_in_log(engine)
    assert sorted(command_id for command_id, _ in booked) == sorted(
        command_id for command_id, outcome in outcomes if outcome == "held"
    )
    assert verify(engine).faults == ()
    assert max(Counter(driver for _, driver in booked).values()) <= RULES.max_active_bookings


@on_sqlite
@pytest.mark.parametrize("rush", range(RUSHES))
def test_sixteen_threads_on_sqlite(history: History, database_url: str, rush: int) -> None:
    engine = settle(history)
    check(engine, race(database_url, rush, 0, 1, threads=16))


@on_postgresql
@pytest.mark.parametrize("rush", range(RUSHES))
def test_two_processes_of_eight_threads_on_postgresql(history: History, database_url: str, rush: int) -> None:
    engine = settle(history)
    with forking().Pool(2) as pool:
        parts = pool.starmap(race, [(database_url, rush, part, 2, 8) for part in range(2)])
    check(engine, [outcome for part in parts for outcome in part])

"""The server is killed in the middle of a stream of commands, again and again: what it said was done is done."""

import random
import threading
import time
from collections.abc import Sequence
from uuid import uuid4, uuid5

import httpx
import pytest

from kernel.database import open_database, writing
from people.sign_in import open_session
from tests.crash.neighbours import Neighbour, send
from tests.crash.server import PATIENCE_SECONDS, Running, clock_since, eventually, start
from tests.crash.whole import charges_of, check_log, has_followed, trips_of
from tests.kit.scale import KILLS
from tests.kit.village import COOP, NOW, Clock, Rows, StillSite, person_id_of, put_rows, settings_of

LIVES = (("Claire", "Zoé", True), ("Nadia", "Kangoo", True), ("Luc", "Biporteur", False), ("Jean", "Clio", False))


@pytest.fixture
def began() -> float:
    return time.time()


@pytest.fixture
def neighbours(database_url: str, village_rows: Rows, began: float) -> Sequence[Neighbour]:
    site = StillSite(settings_of(database_url), Clock())
    put_rows(site, village_rows)
    found = []
    for name, vehicle, drives in LIVES:
        with writing(site.engine) as connection:
            token = open_session(connection, person_id_of(name), uuid4(), "phone", NOW)
        found.append(Neighbour(token, uuid5(COOP, vehicle), clock_since(began), drives=drives))
    site.stop()
    return found


def live_and_die(running: Running, neighbours: Sequence[Neighbour], acknowledged: int) -> None:
    """Let everyone live until so many commands were acknowledged, then kill the server under their feet."""
    count = threading.Semaphore(0)
    threads = [threading.Thread(target=neighbour.live, args=(running.address, count)) for neighbour in neighbours]
    for thread in threads:
        thread.start()
    for _ in range(acknowledged):
        assert count.acquire(timeout=PATIENCE_SECONDS)
    running.kill()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def check_acknowledged(running: Running, neighbours: Sequence[Neighbour], since: Sequence[int]) -> None:
    """Send again what was acknowledged: the answer must be the one given before."""
    with httpx.Client(base_url=running.address, timeout=30) as client:
        for neighbour, first in zip(neighbours, since, strict=True):
            for answered in neighbour.answered[first:]:
                if answered.status == 201:
                    assert send(client, answered.token, answered.sent) == answered


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(
    database_url: str, neighbours: Sequence[Neighbour], began: float
) -> None:
    chance = random.Random(76011)
    engine = open_database(database_url)
    since = [0] * len(neighbours)
    for _ in range(KILLS):
        running = start(database_url, began)
        check_acknowledged(running, neighbours, since)
        since = [len(neighbour.answered) for neighbour in neighbours]
        live_and_die(running, neighbours, chance.randint(1, 60))
        check_log(engine)
    running = start(database_url, began)
    check_acknowledged(running, neighbours, since)
    eventually(lambda: has_followed(engine), "the followers do not catch up")
    running.kill()
    recorded = check_log(engine)
    trips, charges = trips_of(recorded), charges_of(recorded)
    assert len(trips) > KILLS
    assert [charges[trip] for trip in trips] == [1] * len(trips)
    engine.dispose()

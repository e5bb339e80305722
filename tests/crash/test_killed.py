"""The server is killed in the middle of a stream of commands, again and again: what it said was done is done."""

import random
from collections.abc import Sequence

import httpx

from kernel.database import open_database
from tests.crash.neighbours import Neighbour, living, send
from tests.crash.server import Running, eventually, start
from tests.crash.whole import charges_of, check_log, has_followed, trips_of
from tests.kit.scale import KILLS


def live_and_die(running: Running, neighbours: Sequence[Neighbour], acknowledged: int) -> None:
    """Let everyone live until so many commands were acknowledged, then kill the server under their feet."""
    with living(running, neighbours) as wait_for:
        wait_for(acknowledged)
        running.kill()


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

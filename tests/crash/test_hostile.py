"""Anyone sends anything to any way in of real servers: no fault, no leak, and they stay as they were.

On PostgreSQL three processes serve one installation.
"""

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import httpx
import psutil
import pytest

from api.app import create_app
from kernel.database import open_database
from tests.crash.hostile import Hostile, Person
from tests.crash.server import Running, eventually, start
from tests.crash.whole import check_log, has_followed
from tests.front.conftest import lived_rows
from tests.front.ids import ids_of
from tests.front.lived import LATER
from tests.front.visitor import PEOPLE
from tests.front.ways import Way
from tests.kit.databases import on_both
from tests.kit.scale import HOSTILE_BATCHES
from tests.kit.still_site import client_of
from tests.kit.village import COOP, ELSEWHERE, NOW, Clock, Rows, StillSite, Village, put_rows, settings_of
from usecases.actor import is_asked_of_formers

__all__ = ["lived_rows"]

pytestmark = on_both

REQUESTS = 200  # a batch
AT_ONCE = 8
MOST_THREADS = 30  # of a server whose pools are full; one thread left over by each request would pass it at once
MORE_MEGABYTES = 60
OUTSIDE = (None, "Sacha", "Olga", "Luc")
OF_THE_CO_OP = re.compile("Voisins du Diois|Kangoo|Biporteur|Amina")


@pytest.fixture
def people(database_url: str, lived_rows: Rows) -> list[Person]:
    site = StillSite(settings_of(database_url), clock := Clock(LATER))
    put_rows(site, lived_rows)
    village = Village(site, client_of(create_app(site)), clock)
    found = [Person(None, "", ids_of(village, COOP, "Nadia"))]
    for name in PEOPLE:
        coop_id = ELSEWHERE if name == "Olga" else COOP
        found.append(Person(name, village.session(name), ids_of(village, coop_id, name)))
    site.stop()
    return found


@pytest.fixture
def servers(database_url: str, people: Sequence[Person]) -> Iterator[list[Running]]:
    assert people
    began = time.time() - (LATER - NOW).total_seconds()
    count = 3 if database_url.startswith("postgresql") else 1
    with ThreadPoolExecutor(count) as pool:
        started = list(pool.map(lambda _: start(database_url, began), range(count)))
    yield started
    for running in started:
        running.kill()


def of(running: Running) -> list[psutil.Process]:
    return [psutil.Process(running.process.pid), *psutil.Process(running.process.pid).children(recursive=True)]


def threads(running: Running) -> int:
    return sum(process.num_threads() for process in of(running))


def megabytes(running: Running) -> int:
    return int(max(process.memory_info().rss for process in of(running))) // 1_000_000


def batch(servers: Sequence[Running], people: Sequence[Person], seed: int) -> None:
    """Let several at once send what chance says, and check each answer."""

    def send(number: int, running: Running) -> None:
        hostile = Hostile(people, seed * AT_ONCE + number)
        with httpx.Client(base_url=running.address, timeout=60) as client:
            for _ in range(REQUESTS // AT_ONCE):
                person, way, answer = hostile.ask(client)
                asked = (seed, person.name, str(answer.request.url), answer.request.content[:300])
                assert answer.status_code < 500, (way.name, asked, answer.text)
                hers = person.name == "Luc" and is_left_to(way)
                if person.name in OUTSIDE and "coop_id" in way.fields and not hers:
                    assert not OF_THE_CO_OP.search(answer.text), (way.name, asked)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(send, range(AT_ONCE), cycle(servers)))


def is_left_to(way: Way) -> bool:
    """Tell whether who has left still uses a way in: her account, and what stands open with it, stay hers."""
    return callable(way.route.who) and is_asked_of_formers(way.route.who)


def test_a_hostile_hour_breaks_nothing_and_leaves_the_servers_as_they_were(
    database_url: str, servers: list[Running], people: list[Person]
) -> None:
    batch(servers, people, 0)  # what is loaded once is loaded
    before = [megabytes(running) for running in servers]
    for number in range(1, HOSTILE_BATCHES + 1):
        batch(servers, people, number)
        for running, some_megabytes in zip(servers, before, strict=True):
            health = httpx.get(f"{running.address}/health", timeout=30)
            assert (health.status_code, health.json()["parked"]) == (200, 0)
            assert threads(running) < MOST_THREADS
            assert megabytes(running) < some_megabytes + MORE_MEGABYTES
    engine = open_database(database_url)
    eventually(lambda: has_followed(engine), "the followers do not catch up")
    for running in servers:
        running.kill()
    check_log(engine)
    engine.dispose()

"""The database goes away while people ask, write and come back: everyone is told so kindly, and nothing is lost."""

import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from tests.crash.postgres import Postgres
from tests.crash.server import Running, eventually, headers_of, start
from tests.crash.somebody import (
    AT_ONCE,
    GOOD,
    HERE,
    Answer,
    all_are_answered,
    check_kind,
    check_nothing_lost,
    everyone,
    health,
    sessions,
)
from tests.kit.village import Clock, Rows, StillSite, put_rows, settings_of


@pytest.fixture(scope="module")
def postgres_of_ones_own() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.end()


@pytest.fixture
def served(postgres_of_ones_own: Postgres, village_rows: Rows) -> Iterator[tuple[Running, dict[str, str]]]:
    """A server over it, and members with sessions there."""
    site = StillSite(settings_of(postgres_of_ones_own.url), Clock())
    put_rows(site, village_rows)
    tokens = sessions(site)
    site.stop()
    running = start(postgres_of_ones_own.url, time.time())
    yield running, tokens
    running.kill()


@pytest.mark.parametrize("way", ["frozen", "killed"])
def test_everyone_is_asked_to_come_back_and_all_is_well_once_it_is(
    postgres_of_ones_own: Postgres, served: tuple[Running, dict[str, str]], way: str
) -> None:
    running, tokens = served
    postgres = postgres_of_ones_own
    away, back = (postgres.freeze, postgres.thaw) if way == "frozen" else (postgres.kill, postgres.start)
    people = everyone(running, tokens)
    away()
    try:
        eventually(lambda: health(running) == (503, "failing", ["database"]), "nobody notices")
        check_meanwhile(running, tokens["Claire"])
    finally:
        back()
    eventually(lambda: health(running)[0] == 200, "it does not recover")
    all_are_answered(people)
    for somebody in people:
        somebody.leave()
    for answer in (answer for each in people for answer in each.answers if answer.status not in GOOD):
        check_kind(answer)
    check_nothing_lost(postgres.url, people)


def check_meanwhile(running: Running, token: str) -> None:
    """Check that nobody waits for a database that is away, and what needs none is answered as ever."""
    with httpx.Client(base_url=running.address, timeout=AT_ONCE) as client:
        for path in (f"{HERE}/", "/sign-in", "/", f"/api{HERE}/balance"):
            told = client.get(path, headers={"cookie": f"session={token}"})
            check_kind(Answer(told.status_code, told.headers))
        asked = client.post(f"/api{HERE}/contributions", json={"cents": 1}, headers=headers_of(token, uuid4()))
        check_kind(Answer(asked.status_code, asked.headers))
        assert client.get("/static/voisiture.css").status_code == 200
        assert [client.get(path).status_code for path in ("/nothing-here", "/api/nothing-here")] == [404, 404]
        assert health(running)[0] == 503

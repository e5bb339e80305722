"""The disk fills up while people ask and write: who writes is told so, who reads is answered, and nothing is lost."""

import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.crash.server import Running, eventually, start
from tests.crash.somebody import GOOD, all_are_answered, check_kind, check_nothing_lost, everyone, health, sessions
from tests.kit.databases import on_sqlite
from tests.kit.village import Clock, Rows, StillSite, put_rows, settings_of

pytestmark = on_sqlite


@pytest.fixture
def served(database_url: str, village_rows: Rows) -> Iterator[tuple[Running, Mapping[str, str]]]:
    site = StillSite(settings_of(database_url), Clock())
    put_rows(site, village_rows)
    tokens = sessions(site)
    site.stop()
    running = start(database_url, time.time())
    yield running, tokens
    running.kill()


@contextmanager
def full(running: Running, database: Path) -> Iterator[None]:
    """Let no file of the server's grow beyond what the database's largest one is: anyone may set that limit."""
    largest = max(path.stat().st_size for path in database.parent.glob(f"{database.name}*"))
    server = psutil.Process(running.process.pid)
    processes = [server, *server.children(recursive=True)]
    for process in processes:
        process.rlimit(psutil.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for process in processes:
            process.rlimit(psutil.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_who_writes_is_told_and_all_goes_on_once_there_is_room(
    database_url: str, served: tuple[Running, Mapping[str, str]]
) -> None:
    running, tokens = served
    people = everyone(running, tokens)
    readers, writers = people[:2], people[2:]
    with full(running, Path(database_url.removeprefix("sqlite:///"))):
        eventually(lambda: all(each.answers[-1].status == 507 for each in writers), "it never fills up")
        all_are_answered(readers)
        eventually(lambda: health(running) == (503, "failing", ["disk"]), "nobody notices")
    all_are_answered(people)
    eventually(lambda: health(running)[0] == 200, "it does not recover")
    for somebody in people:
        somebody.leave()
    for answer in (answer for each in people for answer in each.answers if answer.status not in GOOD):
        check_kind(answer, 507)
    check_nothing_lost(database_url, people)

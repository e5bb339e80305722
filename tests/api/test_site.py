"""What runs in a site's own threads goes on whatever happens."""

import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from api import site as sites
from api.site import Site
from sending.mail import Mail
from sending.outbox import Letter, send_letter, write_letter
from tests.kit.still_site import settings_of

SOON = 5.0  # seconds


def test_each_hour_the_database_counts_its_tables_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    optimized: list[Engine] = []
    done = threading.Event()

    def optimize(engine: Engine) -> None:
        optimized.append(engine)
        done.set()

    monkeypatch.setattr(sites, "optimize", optimize)
    monkeypatch.setattr(sites, "UPKEEP_SECONDS", 0)
    site = Site(settings_of(database_url))
    site.start()
    assert done.wait(SOON)
    site.stop()
    assert {*optimized} == {site.engine}


def test_all_is_well_while_it_runs_whatever_its_loops_met(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(settings_of(database_url))
    again, errors = threading.Event(), [SystemExit(), KeyboardInterrupt(), MemoryError()]

    def stumble() -> int:
        if not errors:
            again.set()
            return 0
        raise errors.pop()

    for each in site.watch.loops["follower"]:
        monkeypatch.setattr(each, "_step", stumble)
        monkeypatch.setattr(each, "_waits", (0,))
    site.start()
    try:
        assert again.wait(SOON)
        assert site.watch.health(None).failing == ()
    finally:
        site.stop()


def test_letters_leave_after_the_database_failed_once(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [OperationalError("SELECT 1", {}, OSError("the database is starting"))] * 2
    left = threading.Event()

    def sent(engine: Engine, *how: Any) -> bool:
        if failures:
            raise failures.pop()
        return send_letter(engine, *how)

    monkeypatch.setattr(sites, "send_letter", sent)
    site = Site(settings_of(database_url))
    for each in site.watch.loops["letters"]:
        monkeypatch.setattr(each, "_waits", (0,))
    monkeypatch.setattr(site.postman, "send", lambda _: left.set())
    monkeypatch.setattr(
        site.postman, "worded", lambda it: Mail(it.letter_id, datetime.now(UTC), "a@b.c", "d@e.f", "", "")
    )
    with site.writing() as connection:
        letter = Letter(letter_id=UUID(int=1), coop_id=None, template="invitation", address="a@b.c", facts={})
        write_letter(connection, letter, datetime.now(UTC))
    site.start()
    try:
        assert left.wait(SOON)
    finally:
        site.stop()
    assert failures == []


def test_what_only_an_upgrade_needs_takes_no_memory_while_one_serves() -> None:
    asked = "import sys, api.app; print({'alembic', 'faker', 'hypothesis'} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"

"""What runs in a site's own threads goes on whatever happens."""

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from api import site as sites
from api.site import Site
from kernel import loop
from sending.mail import Mail
from sending.outbox import Letter, send_letter, write_letter
from tests.kit.still_site import settings_of

SOON = 5.0  # seconds


class Hours:
    """Stands for the scheduler: says what would be done each hour."""

    def __init__(self, **_: object) -> None:
        self.jobs: list[Callable[[], object]] = []

    def add_job(self, job: Callable[..., object], _: str, args: Sequence[object] = (), **how: Any) -> None:
        if how.get("hours") == 1:
            self.jobs.append(partial(job, *args))

    def start(self) -> None:
        """Start nothing."""

    def shutdown(self, **_: object) -> None:
        """Do each hour's work, once, before it ends."""
        for job in self.jobs:
            job()


def test_each_hour_the_database_counts_its_tables_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    optimized: list[Engine] = []
    monkeypatch.setattr(sites, "optimize", optimized.append)
    monkeypatch.setattr(sites, "BackgroundScheduler", Hours)
    site = Site(settings_of(database_url))
    site.start()
    site.stop()
    assert optimized == [site.engine]


def test_letters_leave_after_the_database_failed_once(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [OperationalError("SELECT 1", {}, OSError("the database is starting"))] * 2
    left = threading.Event()

    def sent(engine: Engine, *how: Any) -> bool:
        if failures:
            raise failures.pop()
        return send_letter(engine, *how)

    monkeypatch.setattr(sites, "send_letter", sent)
    monkeypatch.setattr(loop, "WAITS_SECONDS", (0,))
    site = Site(settings_of(database_url))
    monkeypatch.setattr(site.postman, "send", lambda _: left.set())
    monkeypatch.setattr(site.postman, "worded", lambda _: Mail("a@b.c", "d@e.f", "", ""))
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

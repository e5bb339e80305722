"""An installation that stands still: a real database, a clock the test winds, and nothing running in threads."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Table, insert, select

from api.settings import Settings
from api.site import Site
from kernel.command import Done
from kernel.database import writing
from kernel.tables import derived, installation, precious
from sending.outbox import Lane
from tests.kit.databases import SECRET
from tests.kit.servers import delete_rows

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)  # a Monday, 9 o'clock in Die
COOP = UUID(int=0xD1E)
ELSEWHERE = UUID(int=0xE15E)


def person_id_of(name: str) -> UUID:
    """Return the id of a person of the village."""
    return uuid5(COOP, name)


class Clock:
    """Stands still until the test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class StillSite(Site):
    """A site without threads: what follows from a command has followed when `settled` returns."""

    def settled(self, done: Done) -> bool:
        self.follower.catch_up()
        return super().settled(done)

    def start(self) -> None:
        """Start nothing: the test says when time passes and letters leave."""

    def stop(self) -> None:
        self.readers.shutdown()
        self.writers.shutdown()
        self.photos.shutdown()
        self.engine.dispose()


def send_all(site: Site) -> None:
    """Send every letter of a site that is due, by its postman."""
    for lane in Lane:
        while site.send_letter(lane):
            pass


Rows = dict[str, list[dict[str, Any]]]

_COPIES: dict[int, tuple[Rows, sqlite3.Connection]] = {}  # with what each was made of, so that no other has its id


def rows_of(site: Site) -> Rows:
    """Return everything a site's database holds, to found the same village in another at once."""
    with site.reading() as connection:
        return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in _tables()}


def put_rows(site: Site, rows: Rows) -> None:
    """Let a site's database hold what `rows_of` gave, and nothing else; on SQLite by a copy, once one was made."""
    if site.engine.dialect.name != "sqlite":
        return _insert(site, rows)
    with closing(sqlite3.connect(site.engine.url.database or "")) as put:
        if id(rows) in _COPIES:
            _COPIES[id(rows)][1].backup(put)
        else:
            _insert(site, rows)
            _COPIES[id(rows)] = rows, sqlite3.connect(":memory:")
            put.backup(_COPIES[id(rows)][1])
    return None


def _insert(site: Site, rows: Rows) -> None:
    with writing(site.engine) as connection:
        delete_rows(connection, _tables())
        for table in _tables():
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])


def _tables() -> list[Table]:
    return [*(table for table in precious.sorted_tables if table is not installation), *derived.sorted_tables]


def settings_of(database_url: str) -> Settings:
    """Return the settings of a test installation: no mail server, the demo's doors open."""
    return Settings(database_url=database_url, secret=SECRET, demo=True)


def client_of(app: Litestar) -> TestClient[Litestar]:
    """Return a way to ask an application from its own machine."""
    return TestClient(app, base_url="http://127.0.0.1:8000")

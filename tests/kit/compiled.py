"""Statements compiled once a worker: a hundred databases of tests are sent the same ones, each by its own engine."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_compiled: dict[Any, Any] = {}


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
    """PostgreSQL, as SQLAlchemy speaks it."""

    supports_statement_cache = True


def compile_once() -> None:
    """Let every engine made from now on keep what it compiles with the others."""
    registry.register("sqlite", __name__, SQLite.__name__)
    registry.register("postgresql.psycopg", __name__, PostgreSQL.__name__)

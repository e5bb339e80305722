"""Two kinds of tables, and the column types that both databases agree on.

`precious` holds what cannot be made again: the log, keys, people, sign-in, outbox. `derived` holds the read models:
dropped and replayed at will, so they need no migrations. `installation` is what an installation knows of itself: a few
values by name.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    delete,
    event,
    insert,
    or_,
    select,
)
from sqlalchemy.types import TypeEngine

precious = MetaData()
derived = MetaData()


@event.listens_for(derived, "before_create")
def _kept_under_their_own_key(metadata: MetaData, *_: Any, **__: Any) -> None:
    """Spare SQLite a second tree for each table: rows are kept by their key, not by a number beside it."""
    for table in metadata.tables.values():
        table.dialect_options["sqlite"]["with_rowid"] = False


class Instant(TypeDecorator[datetime]):
    """An aware instant: `timestamptz` on PostgreSQL, sortable UTC text on SQLite, which has no time type."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type by database."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Store UTC; `ValueError` for a naive time, which would mean another instant on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its offset")
        instant = value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds") if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


def is_within(column: ColumnElement[Any], length: timedelta, at: datetime) -> ColumnElement[bool]:
    """Return whether an instant is less than `length` from `at`, before or after it.

    What is dated later was written while the machine's clock stood wrong: it must not count until that day comes.
    """
    return (column > at - length) & (column < at + length)


def has_come(column: ColumnElement[Any], now: Any, latest: Any) -> ColumnElement[bool]:
    """Return whether an hour has come; one after the `latest` that could be was set while a clock stood wrong."""
    return or_(column <= now, column > latest)


installation = Table(
    "installation",
    precious,
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


def known_value(connection: Connection, name: str) -> bytes | None:
    """Return the value kept under a name, `None` when there is none."""
    return connection.execute(select(installation.c.value).where(installation.c.name == name)).scalar()


def keep_value(connection: Connection, name: str, value: bytes) -> None:
    """Keep a value under a name, in place of the one before."""
    forget_value(connection, name)
    connection.execute(insert(installation).values(name=name, value=value))


def forget_value(connection: Connection, name: str) -> None:
    """Keep no value under a name any more."""
    connection.execute(delete(installation).where(installation.c.name == name))

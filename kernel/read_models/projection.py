"""What a read model does with an event: a few writes, each to one row named by its primary key, or many new rows.

Because a projection only *says* its writes, the same one serves a command (carried out at once, in its transaction)
and a rebuild (500 events folded together, then a few bulk statements).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Executable, Table, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from kernel.event import Event, Recorded

Row = Mapping[str, Any]


class Put(NamedTuple):
    """A new row; its key must not be there yet."""

    table: Table
    row: Row


class PutMany(NamedTuple):
    """Many new rows of one event: what is `alike` in all, and of each its own values, named in one order.

    None of their keys may be there yet, and no value may be bytes.
    """

    table: Table
    alike: Row
    rows: Sequence[Row]


class Set(NamedTuple):
    """The row with this key holds these values from now on, whether it was there or not."""

    table: Table
    key: Row
    values: Row


class Change(NamedTuple):
    """New values for the row with this key; no row, no effect."""

    table: Table
    key: Row
    values: Row


class Add(NamedTuple):
    """Whole numbers added to the row with this key, which starts from zero when it is not there."""

    table: Table
    key: Row
    amounts: Mapping[str, int]


class Remove(NamedTuple):
    """The row with this key goes away."""

    table: Table
    key: Row


ToOne = Put | Set | Change | Add | Remove
Write = ToOne | PutMany
Projection = Callable[[Recorded[Event]], Iterable[Write]]
Projections = Mapping[str, Projection]
"""By context: read models know the events of their own context only."""


def statement(write: ToOne, dialect: str) -> Executable:
    """Return the statement of a write; the same object for all writes of the same shape, so it compiles once."""
    match write:
        case Put(table, row):
            return _insert(table, tuple(row))
        case Set(table, key, values):
            return _set(table, tuple(key), tuple(values), dialect)
        case Change(table, key, values):
            return _update(table, tuple(key), tuple(values))
        case Add(table, key, amounts):
            return _add(table, tuple(key), tuple(amounts), dialect)
        case Remove(table, key):
            return _delete(table, tuple(key))


def parameters(write: ToOne) -> Row:
    """Return the values of a write by parameter name; those of its key begin with `key_`."""
    match write:
        case Put(_, row):
            return row
        case Change(_, key, values):
            return {f"key_{name}": value for name, value in key.items()} | dict(values)
        case Set(_, key, values) | Add(_, key, values):
            return {**key, **values}
        case Remove(_, key):
            return {f"key_{name}": value for name, value in key.items()}


def writes_of(recorded: Recorded[Event], projections: Projections) -> Iterable[Write]:
    """Return what an event changes in the read models of its context; nothing when that has none."""
    project = projections.get(recorded.event.context())
    return project(recorded) if project else ()


@cache
def _insert(table: Table, columns: tuple[str, ...]) -> Executable:
    return insert(table).values({name: bindparam(name) for name in columns})


@cache
def _update(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Executable:
    changed = update(table).values({name: bindparam(name) for name in columns})
    return changed.where(*(table.c[name] == bindparam(f"key_{name}") for name in key))


@cache
def _set(table: Table, key: tuple[str, ...], columns: tuple[str, ...], dialect: str) -> Executable:
    adding = _upsert(table, key + columns, dialect)
    return adding.on_conflict_do_update(
        index_elements=list(key), set_={name: adding.excluded[name] for name in columns}
    )


@cache
def _add(table: Table, key: tuple[str, ...], columns: tuple[str, ...], dialect: str) -> Executable:
    adding = _upsert(table, key + columns, dialect)
    sums = {name: table.c[name] + adding.excluded[name] for name in columns}
    return adding.on_conflict_do_update(index_elements=list(key), set_=sums)


def _upsert(table: Table, columns: tuple[str, ...], dialect: str) -> postgresql.Insert | sqlite.Insert:
    upsert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return upsert(table).values({name: bindparam(name) for name in columns})


@cache
def _delete(table: Table, key: tuple[str, ...]) -> Executable:
    return delete(table).where(*(table.c[name] == bindparam(f"key_{name}") for name in key))

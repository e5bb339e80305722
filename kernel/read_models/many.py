"""Many new rows that one event makes, sent as one: everybody called to a vote, every transfer of a plan.

While they are written nobody else can append, and SQLAlchemy takes longer to get each value of each row ready than the
database to keep it. So PostgreSQL reads them from one text of JSON, and SQLite's driver is given them as it keeps them.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Dialect,
    Executable,
    LargeBinary,
    String,
    Table,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import JSON

from kernel.read_models.projection import PutMany

Ready = Callable[[Any], Any]


def put_many(connection: Connection, write: PutMany) -> None:
    """Insert the rows; nothing when there are none."""
    if not write.rows:
        return
    table, alike, own = write.table, tuple(write.alike), tuple(write.rows[0])
    if connection.dialect.name == "postgresql":
        rows = msgspec.json.encode(write.rows).decode()
        connection.execute(_from_json(table, alike, own), {**write.alike, "rows": rows})
        return
    same = [make(write.alike[name]) for name, make in _ready(table, alike, connection.dialect)]
    ready = _ready(table, own, connection.dialect)
    kept = [(*same, *(make(row[name]) for name, make in ready)) for row in write.rows]
    connection.exec_driver_sql(_as_kept(table, alike + own, connection.dialect), kept)


@cache
def _from_json(table: Table, alike: tuple[str, ...], own: tuple[str, ...]) -> Executable:
    if any(isinstance(table.c[name].type, LargeBinary) for name in own):
        raise TypeError("JSON knows no bytes")
    rows = func.json_to_recordset(cast(bindparam("rows", type_=String), JSON))
    read = rows.table_valued(*(column(name, table.c[name].type) for name in own)).render_derived(with_types=True)
    same = (bindparam(name, type_=table.c[name].type) for name in alike)
    by_key = (read.c[name] for name in own if table.c[name].primary_key)  # whose tree is then written from end to end
    return insert(table).from_select([*alike, *own], select(*same, *read.c).order_by(*by_key))


@cache
def _as_kept(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    given = select(*(bindparam(name, type_=table.c[name].type) for name in names))
    return str(insert(table).from_select(names, given).compile(dialect=dialect))


@cache
def _ready(table: Table, names: tuple[str, ...], dialect: Dialect) -> Sequence[tuple[str, Ready]]:
    kinds = ((name, table.c[name].type.dialect_impl(dialect)) for name in names)
    return [(name, kind.bind_processor(dialect) or _as_it_is) for name, kind in kinds]


def _as_it_is(value: Any) -> Any:
    return value

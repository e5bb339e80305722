"""Writes sent together: those to one row folded into one, equal statements in one.

The rows are the same as one by one, an order of magnitude sooner.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from sqlalchemy import Connection, Executable, Table

from kernel.read_models.many import put_many
from kernel.read_models.projection import (
    Add,
    Change,
    Put,
    PutMany,
    Remove,
    Row,
    Set,
    ToOne,
    Write,
    parameters,
    statement,
)

_ORDER = (Remove, Change, Set, Put, Add)  # what leaves makes room for what comes


class Folded:
    """Writes waiting to be sent together, at most one for each row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[tuple[object, ...], ToOne] = {}

    def extend(self, writes: Iterable[Write]) -> None:
        """Take in writes in order; whatever cannot be folded with what waits is sent after it, as many new rows are."""
        for write in writes:
            if isinstance(write, PutMany):
                self.flush()
                put_many(self._connection, write)
                continue
            row = _row_of(write)
            earlier = self._waiting.pop(row, None)
            together = write if earlier is None else _fold(earlier, write)
            if earlier is not None and together is None:
                self._waiting[row] = earlier
                self.flush()
                together = write
            if together is not _GONE and together is not None:
                self._waiting[row] = together

    def flush(self) -> None:
        """Send everything that waits."""
        dialect = self._connection.dialect.name
        batches: dict[type[ToOne], dict[Executable, list[Row]]] = {kind: defaultdict(list) for kind in _ORDER}
        for write in self._waiting.values():
            batches[type(write)][statement(write, dialect)].append(parameters(write))
        for batch in batches.values():
            for executable, rows in batch.items():
                self._connection.execute(executable, rows if len(rows) > 1 else rows[0])
        self._waiting.clear()


_GONE = Remove(None, {})  # type: ignore[arg-type]  # stands for a row that came and went within one batch


def _row_of(write: ToOne) -> tuple[object, ...]:
    table = write[0]
    key: Mapping[str, object] = write.row if isinstance(write, Put) else write.key
    return (table, *map(key.__getitem__, _key_names(table)))


@cache
def _key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def _fold(earlier: ToOne, later: ToOne) -> ToOne | None:
    folded: ToOne | None = None
    match earlier, later:
        case Put(table, row), Change(_, _, values) | Set(_, _, values):
            folded = Put(table, {**row, **values})
        case Put(table, row), Add(_, _, amounts) if amounts.keys() <= row.keys():
            folded = Put(table, {**row, **{name: row[name] + more for name, more in amounts.items()}})
        case Put(), Remove():
            folded = _GONE
        case Change(table, key, before), Change(_, _, values):
            folded = Change(table, key, {**before, **values})
        case Set(table, key, before), Set(_, _, values) | Change(_, _, values):
            folded = Set(table, key, {**before, **values})
        case Change() | Set(), Remove():
            folded = later
        case Add(table, key, before), Add(_, _, amounts) if before.keys() == amounts.keys():
            folded = Add(table, key, {name: before[name] + more for name, more in amounts.items()})
    return folded

"""A slice of a long list: some of its items, and where the next ones begin.

The next slice begins after the last row shown, named by its key, never at a number of rows: what is added meanwhile
shifts nothing, so that a reader misses no row and sees none twice, and the last slice costs what the first
does.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Integer,
    RowMapping,
    Select,
    String,
    Tuple,
    Uuid,
    literal,
    tuple_,
)

from kernel.period import Aware
from kernel.refused import Unreadable
from kernel.tables import Instant
from kernel.text import PLAIN

Key = Sequence[ColumnElement[Any]]
T = TypeVar("T")
U = TypeVar("U")

_Large = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]  # what a database's columns hold
_Whole = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
_Text = Annotated[str, msgspec.Meta(max_length=200, pattern=PLAIN)]
_KINDS: tuple[tuple[type, Any], ...] = (
    (Instant, Aware),
    (Date, date),
    (Uuid, UUID),
    (BigInteger, _Large),
    (Integer, _Whole),
    (String, _Text),
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which slice of a list is asked for: the first `limit` items, or as many after a cursor."""

    after: Annotated[str | None, msgspec.Meta(description="the `after` of the slice before; none: the first")] = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000, description="at most so many")] = 100


class Slice(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """Some items in order; `after` is the cursor that asks for the next ones, `None` when there are no more."""

    items: tuple[T, ...]
    after: str | None

    def mapped(self, make: Callable[[T], U]) -> "Slice[U]":
        """Return this slice with something made of each item."""
        return self.mapped_together(lambda items: map(make, items))

    def mapped_together(self, make: Callable[[tuple[T, ...]], Iterable[U]]) -> "Slice[U]":
        """Return this slice with something made of each item, of all at once: what else they need is asked for once."""
        return Slice(items=tuple(make(self.items)), after=self.after)


def newest_first(
    connection: Connection, query: Select[Any], key: Key, *, after: str | None, most: int, of: str = ""
) -> Slice[RowMapping]:
    """Return up to `most` rows of `query` by falling `key`, from its greatest or those after a cursor.

    `key` is what the query selects that together names one row: instants, days, numbers, texts and ids, those that
    order first; `of` names the list where another goes by the same key. Refuses a text that is not a cursor of this
    list (`Unreadable`).
    """
    falling, mark = query.order_by(*(column.desc() for column in key)), _mark(of, "newest first", key)
    if after is not None:
        falling = falling.where(tuple_(*key) < _reached(after, key, mark))
    return _sliced(connection, falling, key, mark, most)


def oldest_first(
    connection: Connection, query: Select[Any], key: Key, *, after: str | None, most: int, of: str = ""
) -> Slice[RowMapping]:
    """Return up to `most` rows of `query` by rising `key`, as `newest_first` does by falling."""
    rising, mark = query.order_by(*key), _mark(of, "oldest first", key)
    if after is not None:
        rising = rising.where(tuple_(*key) > _reached(after, key, mark))
    return _sliced(connection, rising, key, mark, most)


def in_order(
    connection: Connection,
    query: Select[Any],
    key: Key,
    *,
    falling: bool,
    after: str | None,
    most: int,
    of: str = "",
) -> Slice[RowMapping]:
    """Return up to `most` rows of `query` by `key`, `falling` or rising: as a table is sorted by one of its columns."""
    sliced = newest_first if falling else oldest_first
    return sliced(connection, query, key, after=after, most=most, of=of)


def cursor(values: Sequence[Any], key: Key, of: str) -> str:
    """Return the cursor after a row, by its key, of a list that goes newest first and is not asked for in one query."""
    return _cursor([_mark(of, "newest first", key), *values])


def reached(after: str, key: Key, of: str) -> Sequence[Any]:
    """Return the key that such a cursor names; refuses a text that is none of this list (`Unreadable`)."""
    return _read(after, key, _mark(of, "newest first", key))


def _sliced(connection: Connection, query: Select[Any], key: Key, mark: str, most: int) -> Slice[RowMapping]:
    if not any(isinstance(column.type, Uuid | BigInteger) for column in key):
        raise TypeError("a key holds an id, or a place in the log: of one instant, rows would be lost between slices")
    rows = connection.execute(query.limit(most + 1)).mappings().all()  # one more tells whether more follow
    shown = tuple(rows[:most])
    last = [shown[-1][column] for column in key] if len(rows) > most else None
    return Slice(items=shown, after=_cursor([mark, *last]) if last else None)


def _mark(of: str, order: str, key: Key) -> str:
    """Return what tells a list's cursors from those of others, whose keys are of the same kinds."""
    return sha256(f"{of} {order} by {', '.join(map(str, key))}".encode()).hexdigest()[:8]


def _reached(after: str, key: Key, mark: str) -> Tuple:
    values = zip(_read(after, key, mark), key, strict=True)
    return tuple_(*(literal(value, column.type) for value, column in values))


def _cursor(values: Sequence[Any]) -> str:
    utc = [value.astimezone(UTC) if isinstance(value, datetime) else value for value in values]
    return urlsafe_b64encode(msgspec.json.encode(utc)).rstrip(b"=").decode()


def _read(cursor: str, key: Key, mark: str) -> Sequence[Any]:
    """Return the values a cursor holds. Only what `_cursor` writes is read: each place in a list has one name."""
    kinds = (str, *(next(kind for of, kind in _KINDS if isinstance(column.type, of)) for column in key))
    decoder = msgspec.json.Decoder(tuple[kinds])  # type: ignore[valid-type]
    try:
        of, *values = decoder.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if of == mark and _cursor([of, *values]) == cursor:
            return values
    except (ValueError, OverflowError):
        pass
    raise Unreadable(what="this is not the mark of this list's next page")

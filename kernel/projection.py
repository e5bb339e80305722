"""What a read model does with an event: a few writes, each to one row named by its primary key.

Because a projection only *says* its writes, the same one serves a command (carried out at once, in its transaction)
and a rebuild (500 events folded together, then a few bulk statements).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table

from kernel.event import Event, Recorded

Row = Mapping[str, Any]


class Put(NamedTuple):
    """A new row; its key must not be there yet."""

    table: Table
    row: Row


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


Write = Put | Change | Add | Remove
Projection = Callable[[Recorded[Event]], Iterable[Write]]

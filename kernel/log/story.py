"""What happened to one thing, read from the log itself."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, select, union_all

from kernel.event import Event, Recorded
from kernel.log.mapper import EventMapper
from kernel.log.recorder import events, notification
from kernel.slice import Slice, cursor, reached

_mapper = EventMapper()
NEVER = 2**62  # a place no log comes to


def story(connection: Connection, coop_id: UUID, streams: Iterable[UUID]) -> list[Recorded[Event]]:
    """Return the events of some streams of a co-op, in the order they were recorded."""
    query = select(events).where(events.c.coop_id == coop_id, events.c.stream_id.in_(list(streams)))
    return _recorded(connection, query.order_by(events.c.position))


def latest(
    connection: Connection, coop_id: UUID, names: Sequence[str], most: int, *, before: int = NEVER
) -> list[Recorded[Event]]:
    """Return a co-op's latest events of these stored names, newest first; those before a place in the log."""
    asked = {f"name_{number}": name for number, name in enumerate(names)}
    return _recorded(connection, _latest_of(len(names)), asked | {"coop": coop_id, "most": most, "before": before})


def latest_slice(
    connection: Connection, coop_id: UUID, names: Sequence[str], *, after: str | None, most: int
) -> Slice[Recorded[Event]]:
    """Return a slice of a co-op's events of these names, newest first; refuses a text that is not a cursor."""
    key = (events.c.position,)
    before = NEVER if after is None else reached(after, key, "chronicle")[0]
    found = latest(connection, coop_id, names, most + 1, before=before)
    last = [found[most - 1].position] if len(found) > most else None
    return Slice(items=tuple(found[:most]), after=cursor(last, key, "chronicle") if last else None)


@cache
def _latest_of(count: int) -> Select[Any]:
    """Return the question for the latest events of `count` names: the latest of each first, so that none else is read.

    Asked for together, either database would read back through all other events, PostgreSQL through every co-op's.
    """
    positions = [_latest_positions(f"name_{number}") for number in range(count)]
    last = union_all(*positions).subquery()
    newest = select(last.c.position).order_by(last.c.position.desc()).limit(bindparam("most"))
    return select(events).where(events.c.position.in_(newest)).order_by(events.c.position.desc())


def _latest_positions(name: str) -> Select[Any]:
    mine = (events.c.coop_id == bindparam("coop")) & (events.c.name == bindparam(name))
    mine &= events.c.position < bindparam("before")
    newest = select(events.c.position).where(mine).order_by(events.c.position.desc()).limit(bindparam("most"))
    return select(newest.subquery().c.position)


def _recorded(
    connection: Connection, query: Select[Any], asked: Mapping[str, Any] | None = None
) -> list[Recorded[Event]]:
    return [_mapper.to_domain_event(notification(row)) for row in connection.execute(query, asked)]

"""What happened to one thing, read from the log itself."""

from collections.abc import Iterable
from uuid import UUID

from eventsourcing.persistence import Notification
from sqlalchemy import Connection, RowMapping, select

from kernel.event import Event, Recorded
from kernel.log.mapper import EventMapper
from kernel.log.recorder import events
from kernel.slice import Slice, newest_first

_mapper = EventMapper()


def story(connection: Connection, coop_id: UUID, streams: Iterable[UUID]) -> list[Recorded[Event]]:
    """Return the events of some streams of a co-op, in the order they were recorded."""
    query = select(events).where(events.c.coop_id == coop_id, events.c.stream_id.in_(list(streams)))
    rows = connection.execute(query.order_by(events.c.position)).mappings()
    return [_recorded(row) for row in rows]


def latest(connection: Connection, coop_id: UUID, names: Iterable[str], most: int) -> list[Recorded[Event]]:
    """Return a co-op's latest events of these stored names, newest first."""
    return list(latest_slice(connection, coop_id, names, most=most).items)


def latest_slice(
    connection: Connection, coop_id: UUID, names: Iterable[str], *, after: str | None = None, most: int
) -> Slice[Recorded[Event]]:
    """Return a slice of a co-op's events of these stored names, newest first; refuses a text that is not a cursor."""
    query = select(events).where(events.c.coop_id == coop_id, events.c.name.in_(list(names)))
    return newest_first(connection, query, (events.c.position,), after=after, most=most).mapped(_recorded)


def _recorded(row: RowMapping) -> Recorded[Event]:
    stored = Notification(
        id=row["position"],
        originator_id=row["stream_id"],
        originator_version=row["version"],
        topic=row["name"],
        state=row["state"],
    )
    return _mapper.to_domain_event(stored)

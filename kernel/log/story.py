"""What happened to one thing, read from the log itself."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Notification
from sqlalchemy import Connection, Select, select

from kernel.event import Event, Recorded
from kernel.log.mapper import EventMapper
from kernel.log.recorder import events

_mapper = EventMapper()


def story(connection: Connection, coop_id: UUID, streams: Iterable[UUID]) -> list[Recorded[Event]]:
    """Return the events of some streams of a co-op, in the order they were recorded."""
    query = select(events).where(events.c.coop_id == coop_id, events.c.stream_id.in_(list(streams)))
    return _recorded(connection, query.order_by(events.c.position))


def latest(connection: Connection, coop_id: UUID, names: Iterable[str], most: int) -> list[Recorded[Event]]:
    """Return a co-op's latest events of these stored names, newest first."""
    query = select(events).where(events.c.coop_id == coop_id, events.c.name.in_(list(names)))
    return _recorded(connection, query.order_by(events.c.position.desc()).limit(most))


def _recorded(connection: Connection, query: Select[Any]) -> list[Recorded[Event]]:
    rows = connection.execute(query).all()
    return [
        _mapper.to_domain_event(
            Notification(
                id=row.position,
                originator_id=row.stream_id,
                originator_version=row.version,
                topic=row.name,
                state=row.state,
            )
        )
        for row in rows
    ]

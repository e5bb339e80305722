"""Checking that nobody touched the past: every co-op's chain is followed link by link, and no position is missing."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Connection, Engine, select

from kernel.log import CHAIN_START, events, link, log_head

BATCH = 2_000


class Fault(NamedTuple):
    """Where the log is not what was written: the position, its co-op and stream (when known), and what is wrong."""

    position: int
    coop_id: UUID | None
    stream_id: UUID | None
    reason: str


class Verified(NamedTuple):
    """How many events were read, and every fault found, in order."""

    events: int
    faults: tuple[Fault, ...]


def verify(engine: Engine) -> Verified:
    """Read the whole log and recompute every chain. A changed byte is found at its own position."""
    links: dict[UUID, bytes] = {}
    faults: list[Fault] = []
    expected = 1
    with engine.connect() as connection:
        for row in _all(connection):
            if row.position != expected:
                faults.append(Fault(expected, None, None, f"{row.position - expected} events missing"))
            expected = row.position + 1
            stored = StoredEvent(row.stream_id, row.version, row.name, row.state)
            if link(links.get(row.coop_id, CHAIN_START), stored) != row.chain:
                faults.append(Fault(row.position, row.coop_id, row.stream_id, f"{row.name} is not as recorded"))
            links[row.coop_id] = row.chain  # what follows is judged on its own link
        head = connection.execute(select(log_head.c.position)).scalar_one()
    if head != expected - 1:
        faults.append(Fault(expected, None, None, f"the log ends before its head, {head}"))
    return Verified(expected - 1, tuple(faults))


def _all(connection: Connection) -> Iterator[Any]:
    position = 0
    while rows := connection.execute(
        select(events).where(events.c.position > position).order_by(events.c.position).limit(BATCH)
    ).all():
        yield from rows
        position = rows[-1].position

"""Checking that nobody touched the past: every co-op's chain is followed link by link, and no position is missing.

What is stored is read as raw as the database gives it, so that a changed byte is found even where it no longer makes an
id or a name.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Connection, Engine, LargeBinary, cast, inspect, select

from kernel.database import reading
from kernel.log.recorder import CHAIN_START, events, link, log_head

BATCH = 2_000


class NoLogError(LookupError):
    """There is no log in this database."""


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
    """Read the whole log and recompute every chain; `NoLogError` when there is none.

    A changed byte is found at its own position.
    """
    if not inspect(engine).has_table(events.name):
        raise NoLogError(NoLogError.__doc__)
    links: dict[bytes, bytes] = {}
    faults: list[Fault] = []
    expected, read = 1, 0
    with reading(engine) as connection:
        for row in _all(connection):
            if row.position != expected:
                faults.append(Fault(expected, None, None, f"{row.position - expected} events missing"))
            expected, read = row.position + 1, read + 1
            coop, stream, name = _raw(row.coop_id), _raw(row.stream_id), _raw(row.name)
            stored = (row.position, coop, stream, row.version, name, row.state)
            if link(links.get(coop, CHAIN_START), *stored) != row.chain:
                reason = f"{name.decode(errors='replace')} is not as recorded"
                faults.append(Fault(row.position, _id(coop), _id(stream), reason))
            links[coop] = row.chain  # what follows is judged on its own link
        head = connection.execute(select(log_head.c.position)).scalar_one()
    if head != expected - 1:
        faults.append(Fault(expected, None, None, f"the log's last position should be {head}"))
    return Verified(read, tuple(faults))


def _all(connection: Connection) -> Iterator[Any]:
    columns = [_as_stored(column, connection.dialect.name) for column in events.c]
    position = 0
    while rows := connection.execute(
        select(*columns).where(events.c.position > position).order_by(events.c.position).limit(BATCH)
    ).all():
        yield from rows
        position = rows[-1].position


def _as_stored(column: Column[Any], dialect: str) -> Any:
    # SQLite keeps ids and names as text of any bytes; PostgreSQL's own types cannot hold a malformed one.
    as_bytes = dialect == "sqlite" and column.name in ("coop_id", "stream_id", "name")
    return cast(column, LargeBinary).label(column.name) if as_bytes else column


def _raw(value: UUID | str | bytes) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.hex.encode() if isinstance(value, UUID) else value.encode()


def _id(raw: bytes) -> UUID | None:
    try:
        return UUID(raw.decode())
    except ValueError:
        return None

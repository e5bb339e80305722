"""Checking that nobody touched the past: every co-op's chain is followed link by link, and no position is missing.

What is stored is read as raw as the database gives it, so that a changed byte is found even where it no longer makes an
id or a name. Held against heads that left the house, a past that was written anew from one end to the other is found
too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Connection, Engine, LargeBinary, cast, inspect, select

from kernel.database import reading
from kernel.log.heads import Head
from kernel.log.recorder import CHAIN_START, digest_of, events, link, link_of_0_1_0, log_head

BATCH = 2_000

CUT = "the head stands after the log's end: its end was cut off, or an older copy was put back"
REWRITTEN = "the chain passes elsewhere than the head says: what stands here or before was written anew"


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


def verify(engine: Engine, heads: Collection[Head] = ()) -> Verified:
    """Read the whole log and recompute every chain; `NoLogError` when there is none.

    A changed byte is found at its own position. Each of the `heads` must stand where the chain passes.
    """
    if not inspect(engine).has_table(events.name):
        raise NoLogError(NoLogError.__doc__)
    chains, held, faults = _Chains(), _by_position(heads), list[Fault]()
    expected, read = 1, 0
    with reading(engine) as connection:
        for row in _all(connection):
            if row.position != expected:
                faults.append(Fault(expected, None, None, f"{row.position - expected} events missing"))
            expected, read = row.position + 1, read + 1
            coop, stream, name = _raw(row.coop_id), _raw(row.stream_id), _raw(row.name)
            if not chains.goes_on(row, coop, stream, name):
                reason = f"{name.decode(errors='replace')} is not as recorded"
                faults.append(Fault(row.position, _id(coop), _id(stream), reason))
            for head in held.pop(row.position, ()):
                if (head.coop_id.hex.encode(), head.hash) != (coop, row.chain):
                    faults.append(Fault(head.position, head.coop_id, None, REWRITTEN))
        ends = connection.execute(select(log_head.c.position)).scalars().all()
    faults += _faults_of_end(ends, expected - 1)
    for head in (head for beside in held.values() for head in beside):
        reason = CUT if head.position >= expected else REWRITTEN
        faults.append(Fault(head.position, head.coop_id, None, reason))
    return Verified(read, tuple(faults))


class _Chains:
    """Each co-op's chain as far as it was followed; each event is judged on the link before it as it is stored."""

    def __init__(self) -> None:
        self._links: dict[bytes, bytes] = {}
        self._by_digests: set[bytes] = set()  # the co-ops whose chain has come to be followed by digests

    def goes_on(self, row: Any, coop: bytes, stream: bytes, name: bytes) -> bool:
        """Tell whether an event's link follows from the one before it and from all that is stored of the event."""
        before, stored = self._links.get(coop, CHAIN_START), (row.position, coop, stream, row.version, name, row.state)
        self._links[coop] = row.chain
        try:
            if link(before, digest_of(*stored)) == row.chain:
                self._by_digests.add(coop)
                return True
            return coop not in self._by_digests and link_of_0_1_0(before, *stored) == row.chain
        except TypeError:  # a text for bytes or a number, or the other way round: SQLite keeps anything in any column
            return False


def _by_position(heads: Collection[Head]) -> dict[int, list[Head]]:
    held: dict[int, list[Head]] = defaultdict(list)
    for head in heads:
        held[head.position].append(head)
    return held


def _faults_of_end(ends: Collection[int], last: int) -> list[Fault]:
    if len(ends) != 1:
        reason = f"log_head holds {len(ends)} rows in place of one: what the log's last position should be is not known"
        return [Fault(last + 1, None, None, reason)]
    return [Fault(last + 1, None, None, f"the log's last position should be {end}") for end in ends if end != last]


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

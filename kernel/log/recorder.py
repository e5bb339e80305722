"""The log: every event of an installation in one table, in one order without gaps, each co-op's part hash-chained.

The recorder serves the `eventsourcing` library on SQLite and PostgreSQL alike. Taking positions from the single row
of `log_head` locks that row until the transaction ends, so positions appear in the order of their commits and a reader
that has seen position n has seen everything before it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Never
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    NotSupportedError,
    StoredEvent,
)
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    bindparam,
    event,
    exc,
    func,
    insert,
    select,
    text,
    update,
)

from kernel.database import writing
from kernel.tables import precious

events = Table(
    "events",
    precious,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("coop_id", Uuid, nullable=False),
    Column("stream_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(100), nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
    UniqueConstraint("stream_id", "version"),
    Index("events_by_coop", "coop_id", "position"),
    Index("events_by_name", "coop_id", "name", "position"),
)


@event.listens_for(events, "after_create")
def _keep_as_written(_table: object, connection: Connection, **_: Any) -> None:
    """Have PostgreSQL not shrink an event: for one that names thousands it takes long, and nobody else can append."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE events ALTER COLUMN state SET STORAGE EXTERNAL"))


log_head = Table("log_head", precious, Column("position", BigInteger, nullable=False))


@event.listens_for(log_head, "after_create")
def _start_at_zero(_table: object, connection: Connection, **_: Any) -> None:
    connection.execute(insert(log_head).values(position=0))


def hold_log(connection: Connection) -> None:
    """Let nobody else append until this transaction ends, whatever the log may come to hold."""
    connection.execute(update(log_head).values(position=log_head.c.position))


NO_COOP = UUID(int=0)
CHAIN_START = bytes(32)


class Log(ApplicationRecorder):
    """The event store library's recorder over our own two tables."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        connection: Connection | None = None,
        coop_id: UUID = NO_COOP,
        links: dict[UUID, bytes] | None = None,
        **_: Any,
    ) -> Sequence[int]:
        """Append events of one co-op, in `connection`'s transaction or in one of its own; return their positions.

        `links` keeps the last link of each co-op's chain from one append of a transaction to the next.

        Raises the library's `IntegrityError` when a version of a stream is already there.
        """
        if not stored_events:
            return []
        with self._joining(connection, writes=True) as joined:
            last = _take_positions(joined, len(stored_events))
            first = last - len(stored_events) + 1
            links = {} if links is None else links
            chain = links.get(coop_id) or _last_link(joined, coop_id)
            rows = []
            for position, stored in enumerate(stored_events, start=first):
                row = _row(position, coop_id, stored, chain)
                chain = row["chain"]
                rows.append(row)
            try:
                joined.execute(_APPEND, rows)
            except exc.IntegrityError as error:
                raise IntegrityError(str(error)) from error
            links[coop_id] = chain
        return list(range(first, last + 1))

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
        connection: Connection | None = None,
    ) -> Sequence[StoredEvent]:
        """Return a stream's stored events by version, ascending unless `desc`."""
        version, query = events.c.version, _STREAM
        if gt is not None:
            query = query.where(version > gt)
        if lte is not None:
            query = query.where(version <= lte)
        if desc:
            query = query.order_by(None).order_by(version.desc())
        if limit is not None:
            query = query.limit(limit)
        with self._joining(connection) as joined:
            return [notification(row) for row in joined.execute(query, {"stream": originator_id})]

    def select_but(
        self, stream_id: UUID, names: Sequence[str], connection: Connection
    ) -> tuple[Sequence[StoredEvent], int]:
        """Return a stream's stored events but those of some names, and its version, which counts these too."""
        rows = connection.execute(_STREAM.where(events.c.name.not_in(names)), {"stream": stream_id})
        version = connection.execute(_VERSION, {"stream": stream_id}).scalar()
        return [notification(row) for row in rows], version or 0

    def select_streams(self, streams: Sequence[UUID], connection: Connection) -> Sequence[StoredEvent]:
        """Return the stored events of several streams, each stream's by version."""
        asked = {f"stream_{number}": stream for number, stream in enumerate(streams)}
        return [notification(row) for row in connection.execute(_of_streams(len(streams)), asked)]

    def select_after(self, position: int, limit: int, connection: Connection) -> Sequence[Notification]:
        """Return up to `limit` events of the whole log after a position, in order."""
        return [notification(row) for row in connection.execute(_AFTER, {"after": position, "most": limit})]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
        connection: Connection | None = None,
    ) -> Sequence[Notification]:
        """Return up to `limit` events of the whole log in order of position, from `start` to `stop` included."""
        position = events.c.position
        query = _stored.order_by(position).limit(limit)
        if start is not None:
            query = query.where(position >= start if inclusive_of_start else position > start)
        if stop is not None:
            query = query.where(position <= stop)
        if topics:
            query = query.where(events.c.name.in_(topics))
        with self._joining(connection) as joined:
            return [notification(row) for row in joined.execute(query)]

    def max_notification_id(self) -> int | None:
        """Return the last position, or `None` for an empty log."""
        with self._engine.connect() as connection:
            return connection.execute(select(log_head.c.position)).scalar_one() or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Never:  # noqa: ARG002 - the library's signature
        """Refuse: a follower of this log keeps its position in the database (`kernel.log.follower`)."""
        raise NotSupportedError

    @contextmanager
    def _joining(self, connection: Connection | None, *, writes: bool = False) -> Iterator[Connection]:
        if connection is not None:
            yield connection
        elif writes:
            with writing(self._engine) as own:
                yield own
        else:
            with self._engine.connect() as own:
                yield own


# Statements are made once: building one costs more than running it.
_stored: Select[Any] = select(events.c.position, events.c.stream_id, events.c.version, events.c.name, events.c.state)
_STREAM = _stored.where(events.c.stream_id == bindparam("stream")).order_by(events.c.version)
_VERSION = select(func.max(events.c.version)).where(events.c.stream_id == bindparam("stream"))
_AFTER = _stored.where(events.c.position > bindparam("after")).order_by(events.c.position).limit(bindparam("most"))
_APPEND = insert(events)
_TAKE = update(log_head).values(position=log_head.c.position + bindparam("count")).returning(log_head.c.position)
_LAST_LINK = (
    select(events.c.chain).where(events.c.coop_id == bindparam("coop")).order_by(events.c.position.desc()).limit(1)
)


@cache
def _of_streams(count: int) -> Select[Any]:
    streams = [bindparam(f"stream_{number}", type_=Uuid) for number in range(count)]
    return _stored.where(events.c.stream_id.in_(streams)).order_by(events.c.version)


def digest_of(position: int, coop: bytes, stream: bytes, version: int, name: bytes, state: bytes) -> bytes:
    """Return the digest of everything stored of an event: SHA-256 of its place and its content.

    `coop` and `stream` are ids in lower-case hexadecimal, `name` is UTF-8.
    """
    return hashlib.sha256(_place(position, coop, stream, version, name) + state).digest()


def link(previous: bytes, digest: bytes) -> bytes:
    """Return an event's link: SHA-256 over the co-op's link before it and its digest.

    So whoever knows the digests alone can follow the chain, and sees nothing of what the events say.
    """
    return hashlib.sha256(previous + digest).digest()


def link_of_0_1_0(
    previous: bytes, position: int, coop: bytes, stream: bytes, version: int, name: bytes, state: bytes
) -> bytes:
    """Return the link that 0.1.0 gave an event: over the content itself, which only who has it can follow."""
    return hashlib.sha256(previous + _place(position, coop, stream, version, name) + state).digest()


def _place(position: int, coop: bytes, stream: bytes, version: int, name: bytes) -> bytes:
    return b"%d/%b/%b/%d/%b/" % (position, coop, stream, version, name)


def _take_positions(connection: Connection, count: int) -> int:
    return int(connection.execute(_TAKE, {"count": count}).scalar_one())


def _last_link(connection: Connection, coop_id: UUID) -> bytes:
    return connection.execute(_LAST_LINK, {"coop": coop_id}).scalar() or CHAIN_START


def _row(position: int, coop_id: UUID, stored: StoredEvent, previous: bytes) -> dict[str, Any]:
    stream = UUID(str(stored.originator_id))
    version, name, state = stored.originator_version, stored.topic, stored.state
    digest = digest_of(position, coop_id.hex.encode(), stream.hex.encode(), version, name.encode(), state)
    return {
        "position": position,
        "coop_id": coop_id,
        "stream_id": stream,
        "version": version,
        "name": name,
        "state": state,
        "chain": link(previous, digest),
    }


def notification(row: Any) -> Notification:
    """Return a row of the log as the event store's library has it."""
    return Notification(
        id=row.position,
        originator_id=row.stream_id,
        originator_version=row.version,
        topic=row.name,
        state=row.state,
    )

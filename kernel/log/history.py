"""The one way to change anything: load, decide, append, project, in one transaction.

A conflict (someone appended first, or a constraint of a read model refused) rolls everything back and decides again on
what is now true, so that the decision itself can say kindly what is in the way.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from eventsourcing.persistence import RecordConflictError, StoredEvent
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    String,
    Table,
    Uuid,
    bindparam,
    exc,
    func,
    insert,
    select,
    update,
)

from kernel.aggregate import Aggregate
from kernel.command import Asked, Command, Done, fingerprint
from kernel.database import writing
from kernel.event import Event, Recorded
from kernel.log.mapper import EventMapper
from kernel.log.projection import Projections, carry_out, writes_of
from kernel.log.recorder import Log, log_head
from kernel.privacy import Keyring, Sealed
from kernel.refused import CommandReused, Overtaken, Refused, Unknown
from kernel.tables import Instant, precious

commands = Table(
    "commands",
    precious,
    Column("command_id", Uuid, primary_key=True),
    Column("coop_id", Uuid, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("stream_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

_KNOWN = select(commands).where(commands.c.command_id == bindparam("id"))
_REMEMBER = insert(commands)

_mapper = EventMapper()

ATTEMPTS = 5

A = TypeVar("A", bound=Aggregate)
R = TypeVar("R")
Decide = Callable[[A, "Transaction"], Sequence[Event]]
Conflict = (RecordConflictError, exc.IntegrityError)
GAVE_WAY = ("40P01", "40001")  # PostgreSQL ended one of two transactions that waited for each other


class Transaction:
    """What a decision may look at: everything as it is at the moment of deciding."""

    def __init__(self, connection: Connection, log: Log, keyring: Keyring, coop_id: UUID) -> None:
        self.connection = connection
        self.coop_id = coop_id
        self._log = log
        self._keyring = keyring
        self._brought: dict[UUID, list[StoredEvent]] = {}

    def bring(self, *streams: UUID) -> None:
        """Read several streams in one question, for the `read`s that follow."""
        self._brought = {stream: [] for stream in streams}
        for stored in self._log.select_streams(streams, self.connection):
            self._brought[UUID(str(stored.originator_id))].append(stored)

    def read(self, kind: type[A], stream_id: UUID) -> A:
        """Return another aggregate of the same co-op; the value before anything happened when there is none."""
        return self.load(kind, stream_id)[0]

    def load(self, kind: type[A], stream_id: UUID) -> tuple[A, int]:
        """Return the aggregate and its version.

        Refuses with `Unknown` a stream that belongs to another co-op, or to another kind of aggregate: one's own first
        event always changes the value, as a decision that changes nothing returns none.
        """
        found = self._brought.get(stream_id)
        if found is None:
            found = list(self._log.select_events(stream_id, connection=self.connection))
        recorded: list[Any] = [_mapper.to_domain_event(stored) for stored in found]
        if recorded and recorded[0].coop_id != self.coop_id:
            raise Unknown
        value = kind()
        if recorded and value.after([recorded[0].event]) == value:
            raise Unknown
        return value.after(past.event for past in recorded), len(recorded)

    def hold(self, *keys: UUID) -> None:
        """Let no other decision that holds one of `keys` be taken until this one is recorded.

        For what neither a stream's version nor a constraint keeps true: how many bookings a member has, the gap
        between two. To be called before reading. SQLite lets only one decision be taken at a time anyway.
        """
        _hold(self.connection, keys)

    def hold_all(self) -> None:
        """Let nobody else append until this transaction ends: what is read from here on stays true until then.

        Every append takes the log's head first, so holding it is the one lock that also covers rows not there yet.
        """
        self.connection.execute(update(log_head).values(position=log_head.c.position))

    def seal(self, subject: UUID, text: str) -> Sealed:
        """Return `text` so that only the key of `subject` opens it."""
        return self._keyring.seal(self.connection, self.coop_id, subject, text)

    def forget(self, subject: UUID) -> None:
        """Drop the subject's key for good."""
        self._keyring.forget(self.connection, self.coop_id, subject)


class History:
    """Every co-op's past, and the only door to its next event."""

    def __init__(
        self,
        engine: Engine,
        projections: Projections,
        keyring: Keyring,
        *,
        connection: Connection | None = None,
    ) -> None:
        self.engine = engine
        self.keyring = keyring
        self.changed = threading.Event()
        self._projections = projections
        self._connection = connection
        self.log = Log(engine)

    def start(
        self,
        kind: type[A],
        stream_id: UUID,
        command: Command,
        asked: Asked,
        decide: Decide[A],
        *,
        beside: Sequence[UUID] = (),
        new: bool = True,
    ) -> Done:
        """Carry out a command on a stream that may be `new`. The same command sent again gives the first answer.

        `beside` names other streams that `decide` will read, brought in the same question. Raises what `decide`
        refuses, `CommandReused` for a known id with other content, and `Overtaken` when others keep getting in first.
        """
        if self._connection is None:
            return self.together(
                lambda joined: joined.start(kind, stream_id, command, asked, decide, beside=beside, new=new)
            )
        digest = fingerprint(command, asked)
        if done := self._already_done(asked, digest):
            return done
        transaction = Transaction(self._connection, self.log, self.keyring, command.coop_id)
        if beside:
            transaction.bring(stream_id, *beside)
        value, version = _loaded(transaction, kind, stream_id, asked)
        if not version and not new:
            raise Unknown
        try:
            events = decide(value, transaction)
        except Refused:
            if done := self._already_done(asked, digest):
                return done  # sent twice at the same instant: what is in the way is this same command
            raise
        position = self._append(stream_id, version, command.coop_id, asked, events)
        done = Done(stream_id=stream_id, position=position)
        self._remember(command, asked, digest, done)
        return done

    def change(self, kind: type[A], stream_id: UUID, command: Command, asked: Asked, decide: Decide[A]) -> Done:
        """Carry out a command on a stream that exists: like `start`, and `Unknown` when nothing is there."""
        return self.start(kind, stream_id, command, asked, decide, new=False)

    def together(self, work: Callable[["History"], R]) -> R:
        """Do `work` with a history bound to one transaction; on a conflict, roll back and do it all again.

        Inside a transaction already, `work` joins it and a conflict is the outer one's to handle.
        """
        if self._connection is not None:
            return work(self)
        for _ in range(ATTEMPTS):
            try:
                with writing(self.engine) as connection:
                    result = work(self.bound_to(connection))
            except Conflict:
                continue
            except exc.OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in GAVE_WAY:
                    raise
                continue
            self.changed.set()
            return result
        raise Overtaken

    def once(self, command: Command, asked: Asked, work: Callable[["History"], Done]) -> Done:
        """Carry out an act made of several commands, all or nothing. Sent again, it gives the first answer.

        Raises `CommandReused` for a known id with other content. What is kept of the content is a digest under the
        installation's secret: some of it (an address) must not be guessed from it.
        """
        whole, digest = asked.part("whole"), self.keyring.digest(fingerprint(command, asked))

        def joined_once(joined: History) -> Done:
            done = joined._already_done(whole, digest)
            if done is None:
                done = work(joined)
                joined._remember(command, whole, digest, done)
            return done

        return self.together(joined_once)

    def hold(self, *keys: UUID) -> None:
        """Like a decision's `hold`, for what is asked before one: to be called inside a transaction."""
        _hold(self.connection, keys)

    @property
    def connection(self) -> Connection:
        """The transaction this history is bound to; an error outside `together`."""
        if self._connection is None:
            raise RuntimeError("only a history bound to a transaction has a connection")
        return self._connection

    def bound_to(self, connection: Connection) -> "History":
        """Return this history bound to a transaction that someone else opened and will end."""
        return History(self.engine, self._projections, self.keyring, connection=connection)

    def _remember(self, command: Command, asked: Asked, digest: str, done: Done) -> None:
        row = {
            "command_id": asked.command_id,
            "coop_id": command.coop_id,
            "fingerprint": digest,
            "stream_id": done.stream_id,
            "position": done.position,
            "recorded_at": asked.at,
        }
        self.connection.execute(_REMEMBER, row)

    def _already_done(self, asked: Asked, digest: str) -> Done | None:
        known = self.connection.execute(_KNOWN, {"id": asked.command_id}).one_or_none()
        if known is None:
            return None
        if known.fingerprint != digest:
            raise CommandReused
        return Done(stream_id=known.stream_id, position=known.position)

    def _append(self, stream_id: UUID, version: int, coop_id: UUID, asked: Asked, events: Sequence[Event]) -> int:
        if not events:
            return 0
        recorded = [
            Recorded(
                position=0,
                stream_id=stream_id,
                version=version + offset,
                coop_id=coop_id,
                by=asked.by,
                command_id=asked.command_id,
                effective_at=asked.effective_at or asked.at,
                recorded_at=asked.at,
                event=event,
            )
            for offset, event in enumerate(events, start=1)
        ]
        stored = [_mapper.to_stored_event(unplaced) for unplaced in recorded]
        positions = self.log.insert_events(stored, connection=self.connection, coop_id=coop_id)
        for position, unplaced in zip(positions, recorded, strict=True):
            placed = msgspec.structs.replace(unplaced, position=position)
            carry_out(self.connection, writes_of(placed, self._projections))
        return positions[-1]


def _hold(connection: Connection, keys: Iterable[UUID]) -> None:
    if connection.dialect.name == "postgresql":
        numbers = sorted({key.int % 2**63 for key in keys})  # in one order, so that no two wait for each other
        connection.execute(select(*(func.pg_advisory_xact_lock(number) for number in numbers)))


def _loaded(transaction: Transaction, kind: type[A], stream_id: UUID, asked: Asked) -> tuple[A, int]:
    """Return the aggregate and its version; an id made for something else before was sent with other content."""
    try:
        return transaction.load(kind, stream_id)
    except Unknown as refusal:
        if stream_id == asked.command_id:
            raise CommandReused from refusal
        raise

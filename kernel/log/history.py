"""The one way to change anything: load, decide, append, project, in one transaction.

A conflict (someone appended first, or a constraint of a read model refused) rolls everything back and decides again on
what is now true, so that the decision itself can say kindly what is in the way.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

import msgspec
from eventsourcing.persistence import RecordConflictError
from sqlalchemy import Connection, Engine, exc

from kernel.aggregate import Aggregate
from kernel.command import Asked, Command, Done, fingerprint
from kernel.database import reading, writing
from kernel.event import Event, Recorded
from kernel.log.mapper import EventMapper
from kernel.log.recorder import Log, hold_log
from kernel.log.remembered import Remembered, remember
from kernel.log.transaction import Transaction, hold
from kernel.privacy import Keyring
from kernel.read_models.folding import Folded
from kernel.read_models.projection import Projections, writes_of
from kernel.refused import CommandReused, Overtaken, Refused, Unknown

_mapper = EventMapper()

ATTEMPTS = 5

A = TypeVar("A", bound=Aggregate)
R = TypeVar("R")
Decide = Callable[[A, "Transaction"], Sequence[Event]]
Conflict = (RecordConflictError, exc.IntegrityError)
GAVE_WAY = ("40P01", "40001")  # PostgreSQL ended one of two transactions that waited for each other


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
        self._remembered, self._links = Remembered(), dict[UUID, bytes]()  # nobody else appends before it ends
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
        without: Sequence[type[Event]] = (),
        new: bool = True,
    ) -> Done:
        """Carry out a command on a stream that may be `new`. The same command sent again gives the first answer.

        `beside` names other streams that `decide` will read, brought in the same question; `without` are events of this
        one that it does without. Raises what `decide`
        refuses, `CommandReused` for a known id with other content, and `Overtaken` when others keep getting in first.
        """

        def work(joined: History) -> Done:
            return joined._carry_out(kind, stream_id, command, asked, decide, beside, without, new)

        return self.together(work)

    def _carry_out(
        self,
        kind: type[A],
        stream_id: UUID,
        command: Command,
        asked: Asked,
        decide: Decide[A],
        beside: Sequence[UUID],
        without: Sequence[type[Event]],
        new: bool,  # noqa: FBT001 - as `start` was asked
    ) -> Done:
        digest = self._digest_of(command, asked)
        if done := self._remembered.already_done(self.connection, asked, digest):
            return done
        transaction = Transaction(self.connection, self.log, self.keyring, command.coop_id)
        if beside:
            transaction.bring(stream_id, *beside)
        value, version = _loaded(transaction, kind, stream_id, asked, without)
        if not version and not new:
            raise Unknown
        try:
            events = decide(value, transaction)
        except Refused:
            if done := self._remembered.already_done(self.connection, asked, digest, again=True):
                return done  # sent twice at the same instant: what is in the way is this same command
            raise
        position = self._append(stream_id, version, command.coop_id, asked, events)
        done = Done(stream_id=stream_id, position=position)
        remember(self.connection, command, asked, digest, done)
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

        Raises `CommandReused` for a known id with other content.
        """
        whole, digest = asked.part("whole"), self._digest_of(command, asked)

        def joined_once(joined: History) -> Done:
            joined._remembered.look_up(joined.connection, whole, asked)
            done = joined._remembered.already_done(joined.connection, whole, digest)
            if done is None:
                done = work(joined)
                remember(joined.connection, command, whole, digest, done)
            return done

        return self.together(joined_once)

    def _digest_of(self, command: Command, asked: Asked) -> str:
        """Return what is kept of a command's content: an address, a reason must not be guessed from it."""
        return self.keyring.digest(fingerprint(command, asked))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Do something that may fail alone: an error rolls back what was done since, and the transaction goes on."""
        try:
            with self.connection.begin_nested():
                yield
        finally:
            # Should it have been undone, what was found meanwhile is not so.
            self._remembered, self._links = Remembered(), {}

    def hold(self, *keys: UUID) -> None:
        """Like a decision's `hold`, for what is asked before one: to be called inside a transaction."""
        hold(self.connection, keys)

    def hold_all(self) -> None:
        """Like a decision's `hold_all`, for what is asked before one: to be called inside a transaction."""
        hold_log(self.connection)

    @property
    def connection(self) -> Connection:
        """The transaction this history is bound to; an error outside `together`."""
        if self._connection is None:
            raise RuntimeError("only a history bound to a transaction has a connection")
        return self._connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to ask questions of: this transaction's, or one moment of the database."""
        if self._connection is not None:
            yield self._connection
        else:
            with reading(self.engine) as connection:
                yield connection

    def bound_to(self, connection: Connection) -> "History":
        """Return this history bound to a transaction that someone else opened and will end."""
        return History(self.engine, self._projections, self.keyring, connection=connection)

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
                effective_at=asked.happened_at,
                recorded_at=asked.at,
                event=event,
            )
            for offset, event in enumerate(events, start=1)
        ]
        stored = [_mapper.to_stored_event(unplaced) for unplaced in recorded]
        positions = self.log.insert_events(stored, connection=self.connection, coop_id=coop_id, links=self._links)
        folded = Folded(self.connection)
        for position, unplaced in zip(positions, recorded, strict=True):
            folded.extend(writes_of(msgspec.structs.replace(unplaced, position=position), self._projections))
        folded.flush()
        return positions[-1]


def _loaded(
    transaction: Transaction, kind: type[A], stream_id: UUID, asked: Asked, without: Sequence[type[Event]]
) -> tuple[A, int]:
    """Return the aggregate and its version; an id made for something else before was sent with other content."""
    try:
        return transaction.load(kind, stream_id, without)
    except Unknown as refusal:
        if stream_id == asked.command_id:
            raise CommandReused from refusal
        raise

"""What a decision looks at, at the moment of deciding, and what it holds still until it is recorded."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Connection, func, select

from kernel.aggregate import Aggregate, LastAct, last_act
from kernel.event import Event
from kernel.log.mapper import EventMapper
from kernel.log.recorder import Log, hold_log
from kernel.privacy import Keyring, Sealed
from kernel.refused import Unknown

_mapper = EventMapper()

A = TypeVar("A", bound=Aggregate)


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

    def load(self, kind: type[A], stream_id: UUID, without: Sequence[type[Event]] = ()) -> tuple[A, int]:
        """Return the aggregate and its version; `without` are events that are not read, however many there are.

        Refuses with `Unknown` a stream that belongs to another co-op, or to another kind of aggregate: one's own first
        event always changes the value, as a decision that changes nothing returns none.
        """
        found, version = self._stored(stream_id, without)
        recorded: list[Any] = [_mapper.to_domain_event(stored) for stored in found]
        if recorded and recorded[0].coop_id != self.coop_id:
            raise Unknown
        value = kind()
        if recorded and value.after([recorded[0].event]) == value:
            raise Unknown
        return value.after(past.event for past in recorded), version

    def last_act(self, kind: type[A], stream_id: UUID, about: Callable[[Event], bool] = lambda _: True) -> LastAct[A]:
        """Return the last act on a stream that was loaded, or on that part of it that `about` tells; else `Unknown`."""
        recorded: list[Any] = [_mapper.to_domain_event(stored) for stored in self._stored(stream_id, ())[0]]
        last = last_act(kind, recorded, about)
        if last is None:
            raise Unknown
        return last

    def _stored(self, stream_id: UUID, without: Sequence[type[Event]]) -> tuple[Sequence[StoredEvent], int]:
        if without:
            return self._log.select_but(stream_id, [kind.name() for kind in without], self.connection)
        brought = self._brought.get(stream_id)
        found = self._log.select_events(stream_id, connection=self.connection) if brought is None else brought
        return found, len(found)

    def hold(self, *keys: UUID) -> None:
        """Let no other decision that holds one of `keys` be taken until this one is recorded.

        For what neither a stream's version nor a constraint keeps true: how many bookings a member has, the gap
        between two. To be called before reading. SQLite lets only one decision be taken at a time anyway.
        """
        hold(self.connection, keys)

    def hold_all(self) -> None:
        """Let nobody else append until this transaction ends: what is read from here on stays true until then.

        Every append takes the log's head first, so holding it is the one lock that also covers rows not there yet.
        """
        hold_log(self.connection)

    def seal(self, subject: UUID, text: str) -> Sealed:
        """Return `text` so that only the key of `subject` opens it."""
        return self._keyring.seal(self.connection, self.coop_id, subject, text)

    def forget(self, subject: UUID) -> None:
        """Drop the subject's key for good."""
        self._keyring.forget(self.connection, self.coop_id, subject)


def hold(connection: Connection, keys: Iterable[UUID]) -> None:
    """Let no other transaction that holds one of `keys` go on until this one ends; on SQLite none does anyway."""
    if connection.dialect.name == "postgresql":
        numbers = sorted({key.int % 2**63 for key in keys})  # in one order, so that no two wait for each other
        connection.execute(select(*(func.pg_advisory_xact_lock(number) for number in numbers)))

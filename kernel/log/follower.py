"""Following the log: what happens because something happened, exactly once, however many processes run.

The position of a follower is a row. The server that holds its lock reads the next events, issues the commands that
follow from them, and moves the position, all in one transaction. A process that fails on an event is parked, tried
again later, and shown; it never stops the others, nor the person who caused the event.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from eventsourcing.persistence import Notification
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    exc,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from kernel.database import writing
from kernel.event import Event, Recorded, event_classes
from kernel.log.history import History
from kernel.log.mapper import EventMapper
from kernel.log.recorder import Log, log_head
from kernel.tables import Instant, has_come, precious

followers = Table(
    "followers",
    precious,
    Column("name", String(40), primary_key=True),
    Column("position", BigInteger, nullable=False),
)

parked = Table(
    "parked",
    precious,
    Column("follower", String(40), primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("process", String(80), primary_key=True),
    Column("coop_id", Uuid, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("reason", String(400), nullable=False),
)

# Statements are made once: building one costs more than running it.
_MINE = followers.c.name == bindparam("follower")
_POSITION = select(followers.c.position).where(_MINE)
_TAKE = _POSITION.with_for_update(skip_locked=True)
_MOVE = update(followers).where(_MINE).values(position=bindparam("reached"))
_COME = has_come(parked.c.next_at, bindparam("now"), bindparam("latest"))
_DUE = select(parked).where(parked.c.follower == bindparam("follower"), _COME).limit(20)
_BEHIND = select(
    or_(select(log_head.c.position).scalar_subquery() > _POSITION.scalar_subquery(), exists(_DUE.correlate(None)))
)
_STANDING = select(followers.c.position, select(log_head.c.position).scalar_subquery().label("head")).where(_MINE)
_UNPARK = delete(parked).where(
    *(parked.c[name] == bindparam(f"parked_{name}") for name in ("follower", "position", "process"))
)

BATCH = 500
BUSY_SECONDS = 0.025  # a batch ends after this long, because its transaction holds the log
RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=10), timedelta(minutes=2), timedelta(minutes=30))

Process = Callable[[Recorded[Any], History], None]
Attempt = Callable[[Process, Recorded[Event], History], str | None]
log = structlog.get_logger()


class Follower:
    """Runs `processes` (by event class) over the log under a `name` whose position is kept in the database."""

    def __init__(
        self,
        name: str,
        history: History,
        processes: Mapping[type[Event], Sequence[Process]],
        clock: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._history = history
        self._processes = processes
        self._clock = clock
        self._log = Log(history.engine)
        self._mapper = EventMapper()
        self._topics = [stored for stored, cls in event_classes().items() if cls in processes]
        self._me = {"follower": name}
        # Several processes may start at once; only one makes the row.
        with suppress(exc.IntegrityError), writing(history.engine) as connection:
            if connection.execute(_POSITION, self._me).scalar() is None:
                connection.execute(insert(followers).values(name=name, position=0))

    def step(self) -> int:
        """Follow the next few events, once; return how many: 0 when none is new or another process is at it."""
        if not self._is_behind():
            return 0
        try:
            return self._step(_run)
        except Exception:  # noqa: BLE001 - all is rolled back; carefully, what fails is parked and the rest goes on
            return self._step(_attempt)

    def _step(self, attempt: Attempt) -> int:
        with writing(self._history.engine) as connection:
            found = connection.execute(_TAKE, self._me).scalar()
            if found is None:
                return 0
            position = int(found)
            joined = self._history.bound_to(connection)
            self._retry_parked(joined)
            new = self._log.select_after(position, BATCH, connection)
            reached = self._follow(joined, new, position, attempt)
            if reached > position:
                connection.execute(_MOVE, self._me | {"reached": reached})
        return reached - position

    def catch_up(self) -> None:
        """Follow everything there is, what this causes included."""
        while self.step():
            pass

    def has_followed(self, position: int, within_seconds: float = 0.5) -> bool:
        """Wait a moment until this follower is past `position`; tell whether it is."""
        until = time.monotonic() + within_seconds
        while True:
            with self._history.engine.connect() as connection:
                if connection.execute(_POSITION, self._me).scalar_one() >= position:
                    return True
            if time.monotonic() > until:
                return False
            time.sleep(0.004)

    def standing(self, connection: Connection) -> tuple[int, bool]:
        """Return the position it has reached, and whether that is the head of the log."""
        row = connection.execute(_STANDING, self._me).one()
        return row.position, row.position >= row.head

    def _me_now(self) -> dict[str, Any]:
        now = self._clock()
        return self._me | {"now": now, "latest": now + RETRY_AFTER[-1]}

    def _is_behind(self) -> bool:
        # Asked without a lock, so that a quiet follower never stands in the way of those who write.
        with self._history.engine.connect() as connection:
            return bool(connection.execute(_BEHIND, self._me_now()).scalar())

    def _follow(self, joined: History, new: Sequence[Notification], position: int, attempt: Attempt) -> int:
        until = time.monotonic() + BUSY_SECONDS
        for stored in new:
            position = stored.id
            if stored.topic not in self._topics:
                continue
            recorded = self._mapper.to_domain_event(stored)
            for process in self._processes[type(recorded.event)]:
                if reason := attempt(process, recorded, joined):
                    self._park(joined, recorded, process.__name__, 0, reason)
            if time.monotonic() > until:
                break
        return position

    def _park(self, joined: History, recorded: Recorded[Event], name: str, attempts: int, reason: str) -> None:
        log.warning("process parked", process=name, position=recorded.position, attempts=attempts, reason=reason)
        row = {
            "follower": self._name,
            "position": recorded.position,
            "process": name,
            "coop_id": recorded.coop_id,
            "attempts": attempts,
            "next_at": self._clock() + RETRY_AFTER[min(attempts, len(RETRY_AFTER) - 1)],
            "reason": reason[:400],
        }
        joined.connection.execute(_UNPARK, _key(row))
        joined.connection.execute(insert(parked), row)

    def _retry_parked(self, joined: History) -> None:
        due = joined.connection.execute(_DUE, self._me_now())
        for row in map(dict, due.mappings().all()):
            stored = self._log.select_after(row["position"] - 1, 1, joined.connection)[0]
            recorded = self._mapper.to_domain_event(stored)
            known = {process.__name__: process for process in self._processes.get(type(recorded.event), ())}
            if reason := _attempt(known.get(row["process"], _gone), recorded, joined):
                self._park(joined, recorded, row["process"], row["attempts"] + 1, reason)
            else:
                joined.connection.execute(_UNPARK, _key(row))


def all_have_followed(connection: Connection) -> bool:
    """Tell whether every follower has done all that follows from the log, and nothing waits to be tried again."""
    head = select(log_head.c.position).scalar_subquery()
    behind = exists(select(followers).where(followers.c.position < head))
    return not connection.execute(select(or_(behind, exists(select(parked))))).scalar()


def parked_count(connection: Connection, coop_id: UUID | None = None) -> int:
    """Return how many processes of a co-op, or of all, could not be done yet and wait to be tried again."""
    query = select(func.count()).select_from(parked)
    return connection.execute(query.where(parked.c.coop_id == coop_id) if coop_id else query).scalar_one()


def listed(*processes: tuple[type[Event], Process]) -> Mapping[type[Event], Sequence[Process]]:
    """Return processes by the event they follow, in the order given."""
    by_event: dict[type[Event], list[Process]] = {}
    for event, process in processes:
        by_event.setdefault(event, []).append(process)
    return by_event


def _gone(_recorded: Recorded[Event], _joined: History) -> None:
    raise LookupError("this version has no such process")


def _run(process: Process, recorded: Recorded[Event], joined: History) -> None:
    """Run one process optimistically: should it fail, everything is rolled back. This saves a savepoint."""
    process(recorded, joined)


def _attempt(process: Process, recorded: Recorded[Event], joined: History) -> str | None:
    """Run one process in a savepoint; return why it failed, or `None`."""
    try:
        with joined.savepoint():
            process(recorded, joined)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one process, the others go on
        return f"{type(error).__name__}: {error}"
    return None


def _key(row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"parked_{name}": row[name] for name in ("follower", "position", "process")}

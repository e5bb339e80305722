"""How this process does: looked at again and again, told from memory, so that nobody waits for what may be away."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Literal

import msgspec
from sqlalchemy import Engine

from kernel.database import cannot_write, is_away, reading, try_to_write
from kernel.log.follower import Follower, parked_count
from kernel.loop import Loop
from sending.unsent import unsent_count, waiting_since

LOOK_SECONDS = 2
WRITE_SECONDS = 60
AWAY_SECONDS = 10  # without an answer
LETTER_PATIENCE = timedelta(minutes=15)  # that a letter waits by no fault of its own

Part = Literal["database", "disk", "follower", "letters", "clock"]
PATIENCE: Mapping[Part, float] = {"follower": 60, "clock": 60, "letters": 300}  # seconds; a mail server may be slow


class Health(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the installation does. `failing` names what is away, full, dead or late: then its status is 503.

    `parked` is how many processes, `letters` how many letters could not be done or sent and wait for someone to mend
    the cause. While the read models are made anew, `replayed` is how many events have been; nothing else is answered.
    """

    status: Literal["ok", "failing", "rebuilding"]
    failing: tuple[Part, ...] = ()
    parked: int
    letters: int
    replayed: int | None = None


class Watch:
    """Watches over one process: its database, its disk, and the loops that work for each part."""

    def __init__(
        self, engine: Engine, follower: Follower, loops: Mapping[Part, Sequence[Loop]], clock: Callable[[], datetime]
    ) -> None:
        self.looking = Loop("watch", self._look, idle_seconds=LOOK_SECONDS, waits=(LOOK_SECONDS,))
        self.refused = Event()  # set when somebody could not write: it is tried at once
        self.writing = Loop("disk", self._write, idle_seconds=WRITE_SECONDS, wake=self.refused, waits=(LOOK_SECONDS,))
        self._engine = engine
        self._follower = follower
        self.loops = loops
        self._clock = clock
        self._parked = self._unsent = 0
        self._letters_since: datetime | None = None
        self._position: int | None = None  # until it first looks
        self._followed_at = monotonic()

    @property
    def database_is_away(self) -> bool:
        """Whether the database does not answer: it said so, or nothing for a while."""
        failure = self.looking.failure
        if failure is None:
            return self.looking.late_seconds() > AWAY_SECONDS
        return isinstance(failure, Exception) and is_away(failure)

    def health(self, rebuilding: int | None) -> Health:
        """Tell how the installation does; `rebuilding` is the position reached while the read models are made anew."""
        failing: tuple[Part, ...] = ("database",) if self.database_is_away else self._failing()
        return Health(
            status="rebuilding" if rebuilding is not None else "failing" if failing else "ok",
            failing=failing,
            parked=self._parked,
            letters=self._unsent,
            replayed=rebuilding,
        )

    def _failing(self) -> tuple[Part, ...]:
        late: dict[Part, bool] = {
            part: any(loop.late_seconds() > PATIENCE[part] for loop in loops) for part, loops in self.loops.items()
        }
        failure = self.writing.failure
        late["disk"] = isinstance(failure, Exception) and cannot_write(failure)
        late["follower"] |= self._position is not None and monotonic() - self._followed_at > PATIENCE["follower"]
        since = self._letters_since
        late["letters"] |= since is not None and self._clock() - since > LETTER_PATIENCE
        return tuple(sorted(part for part in late if late[part]))

    def _look(self) -> int:
        with reading(self._engine) as connection:
            self._parked, self._unsent = parked_count(connection), unsent_count(connection)
            self._letters_since = waiting_since(connection)
            position, is_head = self._follower.standing(connection)
        if is_head or position != self._position:
            self._position, self._followed_at = position, monotonic()
        return 0

    def _write(self) -> int:
        try_to_write(self._engine)
        return 0

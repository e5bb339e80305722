"""Simulated time: acts at their hour, what follows from them, and what falls due, all as if lived.

A day's acts share a transaction, then the processes follow, then the clock of the installation ticks. Whoever knows
that something falls due within the day (a request lapses, a vote closes) wakes the clock for it, so that it happens at
its hour too.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from booking.application import Bookings
from fleet.application import Fleet
from governance.application import Governance
from kernel.command import Asked
from kernel.database import writing
from kernel.log.follower import Follower, parked_count
from kernel.log.history import History
from kernel.log.turn import register_turn
from kernel.money import EURO
from kernel.refused import Refused
from ledger.application import Ledger
from processes.keep_time import MOST_AT_ONCE, is_due, tick
from sending.unsent import forget_letters
from territory.time_zones import PARIS

ZONE = ZoneInfo(PARIS)
LETTERS_KEPT = timedelta(days=1)  # older ones were read long ago: nobody wants a year of mail at the first start

Act = Callable[[], object]


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """Return the instant (UTC) a clock in France shows that hour of that day."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


class Clock:
    """Plays acts in the order of their instants over one history. `root` makes every command's id."""

    def __init__(self, history: History, follower: Follower, begin: datetime, root: UUID) -> None:
        self.now = begin
        self.refused: Counter[str] = Counter()
        self.history = history
        self._whole, self._follower, self._root = history, follower, root
        self._acts: list[tuple[datetime, int, Act]] = []
        self._wakes: list[datetime] = []
        self._made = 0
        register_turn(history.engine, "clock")

    @property
    def governance(self) -> Governance:
        """The door of members, votes and rules, in today's transaction."""
        return Governance(self.history)

    @property
    def fleet(self) -> Fleet:
        """The door of vehicles, in today's transaction."""
        return Fleet(self.history)

    @property
    def bookings(self) -> Bookings:
        """The door of bookings and trips, in today's transaction."""
        return Bookings(self.history)

    @property
    def ledger(self) -> Ledger:
        """The door of the books, in today's transaction."""
        return Ledger(self.history, ZONE, EURO)

    @property
    def today(self) -> date:
        """The day it is in France."""
        return self.now.astimezone(ZONE).date()

    def asked(self, by: UUID) -> Asked:
        """Return what a member asks now, under a new id: the same in each telling."""
        self._made += 1
        return Asked(command_id=uuid5(self._root, str(self._made)), by=by, at=self.now)

    def at(self, instant: datetime, act: Act) -> None:
        """Do `act` at `instant`; at once when that is past."""
        self._made += 1
        heapq.heappush(self._acts, (max(instant, self.now), self._made, act))

    def after(self, act: Act, **passed: float) -> None:
        """Do `act` when so much time (days, hours, minutes) has passed, at a whole minute."""
        self.at((self.now + timedelta(**passed)).replace(second=0, microsecond=0), act)

    def wake(self, instant: datetime) -> None:
        """Let the installation's clock tick at `instant`."""
        heapq.heappush(self._wakes, instant)

    def play(self, until: datetime, on_pause: Callable[[datetime], object] = lambda _: None) -> None:
        """Let time pass until `until`, calling `on_pause` at each pause.

        Raises `RuntimeError` when a process could not be done.
        """
        while self.now < until:
            self._live(until)
            self.now = self._pause(until)
            self._settle()
            on_pause(self.now)
        with self._whole.engine.connect() as connection:
            if parked_count(connection):
                raise RuntimeError("a process was parked")

    def _live(self, until: datetime) -> None:
        """Carry out what is asked before the next pause."""
        with writing(self._whole.engine) as connection:
            self.history = self._whole.bound_to(connection)
            begun = self.now
            while self._acts and self._acts[0][0] < self._pause(until, begun):
                self.now, _, act = heapq.heappop(self._acts)
                try:
                    with self.history.savepoint():
                        act()
                except Refused as refusal:
                    self.refused[refusal.code()] += 1
            self.now, self.history = begun, self._whole

    def _pause(self, until: datetime, begun: datetime | None = None) -> datetime:
        begun = begun or self.now
        while self._wakes and self._wakes[0] <= begun:
            heapq.heappop(self._wakes)
        tomorrow = local(begun.astimezone(ZONE).date() + timedelta(days=1))
        return min(until, tomorrow, *self._wakes[:1])

    def _settle(self) -> None:
        """Let the processes follow what was recorded, then do what is due."""
        self._follower.catch_up()
        if is_due(self._whole, self.now):
            while tick(self._whole, self.now) == MOST_AT_ONCE:
                pass
            self._follower.catch_up()
        long_ago = self.now - LETTERS_KEPT
        with writing(self._whole.engine) as connection:
            forget_letters(connection, long_ago)

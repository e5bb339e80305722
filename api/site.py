"""What every request shares: settings, the history and its followers, the clock, the mail, the threads."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy import Connection, Engine

from api.settings import Settings
from api.speech.letters import Postman
from api.watch import Watch
from kernel.command import Done
from kernel.database import open_database, optimize, reading, writing
from kernel.log.follower import Follower
from kernel.log.history import History
from kernel.log.rebuild import is_up_to_date
from kernel.log.turn import register_turn
from kernel.loop import Loop
from kernel.privacy import Keyring
from people.limits import forget_spent
from people.sealed_drivers import forget_drivers
from people.sign_in import forget_old
from processes import PROCESSES, PROJECTIONS
from processes.keep_time import forget_photos, is_due, tick
from sending.outbox import Lane, send_letter
from sending.unsent import LETTERS_KEPT, forget_letters
from upgrades.refilling import bring_up_to_date

log = structlog.get_logger()

THREADS = {"sqlite": 2, "postgresql": 4}  # measured: SQLite works in this process, which has one interpreter
LOG_POLL_SECONDS = 0.03  # for what other processes record; what this one does wakes its follower
LETTER_POLL_SECONDS = 0.2
TICK_SECONDS = 5
UPKEEP_SECONDS = 3_600


def wall_clock() -> datetime:
    """Return now, aware, in UTC."""
    return datetime.now(UTC)


class Site:
    """One running process of an installation. `clock` is the only source of time."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = wall_clock) -> None:
        self.settings = settings
        self.clock = clock
        self.engine: Engine = open_database(settings.database_url)
        register_turn(self.engine, "clock")
        self.keyring = Keyring(settings.secret)
        self.history = History(self.engine, PROJECTIONS, self.keyring)
        self.follower = Follower("processes", self.history, PROCESSES, clock)
        self.postman = Postman(settings, self.engine, clock)
        threads = THREADS[self.engine.dialect.name]
        self.readers = ThreadPoolExecutor(threads, thread_name_prefix="reader")
        self.writers = ThreadPoolExecutor(threads, thread_name_prefix="writer")  # who waits for the log keeps no reader
        self.photos = ThreadPoolExecutor(1, thread_name_prefix="photo")  # each takes 120 megabytes meanwhile
        self.rebuilding: int | None = None  # the position reached, while the read models are made anew
        self._rebuild = Loop("read models", self._bring_up_to_date, idle_seconds=LOG_POLL_SECONDS)
        self._loops = (
            Loop("processes", self.follower.step, idle_seconds=LOG_POLL_SECONDS, wake=self.history.changed),
            Loop("sign-in links", partial(self.send_letter, Lane.AWAITED), idle_seconds=LETTER_POLL_SECONDS),
            Loop("letters", partial(self.send_letter, Lane.OTHERS), idle_seconds=LETTER_POLL_SECONDS),
            Loop("clock", self.keep_time, idle_seconds=TICK_SECONDS),
            Loop("upkeep", self._keep_up, idle_seconds=UPKEEP_SECONDS),
        )
        follower, links, letters, clock_, _ = self._loops
        self.watch = Watch(
            self.engine, self.follower, {"follower": [follower], "letters": [links, letters], "clock": [clock_]}, clock
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with: one moment of the database, however many questions."""
        with reading(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection to write what is not an event (profiles, sign-in, photos)."""
        with writing(self.engine) as connection:
            yield connection

    def settled(self, done: Done) -> bool:
        """Wait a moment for what follows from a command; tell whether it has followed."""
        return not done.changed or self.follower.has_followed(done.position)

    def start(self) -> None:
        """Start following the log, sending letters and keeping time, in threads of this process.

        Read models that another version made are made anew first; until then nothing else can be asked.
        """
        self.watch.looking.start()
        if is_up_to_date(self.engine, PROJECTIONS):
            self._go_on()
        else:
            self.rebuilding = 0
            self._rebuild.start()

    def _bring_up_to_date(self) -> int:
        bring_up_to_date(self.settings.database_url, self._note_progress)
        self._rebuild.stop()
        self._go_on()
        self.rebuilding = None
        return 0

    def _note_progress(self, position: int) -> None:
        self.rebuilding = position
        log.info("rebuilding", position=position)

    def _go_on(self) -> None:
        for loop in (*self._loops, self.watch.writing):
            loop.start()

    def stop(self) -> None:
        """Stop what `start` started, and close the database."""
        for loop in (self._rebuild, *self._loops, self.watch.looking, self.watch.writing):
            loop.stop()
        self.readers.shutdown()
        self.writers.shutdown()
        self.photos.shutdown()
        self.engine.dispose()

    def keep_time(self) -> int:
        """Do some of what is due now, if it is this process's turn; return how many things were done."""
        now = self.clock()
        return tick(self.history, now) if is_due(self.history, now) else 0

    def send_letter(self, lane: Lane) -> bool:
        """Send the next letter of a lane; tell whether one waited."""
        return send_letter(self.engine, self.postman, self.clock, lane)

    def _keep_up(self) -> int:
        with self.writing() as connection:
            forget_old(connection, self.clock())
            forget_letters(connection, self.clock() - LETTERS_KEPT)
            forget_spent(connection, self.clock())
            forget_drivers(connection, self.clock())
        forget_photos(self.history, PROJECTIONS, self.clock())
        optimize(self.engine)
        return 0

"""Work that never ends in a running process: one step again and again, in a thread of its own, whatever happens."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

import structlog

REST_SECONDS = 0.01  # what happens meanwhile is done in one transaction, not in many
WAITS_SECONDS = (1, 2, 5, 15, 30)  # after a first failure, a second in a row, …

log = structlog.get_logger()


class Loop:
    """Does `step`, which returns how much it did, until `stop`.

    After a step that did nothing it waits for `idle_seconds`, or until `wake` is set. A step that raises, whatever it
    raises, is logged and done again a little later, each time a little longer (`waits`): a letter or a database that
    fails must not stop the work it does for everyone. `failure` is what the last step raised, if it did.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], int],
        *,
        idle_seconds: float,
        wake: threading.Event | None = None,
        waits: Sequence[float] = WAITS_SECONDS,
    ) -> None:
        self.failure: BaseException | None = None
        self._name = name
        self._step = step
        self._idle_seconds = idle_seconds
        self._wake = wake or threading.Event()
        self._waits = waits
        self._stopped = threading.Event()
        self._failures = 0
        self._well_at: float | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin, in a thread; to be done once."""
        self._well_at = monotonic()
        self._thread.start()

    def stop(self) -> None:
        """End after the step it is in, and wait for that a moment."""
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)  # but for a step that ends its own loop, once it has no more to do

    def late_seconds(self) -> float:
        """Return how long no step has ended well, beyond what it waits anyway; 0 before it was started."""
        return 0 if self._well_at is None else max(0, monotonic() - self._well_at - self._idle_seconds)

    def do_step(self) -> int:
        """Do one step; return how much it did, 0 when it raised."""
        try:
            done = self._step()
        except BaseException as error:
            self.failure = error
            with suppress(Exception):  # where one logs may be full, or closed
                log.exception("step failed", loop=self._name)
            return 0
        self.failure, self._failures, self._well_at = None, 0, monotonic()
        return done

    def _run(self) -> None:
        while not self._stopped.is_set():
            if not self.do_step():
                self._wait()
            self._stopped.wait(REST_SECONDS)

    def _wait(self) -> None:
        if self.failure is None:
            self._wake.wait(self._idle_seconds)
            self._wake.clear()
        else:
            self._stopped.wait(self._waits[min(self._failures, len(self._waits) - 1)])
            self._failures += 1

"""Work that never ends in a running process: one step again and again, in a thread of its own, whatever happens."""

import threading
from collections.abc import Callable

import structlog

REST_SECONDS = 0.01  # what happens meanwhile is done in one transaction, not in many
WAITS_SECONDS = (1, 2, 5, 15, 30)  # after a first failure, a second in a row, …

log = structlog.get_logger()


class Loop:
    """Does `step`, which returns how much it did, until `stop`.

    After a step that did nothing it waits for `idle_seconds`, or until `wake` is set. A step that raises is logged and
    done again a little later, each time a little longer: a letter or a database that fails must not stop the
    work it does for everyone.
    """

    def __init__(
        self, name: str, step: Callable[[], int], *, idle_seconds: float, wake: threading.Event | None = None
    ) -> None:
        self._name = name
        self._step = step
        self._idle_seconds = idle_seconds
        self._wake = wake or threading.Event()
        self._stopped = threading.Event()
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin, in a thread; to be done once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the step it is in, and wait for that a moment."""
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)  # but for a step that ends its own loop, once it has no more to do

    def _run(self) -> None:
        while not self._stopped.is_set():
            if not self._do_step():
                self._wake.wait(self._idle_seconds)
                self._wake.clear()
            self._stopped.wait(REST_SECONDS)

    def _do_step(self) -> int:
        try:
            done = self._step()
        except Exception:
            log.exception("step failed", loop=self._name)
            self._stopped.wait(WAITS_SECONDS[min(self._failures, len(WAITS_SECONDS) - 1)])
            self._failures += 1
            return 0
        self._failures = 0
        return done

"""A step again and again, in a thread that nothing ends but its owner."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kernel import loop
from kernel.loop import Loop

LONG = 3600.0
SOON = 5.0  # seconds to wait for a thread before the test fails

Start = Callable[..., Loop]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start loops that are stopped after the test."""
    running: list[Loop] = []

    def started(step: Callable[[], int], **how: Any) -> Loop:
        running.append(Loop("test", step, **{"idle_seconds": 0, "waits": (0,), **how}))
        running[-1].start()
        return running[-1]

    yield started
    for one_loop in running:
        one_loop.stop()


class Steps:
    """Answers one thing after the other, raising what is an error; `done` is set when all were given."""

    def __init__(self, *answers: int | BaseException) -> None:
        self.left = list(answers)
        self.done = threading.Event()

    def __call__(self) -> int:
        if not self.left:
            self.done.set()
            return 0
        answer = self.left.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def test_it_goes_on_at_once_while_there_is_something_to_do(start: Start) -> None:
    steps = Steps(3, 1, 1)
    start(steps, idle_seconds=LONG)
    assert steps.done.wait(SOON)


def test_with_nothing_to_do_it_looks_again_after_a_while(start: Start) -> None:
    steps = Steps(0, 0, 0)
    start(steps)
    assert steps.done.wait(SOON)


def test_it_is_woken_before_that(start: Start) -> None:
    wake, asleep = threading.Event(), threading.Event()
    woken = threading.Event()

    def step() -> int:
        (woken if asleep.is_set() else asleep).set()
        return 0

    start(step, idle_seconds=LONG, wake=wake)
    assert asleep.wait(SOON)
    wake.set()
    assert woken.wait(SOON)


def test_a_step_that_raises_is_done_again(start: Start) -> None:
    steps = Steps(ValueError("typed"), OSError("database away"), AttributeError("in a library"), 0)
    start(steps)
    assert steps.done.wait(SOON)


@pytest.mark.parametrize("error", [SystemExit(1), KeyboardInterrupt(), GeneratorExit(), MemoryError()], ids=repr)
def test_nothing_ends_it_not_even_what_would_end_a_thread(start: Start, error: BaseException) -> None:
    steps = Steps(error, error)
    start(steps)
    assert steps.done.wait(SOON)


def test_it_goes_on_where_nothing_can_be_logged(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def exception(self, *_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(loop, "log", Full())
    steps = Steps(ValueError(), ValueError())
    start(steps)
    assert steps.done.wait(SOON)


def test_it_waits_longer_when_it_fails_again_but_not_when_it_failed_long_ago(start: Start) -> None:
    waits = (0, LONG)
    recovering = Steps(OSError("away"), 0, OSError("away"), 1, OSError("away"), 0)
    start(recovering, waits=waits)
    assert recovering.done.wait(SOON)
    failing = Steps(OSError("away"), OSError("still away"))
    waiting = start(failing, waits=waits)
    waiting.stop()  # it does not wait for the hour to be over
    assert not failing.done.is_set()


def test_it_knows_how_late_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [50.0]
    monkeypatch.setattr(loop, "monotonic", lambda: now[0])
    steps = Steps(0, OSError("away"), 0)
    late = Loop("test", steps, idle_seconds=5)
    now[0] += 100
    assert late.late_seconds() == 0  # nothing is expected of it yet
    late.do_step()
    now[0] += 12
    assert (late.late_seconds(), late.failure) == (7, None)
    late.do_step()
    assert (late.late_seconds(), str(late.failure)) == (7, "away")
    late.do_step()
    assert (late.late_seconds(), late.failure) == (0, None)


def test_it_ends_when_it_is_stopped(start: Start) -> None:
    steps = Steps()
    stopped = start(steps, idle_seconds=LONG)
    assert steps.done.wait(SOON)
    stopped.stop()
    assert "test" not in {thread.name for thread in threading.enumerate()}

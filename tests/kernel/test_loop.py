"""A step again and again, in a thread that nothing ends but its owner."""

import threading
from collections.abc import Callable, Iterator

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

    def started(step: Callable[[], int], idle_seconds: float = 0, wake: threading.Event | None = None) -> Loop:
        running.append(Loop("test", step, idle_seconds=idle_seconds, wake=wake))
        running[-1].start()
        return running[-1]

    yield started
    for one_loop in running:
        one_loop.stop()


class Steps:
    """Answers one thing after the other, raising what is an error; `done` is set when all were given."""

    def __init__(self, *answers: int | Exception) -> None:
        self.left = list(answers)
        self.done = threading.Event()

    def __call__(self) -> int:
        if not self.left:
            self.done.set()
            return 0
        answer = self.left.pop(0)
        if isinstance(answer, Exception):
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


def test_a_step_that_raises_is_done_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "WAITS_SECONDS", (0,))
    steps = Steps(ValueError("typed"), OSError("database away"), AttributeError("in a library"), 0)
    start(steps)
    assert steps.done.wait(SOON)


def test_it_waits_longer_when_it_fails_again_but_not_when_it_failed_long_ago(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "WAITS_SECONDS", (0, LONG))
    recovering = Steps(OSError("away"), 0, OSError("away"), 1, OSError("away"), 0)
    start(recovering)
    assert recovering.done.wait(SOON)
    failing = Steps(OSError("away"), OSError("still away"))
    waiting = start(failing)
    waiting.stop()  # it does not wait for the hour to be over
    assert not failing.done.is_set()


def test_it_ends_when_it_is_stopped(start: Start) -> None:
    steps = Steps()
    stopped = start(steps, idle_seconds=LONG)
    assert steps.done.wait(SOON)
    stopped.stop()
    assert "test" not in {thread.name for thread in threading.enumerate()}

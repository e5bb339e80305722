"""Several acts at the same instant, each in a thread of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from kernel.refused import Refused

T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T]:
    """Do all at the same moment; return what each gives, or raise what one of them raised."""
    ready = threading.Barrier(len(acts), timeout=10)

    def carry_out(act: Callable[[], T]) -> T:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(carry_out, acts))


def refused_at_once(*acts: Callable[[], object]) -> list[Refused | None]:
    """Do all at the same moment; return what each was refused, if anything."""
    return at_once(*(partial(_refusal_of, act) for act in acts))


def _refusal_of(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as refusal:
        return refusal
    return None

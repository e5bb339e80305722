"""Several acts at the same instant."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from kernel.refused import Refused


def at_once(*acts: Callable[[], object]) -> list[Refused | None]:
    """Do all at the same moment, in as many threads; return what each was refused, if anything."""
    ready = threading.Barrier(len(acts))

    def attempt(act: Callable[[], object]) -> Refused | None:
        ready.wait()
        try:
            act()
        except Refused as refusal:
            return refusal
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))

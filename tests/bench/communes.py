"""Finding a commune as one types, beside looking for a name that is nowhere in the text that is searched."""

import time
from statistics import median

from territory.communes import search
from tests.bench.figures import Figure

ASKED = ("saint zz", "saint xa", "a", "26150", "2a004", "saint denis reunion")
TIMES = 21
NOWHERE = "xyzzy"


def measure_communes() -> list[Figure]:
    """Return the time of the slowest question, as a ratio to that of one that finds nothing."""
    nowhere = _seconds(NOWHERE)
    slowest, asked = max((_seconds(asked), asked) for asked in ASKED)
    figure = Figure(
        what=f"finding a commune, slowest question “{asked}”",
        database="none",
        measured=f"{slowest * 1000:.1f} ms",
        baseline=f"{nowhere * 1000:.1f} ms a name that is nowhere",
        ratio=slowest / nowhere,
        reach=5,
        better="less",
        why="a word that many names hold is looked at in each of them",
    )
    return [figure]


def _seconds(asked: str) -> float:
    return median(_once(asked) for _ in range(TIMES))


def _once(asked: str) -> float:
    start = time.perf_counter()
    search(asked)
    return time.perf_counter() - start

"""One figure: what was measured, its baseline in the same run, the ratio, and the bar it is held to."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`ratio` is compared with `reach` by `better`: "more" when it should be at least that, "less" at most."""

    what: str
    database: str
    measured: str
    baseline: str
    ratio: float
    reach: float
    better: str

    @property
    def reached(self) -> bool:
        """Whether the bar is reached."""
        return self.ratio >= self.reach if self.better == "more" else self.ratio <= self.reach


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that `share` of the values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(figures: Sequence[Figure], path: Path) -> str:
    """Write all figures to a JSON file and return them as a table."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2))
    heads = ("what", "database", "measured", "baseline", "ratio", "reach", "")
    rows = [
        (
            figure.what,
            figure.database,
            figure.measured,
            figure.baseline,
            f"{figure.ratio:.2f}",
            f"{'≥' if figure.better == 'more' else '≤'} {figure.reach:.2f}",
            "reached" if figure.reached else "MISSED",
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (heads, *rows)]
    return "\n".join(lines)

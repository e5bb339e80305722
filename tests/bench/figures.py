"""One figure: what was measured, its baseline in the same run, the ratio, and the bar it is held to."""

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "bench.md"
HEAD = """# Measured

Ratios to a baseline of the same run, for machines differ; `make bench` and `make bench-peers` write them here, each its
own part, when nothing else runs on the machine.
"""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`ratio` is compared with `reach` by `better`: "more" when it should be at least that, "less" at most.

    `why` says what a missed bar comes from, as far as it was looked into.
    """

    what: str
    database: str
    measured: str
    baseline: str
    ratio: float
    reach: float
    better: str
    why: str = ""

    @property
    def reached(self) -> bool:
        """Whether the bar is reached."""
        return self.ratio >= self.reach if self.better == "more" else self.ratio <= self.reach

    @property
    def bar(self) -> str:
        """The bar in figures, and by how much it is missed where it is."""
        bar = f"{'≥' if self.better == 'more' else '≤'} {self.reach:.2f}"
        missed = self.ratio / self.reach if self.better == "less" else self.reach / self.ratio
        return bar if self.reached else f"{bar}, missed {missed:.1f} times"


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that `share` of the values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def write_down(title: str, figures: Sequence[Figure]) -> str:
    """Put figures into the document as its part of that title, with date, cores and commit; return the part."""
    part = f"## {title}\n\n{_run()}\n\n{_table(figures)}\n{_whys(figures)}"
    kept = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else HEAD
    others = re.sub(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", "", kept, flags=re.DOTALL)
    DOCUMENT.write_text(f"{others.rstrip()}\n\n{part}", encoding="utf-8")
    return part


def _run() -> str:
    said = subprocess.run(
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    commit = said.stdout.strip() or "a tree without history"
    return f"{datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, commit {commit}."


def _table(figures: Sequence[Figure]) -> str:
    lines = ["| What | Database | Measured | Beside | Ratio | Bar |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {one.what} | {one.database} | {one.measured} | {one.baseline} | {one.ratio:.2f} | {one.bar} |"
        for one in figures
    ]
    return "\n".join(lines) + "\n"


def _whys(figures: Sequence[Figure]) -> str:
    missed = dict.fromkeys(
        f"- {one.what.split(',')[0]}: {one.why}.\n" for one in figures if not one.reached and one.why
    )
    return f"\nWhat is missed, and why:\n\n{''.join(missed)}" if missed else ""

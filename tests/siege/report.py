"""What a siege was and what came of it, as docs/siege.md says it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple
from xml.etree import ElementTree as ET

from tests.kit.scale import FULL

ROOT = Path(__file__).parents[2]
Came = Literal["passed", "failed", "skipped"]


class Siege(NamedTuple):
    """How it was run."""

    began: datetime
    lasted: timedelta
    commit: str
    changed: bool
    scale: float
    everywhere: bool
    cores: int
    asked: tuple[str, ...]
    ended: int


class Outcome(NamedTuple):
    """One test and what came of it."""

    folder: str
    name: str
    came: Came
    seconds: float


def outcomes(results: Path) -> list[Outcome]:
    """Read what pytest wrote down of each test."""
    return [_outcome(case) for case in ET.parse(results).iter("testcase")]  # noqa: S314 - written by pytest just now


def _outcome(case: ET.Element) -> Outcome:
    module = case.get("classname") or case.get("name") or ""  # what could not be read has no class
    failed = case.find("failure") is not None or case.find("error") is not None
    came: Came = "failed" if failed else "skipped" if case.find("skipped") is not None else "passed"
    return Outcome(module.split(".")[1], f"{module}::{case.get('name')}", came, float(case.get("time", 0)))


def written(siege: Siege, sizes: Mapping[str, int], came: Sequence[Outcome]) -> str:
    """Return the report."""
    return "\n".join([*_head(siege, came), *_sizes(sizes), *_folders(came), *_names(came)]) + "\n"


def _head(siege: Siege, came: Sequence[Outcome]) -> list[str]:
    failed = sum(outcome.came == "failed" for outcome in came)
    databases = "on both databases" if siege.everywhere else "pages and the API's edges on SQLite alone"
    return [
        "# The last siege",
        "",
        "Written by `make siege`, which tries at length what `make test` tries a tenth of.",
        "",
        "| | |",
        "|---|---|",
        f"| Began | {siege.began:%Y-%m-%d %H:%M} UTC |",
        f"| Commit | {siege.commit}{', with changes not committed' if siege.changed else ''} |",
        f"| Scale | {siege.scale:g}, {_share(siege.scale)}; {databases} |",
        f"| What was run | {', '.join(siege.asked) or 'everything'}{' only' if siege.asked else ''} |",
        f"| Lasted | {str(siege.lasted).split('.')[0]} on {siege.cores} cores |",
        f"| Came of it | {_verdict(siege, failed, len(came))} |",
        "",
    ]


def _share(scale: float) -> str:
    return "the full one" if scale == FULL else f"{scale / FULL:.0%} of the full one, which is {FULL}"


def _verdict(siege: Siege, failed: int, ran: int) -> str:
    if not ran:
        return f"nothing: pytest ended with {siege.ended} before any test"
    stopped = f"; pytest ended with {siege.ended}, not all may have run" if siege.ended not in (0, 1) else ""
    return f"{failed} of {ran} tests failed{stopped}"


def _sizes(sizes: Mapping[str, int]) -> list[str]:
    rows = [f"| `{name}` | {size} |" for name, size in sizes.items() if name != "FULL"]
    return ["## How much was tried", "", "Said in `tests/kit/scale.py`.", "", "| What | |", "|---|---|", *rows, ""]


def _folders(came: Sequence[Outcome]) -> list[str]:
    by_folder: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in came:
        by_folder[outcome.folder].append(outcome)
    rows = [f"| `tests/{folder}` | {_counted(by_folder[folder])} |" for folder in sorted(by_folder)]
    return ["## What ran", "", "| | Passed | Failed | Skipped | Seconds |", "|---|---|---|---|---|", *rows, ""]


def _counted(some: Sequence[Outcome]) -> str:
    counts = [sum(outcome.came == kind for outcome in some) for kind in ("passed", "failed", "skipped")]
    return " | ".join(map(str, [*counts, round(sum(outcome.seconds for outcome in some))]))


def _names(came: Sequence[Outcome]) -> list[str]:
    parts = []
    for kind in ("failed", "skipped"):
        names = [f"- `{outcome.name}`" for outcome in came if outcome.came == kind]
        parts += [f"## What {kind}" if kind == "failed" else "## What was skipped", "", *(names or ["Nothing."]), ""]
    return parts[:-1]

"""`python -m tests.siege [FOLDER…]`: run everything at `SCALE`, and write down what came of it."""

import os
import subprocess
import sys
from datetime import UTC, datetime

from tests.kit import scale
from tests.siege.report import ROOT, Siege, outcomes, written

REPORT = ROOT / "docs" / "siege.md"
OUTCOMES = ROOT / "build" / "siege.xml"
CORES = max(2, os.cpu_count() or 2)


def main(asked: list[str]) -> int:
    """Run it in a process of its own, write the report whatever came of it, and return what pytest returned."""
    OUTCOMES.parent.mkdir(exist_ok=True)
    OUTCOMES.unlink(missing_ok=True)
    began = datetime.now(UTC)
    command = [sys.executable, "-m", "pytest", "-n", str(CORES), "--dist", "worksteal", f"--junitxml={OUTCOMES}"]
    ended = subprocess.run(command + asked, cwd=ROOT, check=False).returncode
    siege = Siege(
        began=began,
        lasted=datetime.now(UTC) - began,
        commit=_told("rev-parse", "--short", "HEAD"),
        changed=bool(_told("status", "--porcelain", "--untracked-files=no")),
        scale=scale.SCALE,
        everywhere=scale.EVERYWHERE,
        cores=CORES,
        asked=tuple(asked),
        ended=ended,
    )
    REPORT.write_text(written(siege, sizes(), outcomes(OUTCOMES) if OUTCOMES.exists() else []))
    return ended


def sizes() -> dict[str, int]:
    """Return every size that the scale decides, by its name."""
    return {name: value for name, value in vars(scale).items() if name.isupper() and type(value) is int}


def _told(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

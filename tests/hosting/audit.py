"""`make audit`: ask an advisory database about every package that the locks name.

Its status is 0 where all were looked up and nothing is known of them, 1 where something is, 2 where they were not
looked up: no answer is no all-clear, whatever the tool itself makes of it.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
TOOL = ROOT / ".venv" / "audit" / "bin" / "pip-audit"
ASKED = ("--vulnerability-service", "osv", "--require-hashes", "--disable-pip", "--progress-spinner", "off")


class Audit(NamedTuple):
    """What came of it: the status, and what is said."""

    status: int
    sentences: tuple[str, ...]


def main() -> int:
    """Ask, say what came of it, and return the status."""
    locks = [argument for lock in LOCKS for argument in ("--requirement", str(ROOT / lock))]
    command = [str(TOOL), *ASKED, "--format", "json", *locks]
    asked = subprocess.run(command, check=False, capture_output=True, text=True)
    came = judged(asked.stdout, asked.stderr)
    print(*came.sentences, sep="\n")  # noqa: T201
    return came.status


def judged(report: str, errors: str) -> Audit:
    """Return what a report in JSON comes to; without one, why there is none."""
    try:
        packages = msgspec.json.decode(report)["dependencies"]
    except (msgspec.DecodeError, KeyError, TypeError):
        why = errors.strip().splitlines()[-1:] or ["it said nothing"]
        return Audit(2, ("NOT AUDITED: no advisory database could be reached from here.", *why))
    holes = tuple(_holes(packages))
    skipped = sorted({package["name"] for package in packages if "vulns" not in package})
    checked = len({package["name"] for package in packages}) - len(skipped)
    if skipped or not checked:
        return Audit(1 if holes else 2, (*holes, f"NOT AUDITED: {', '.join(skipped) or 'no package at all'}."))
    return Audit(1 if holes else 0, (*holes, f"Looked up: {checked} packages of {' and '.join(LOCKS)}."))


def _holes(packages: list[dict[str, Any]]) -> Iterator[str]:
    for package in packages:
        for hole in package.get("vulns", ()):
            mended = f"mended in {', '.join(hole['fix_versions'])}" if hole["fix_versions"] else "not mended yet"
            yield f"{package['name']} {package['version']}: {', '.join((hole['id'], *hole['aliases']))}, {mended}"


if __name__ == "__main__":
    sys.exit(main())

"""What a siege writes of itself is what it was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.siege.__main__ import sizes
from tests.siege.report import Siege, outcomes, written

WHOLE = Siege(
    began=datetime(2026, 11, 2, 8, tzinfo=UTC),
    lasted=timedelta(minutes=58),
    commit="abc1234",
    changed=False,
    scale=5,
    everywhere=True,
    cores=2,
    asked=(),
    ended=1,
)
CAME = """<testsuites><testsuite>
  <testcase classname="tests.races.test_same_slot" name="test_sixteen[sqlite]" time="2.4" />
  <testcase classname="tests.races.test_same_slot" name="test_two[postgresql]" time="1.0"><failure /></testcase>
  <testcase classname="tests.journeys.test_axe" name="test_nothing" time="0"><skipped /></testcase>
  <testcase classname="" name="tests.crash.test_killed" time="0"><error /></testcase>
</testsuite></testsuites>"""


def report(path: Path, **changed: Any) -> str:
    results = path / "results.xml"
    results.write_text(CAME)
    return written(WHOLE._replace(**changed), sizes(), outcomes(results))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "| Scale | 5, the full one; on both databases |"),
        ({}, "| What was run | everything |"),
        ({}, "| Came of it | 2 of 4 tests failed |"),
        ({"scale": 0.05}, "| Scale | 0.05, 1% of the full one, which is 5; on both databases |"),
        ({"everywhere": False}, "on SQLite alone |"),
        ({"asked": ("tests/races",)}, "| What was run | tests/races only |"),
        ({"ended": 2}, "| Came of it | 2 of 4 tests failed; pytest ended with 2, not all may have run |"),
        ({"changed": True}, "| Commit | abc1234, with changes not committed |"),
    ],
)
def test_a_report_says_how_much_was_tried(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    assert said in report(tmp_path, **changed)


def test_a_report_counts_by_folder_and_names_what_failed_or_was_skipped(tmp_path: Path) -> None:
    told = report(tmp_path)
    assert "| `tests/races` | 1 | 1 | 0 | 3 |" in told
    failed, skipped = told.split("## What failed")[1].split("## What was skipped")
    assert failed.count("- `") == 2
    assert "- `tests.races.test_same_slot::test_two[postgresql]`" in failed
    assert "- `tests.journeys.test_axe::test_nothing`" in skipped


def test_what_never_ran_is_no_success() -> None:
    assert "| Came of it | nothing: pytest ended with 4 before any test |" in written(
        WHOLE._replace(ended=4), sizes(), []
    )

"""`make audit` says that all is well only where somebody was asked about everything."""

import json
from typing import Any

import pytest

from tests.hosting.audit import LOCKS, Audit, judged
from tests.hosting.repository import ROOT, text

SOUND: dict[str, Any] = {"name": "pillow", "version": "12.0.0", "vulns": []}
HOLE: dict[str, Any] = {  # as OSV tells it of a version of 2024
    "name": "pillow",
    "version": "10.2.0",
    "vulns": [{"id": "PYSEC-2024-230", "aliases": ["CVE-2024-28219"], "fix_versions": ["10.3.0"], "description": ""}],
}
SKIPPED = {"name": "alembic", "skip_reason": "Dependency not found on PyPI and could not be audited: alembic (1.20.1)"}


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_packages_of_which_nothing_is_known_pass() -> None:
    assert judged(report(SOUND), "No known vulnerabilities found").status == 0


def test_a_known_hole_is_named_with_the_version_that_mends_it() -> None:
    hole = "pillow 10.2.0: PYSEC-2024-230, CVE-2024-28219, mended in 10.3.0"
    assert judged(report(HOLE), "") == Audit(
        1, (hole, "Looked up: 1 packages of requirements.lock and requirements-dev.lock.")
    )


@pytest.mark.parametrize(
    ("answered", "errors", "said"),
    [
        ("", "requests.exceptions.ConnectionError: Failed to resolve 'api.osv.dev'", "no advisory database"),
        ("null", "", "no advisory database"),
        (report(), "No known vulnerabilities found", "no package at all"),
        (report(SOUND, SKIPPED), "No known vulnerabilities found", "alembic"),
    ],
)
def test_what_was_not_looked_up_is_never_said_to_be_sound(answered: str, errors: str, said: str) -> None:
    came = judged(answered, errors)
    assert came.status == 2
    assert "NOT AUDITED" in came.sentences[0]
    assert said in " ".join(came.sentences)


def test_a_hole_is_told_beside_what_was_not_looked_up() -> None:
    assert judged(report(HOLE, SKIPPED), "").status == 1


def test_it_asks_about_both_locks_by_a_tool_of_its_own() -> None:
    assert all((ROOT / lock).is_file() for lock in LOCKS)
    assert "pip-audit" not in text("requirements-dev.lock")
    assert "pip-audit==" in text("Makefile")

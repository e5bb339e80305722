"""The ways to build and run it: Dockerfile, locks, Makefile, README, what a pipeline calls."""

import os
import re
import shlex
import subprocess

import pytest

from tests.hosting.repository import ROOT, published, settings_read, text

LOCKS = ("requirements.lock", "requirements-dev.lock")


def test_the_image_installs_what_is_locked_with_its_hashes_and_serves() -> None:
    lines = text("Dockerfile").splitlines()
    [installing] = [line for line in lines if "requirements.lock" in line and line.startswith("RUN")]
    assert "--require-hashes" in installing
    [own] = [line for line in lines if "--editable" in line]
    assert "--no-deps" in own
    assert "--no-build-isolation" in own  # nothing is fetched that is not in the lock
    [command] = [line for line in lines if line.startswith("CMD")]
    assert command == 'CMD ["sh", "-c", "voisiture upgrade && exec voisiture serve --host 0.0.0.0 --processes 2"]'
    assert lines.index("USER voisiture") > lines.index(own)


def test_the_image_is_not_given_what_it_does_not_need() -> None:
    assert {".git", ".venv", "var"} <= set(text(".dockerignore").split())


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_has_its_hashes_and_no_address(lock: str) -> None:
    content = text(lock)
    assert "://" not in content
    entries = re.split(r"^(?=[a-z0-9])", content, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert len(entries) > 10
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_builds_the_package_is_locked_too() -> None:
    assert re.search(r"^hatchling==", text("requirements.lock"), re.MULTILINE)


def test_what_runs_is_the_same_version_in_both_locks() -> None:
    versions = [dict(re.findall(r"^([\w.-]+(?:\[[\w,]+\])?)==(\S+)", text(lock), re.MULTILINE)) for lock in LOCKS]
    shared = versions[0].keys() & versions[1].keys()
    assert shared
    assert {name for name in shared if versions[0][name] != versions[1][name]} == set()


def test_the_makefile_knows_the_ways() -> None:
    content = text("Makefile")
    targets = set(re.findall(r"^([a-z]+(?: [a-z]+)*):", content, re.MULTILINE))
    known = {name for target in targets for name in target.split()}
    assert known >= {"run", "test", "check", "fix", "lock", "rebuild", "bench"}
    [phony] = re.findall(r"^\.PHONY: (.+)$", content, re.MULTILINE)
    assert set(phony.split()) >= {"run", "test", "check", "fix", "lock", "rebuild", "bench"}


def test_the_first_target_shows_the_product() -> None:
    [first, *_] = re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE)
    assert first == "run"


def test_the_demo_is_served_at_the_port_one_says() -> None:
    asked = ["make", "--dry-run", "run", "PORT=8123"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "serve --port 8123" in said


def test_a_pipeline_calls_make_test_and_nothing_else() -> None:
    commands = [line for line in text(".ci/run").splitlines() if line and not line.startswith("#")]
    assert [shlex.split(line)[0] for line in commands] == ["set", "cd", "exec"]
    assert commands[-1] == "exec make test"
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_readme_lists_exactly_the_settings_that_are_read() -> None:
    listed = re.findall(r"^\| `(VOISITURE_\w+)` \|", text("README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(settings_read())


def test_the_readme_names_two_commands_and_shows_pictures_that_are_there() -> None:
    content = text("README.md")
    assert re.findall(r"^(make \w+) +#", content, re.MULTILINE) == ["make run", "make test"]
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", content)
    assert len(pictures) >= 3
    kept = {str(path) for path in published()}
    assert [picture for picture in pictures if picture not in kept] == []


def test_no_path_a_document_names_is_missing() -> None:
    kept = {str(path) for path in published()}
    folders = {str(parent) for path in published() for parent in path.parents}
    for document in ("README.md", "CONTRIBUTING.md", "docs/architecture.md"):
        named = re.findall(r"`((?:\w+/)+[\w.-]*)`", text(document))
        assert [name for name in named if name not in kept and name.rstrip("/") not in folders] == [], document

"""A database that cannot be written to is checked like any other: what is wrong with it is found."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from tests.checks.conftest import Verify
from tests.checks.manipulations import change_balances
from tests.hosting.repository import ROOT
from tests.kit.backups import back_up
from tests.kit.databases import on_both, on_sqlite, read_only
from tests.kit.village import Village

NOBODY = 65534  # who may write nowhere, for tests that run as who may write everywhere
AS_WHOM = f"import os, sys; from api.cli import main; os.getuid() or os.setuid({NOBODY}); sys.exit(main())"
AS_NOBODY = [sys.executable, "-c", AS_WHOM]


@pytest.fixture
def shut() -> Iterator[Path]:
    """A folder that everyone may read; who asks makes it that nobody may write there."""
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    rmtree(folder)


@on_both
def test_what_is_wrong_is_found_where_nothing_can_be_written(
    lived: Village, verified: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = verified()
    monkeypatch.setenv("VOISITURE_DATABASE_URL", read_only(lived.site.settings.database_url))
    assert verified() == sound
    assert sound[0] == 0
    with lived.site.writing() as connection:
        change_balances(connection)
    status, said = verified()
    assert (status, "this row is not what the log makes" in said) == (1, True), said


@on_sqlite
def test_a_copy_in_a_folder_that_nobody_may_write_to_is_checked(lived: Village, verified: Verify, shut: Path) -> None:
    copy = back_up(lived.site.settings.database_url, shut)
    copy.chmod(0o444)
    shut.chmod(0o555)
    environment = {**os.environ, "VOISITURE_DATABASE_URL": f"sqlite:///{copy}"}
    verifying, rebuilding = (
        subprocess.run([*AS_NOBODY, asked], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        for asked in ("verify", "rebuild")
    )
    assert (verifying.returncode, verifying.stdout) == verified(), verifying.stderr
    assert (rebuilding.returncode, "This database cannot be written to" in rebuilding.stderr) == (2, True)
    assert [*shut.iterdir()] == [copy]

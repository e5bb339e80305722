"""Databases of every age: empty ones, the one 0.1.0 left, and what a step leaves when it is killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.restored import restore
from tests.kit.servers import create_database, drop_database
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

AS_RELEASED = "0.1.0"


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
    else:
        made = create_database(request.getfixturevalue("postgres"), "voisiture_bare")
        yield made.render_as_string(hide_password=False)
        drop_database(made)


@pytest.fixture
def released_url(bare_url: str) -> str:
    """A database just as 0.1.0 left it."""
    restore(AS_RELEASED, bare_url)
    return bare_url

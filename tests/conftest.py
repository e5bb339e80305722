"""Databases for tests: SQLite files and one embedded PostgreSQL server a worker, a fresh database for each test."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.strategies._internal.lazy import unwrap_strategies
from litestar import Litestar
from sqlalchemy import URL, Engine

from api.app import create_app
from kernel.database import open_database
from kernel.log.history import History
from kernel.privacy import Keyring
from processes import PROJECTIONS
from tests.kit.databases import SECRET, prepared
from tests.kit.scale import load_scale
from tests.kit.servers import MEMORY, create_database, empty_database, keep_as_made, postgres_server
from tests.kit.shared_engines import share_among_engines
from tests.kit.still_site import Clock, StillSite, settings_of

load_scale()
share_among_engines()


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what was loaded: that took a tenth of the time.

    Hypothesis reads its own source once to say what it draws. Python 3.11 may fail at that (`SystemError`, its depth of
    recursion lost count of) where garbage is looked for meanwhile: so it reads it here, while none is.
    """
    gc.disable()
    repr(unwrap_strategies(st.uuids()))  # type: ignore[no-untyped-call]  # the library says no types here
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def postgres() -> URL:
    url = postgres_server()
    template = create_database(url, "voisiture_template")
    prepared(template.render_as_string(hide_password=False))
    keep_as_made(template)
    return url


@pytest.fixture(scope="session")
def postgres_url(postgres: URL) -> str:
    """One database a worker, emptied after each test: a hundred times quicker than a new one."""
    return create_database(postgres, "voisiture_test", "voisiture_template").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = open_database(prepared(f"sqlite:///{path}"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            path = Path(folder) / "voisiture.db"
            path.write_bytes(request.getfixturevalue("empty_sqlite"))
            yield f"sqlite:///{path}"
    else:
        url: str = request.getfixturevalue("postgres_url")
        yield url
        empty_database(url)


@pytest.fixture(scope="session")
def front_door(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    """Build the application once a worker, with nobody behind it: each test puts its own site there."""
    nobody = StillSite(settings_of(prepared(f"sqlite:///{tmp_path_factory.mktemp('nobody')}/nobody.db")), Clock())
    return create_app(nobody)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(SECRET)


@pytest.fixture
def history(engine: Engine, keyring: Keyring) -> History:
    return History(engine, PROJECTIONS, keyring)

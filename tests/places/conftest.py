"""The village, with a clock that the test winds. It is founded once and copied for each test.

Which database a test here plays in follows from its module: `test_programs.py` in both, a page in SQLite.
"""

from collections.abc import Iterator

import pytest
from litestar import Litestar

from tests.kit.databases import once, prepared
from tests.kit.still_site import client_of
from tests.kit.village import Clock, Rows, StillSite, Village, put_rows, rows_of, settings_of, settle_in

FOR_PROGRAMS = "test_programs"


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Mark what is neither for programs nor marked by itself: it plays in SQLite alone."""
    marked = any("database_url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    for_programs = metafunc.module.__name__.endswith(FOR_PROGRAMS)
    if "database_url" in metafunc.fixturenames and not marked and not for_programs:
        metafunc.definition.add_marker(once)


@pytest.fixture(scope="session")
def village_rows(front_door: Litestar, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    clock = Clock()
    site = StillSite(settings_of(prepared(f"sqlite:///{tmp_path_factory.mktemp('village')}/village.db")), clock)
    front_door.state.site = site
    with client_of(front_door) as client:
        settle_in(Village(site, client, clock))
        return rows_of(site)


@pytest.fixture
def village(database_url: str, front_door: Litestar, village_rows: Rows) -> Iterator[Village]:
    clock = Clock()
    site = StillSite(settings_of(database_url), clock)
    put_rows(site, village_rows)
    front_door.state.site = site
    with client_of(front_door) as client:
        yield Village(site, client, clock)

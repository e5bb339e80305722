"""A village where everything has happened once, on either database, quickly put back as it was."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from sqlalchemy import func, select

from kernel.log.follower import parked
from tests.front.ground import Ground, Seen, kept, seen
from tests.front.lived import LATER, live
from tests.front.visitor import PEOPLE
from tests.kit.databases import prepared
from tests.kit.still_site import client_of
from tests.kit.village import Clock, Rows, StillSite, Village, put_rows, rows_of, settings_of
from tests.places.conftest import village_rows

__all__ = ["village_rows"]


@pytest.fixture(scope="session")
def lived_rows(front_door: Litestar, tmp_path_factory: pytest.TempPathFactory, village_rows: Rows) -> Rows:
    clock = Clock()
    site = StillSite(settings_of(prepared(f"sqlite:///{tmp_path_factory.mktemp('lived')}/village.db")), clock)
    put_rows(site, village_rows)
    front_door.state.site = site
    with client_of(front_door) as client:
        village = Village(site, client, clock)
        live(village)
        with site.reading() as connection:
            assert connection.execute(select(func.count()).select_from(parked)).scalar() == 0
        return rows_of(site)


@pytest.fixture(scope="session")
def shown(front_door: Litestar, lived_rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Every sort of form that somebody sees, read once a worker."""
    clock = Clock(LATER)
    site = StillSite(settings_of(prepared(f"sqlite:///{tmp_path_factory.mktemp('shown')}/village.db")), clock)
    put_rows(site, lived_rows)
    front_door.state.site = site
    with client_of(front_door) as client:
        return seen(Village(site, client, clock))


@pytest.fixture
def lived(database_url: str, front_door: Litestar, lived_rows: Rows) -> Iterator[Village]:
    clock = Clock(LATER)
    site = StillSite(settings_of(database_url), clock)
    put_rows(site, lived_rows)
    front_door.state.site = site
    with client_of(front_door) as client:
        village = Village(site, client, clock)
        for name in PEOPLE:
            village.as_(name)
        yield village


@pytest.fixture
def again(lived: Village, tmp_path: Path) -> Callable[[], None]:
    """Put everything back as it was."""
    return kept(lived, tmp_path)


@pytest.fixture
def ground(shown: Seen, lived: Village, again: Callable[[], None]) -> Ground:
    return Ground(lived, again, shown)

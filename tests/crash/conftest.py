"""The village of the page tests, and some of its neighbours, for servers of their own."""

import time
from collections.abc import Sequence
from uuid import uuid4, uuid5

import pytest

from kernel.database import writing
from people.sign_in import open_session
from tests.crash.neighbours import Neighbour
from tests.crash.server import clock_since
from tests.kit.village import COOP, NOW, Clock, Rows, StillSite, person_id_of, put_rows, settings_of
from tests.places.conftest import village_rows

__all__ = ["village_rows"]

LIVES = (("Claire", "Zoé", True), ("Nadia", "Kangoo", True), ("Luc", "Biporteur", False), ("Jean", "Clio", False))


@pytest.fixture
def began() -> float:
    return time.time()


@pytest.fixture
def neighbours(database_url: str, village_rows: Rows, began: float) -> Sequence[Neighbour]:
    site = StillSite(settings_of(database_url), Clock())
    put_rows(site, village_rows)
    found = []
    for name, vehicle, drives in LIVES:
        with writing(site.engine) as connection:
            token = open_session(connection, person_id_of(name), uuid4(), "phone", NOW)
        found.append(Neighbour(token, uuid5(COOP, vehicle), clock_since(began), drives=drives))
    site.stop()
    return found

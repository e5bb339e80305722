"""Read models are made anew beside those who read and write: nobody sees them empty, nothing is lost."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Engine, delete, inspect, text

from api import site as sites
from api.app import create_app
from api.site import Site
from fleet.application import Fleet
from fleet.commands import ReportDamage
from fleet.queries import vehicles_in_service
from kernel.database import open_database, writing
from kernel.log.rebuild import bring_up_to_date, is_up_to_date, rebuild
from kernel.read_models import recipe
from kernel.tables import installation
from ledger.entries.queries import books_total
from processes import PROJECTIONS
from tests.crash.server import eventually
from tests.kit.databases import on_sqlite
from tests.kit.rows import dump
from tests.kit.still_site import client_of
from tests.kit.village import COOP, NOW, Village, settings_of
from upgrades import refilling

SOON = 20.0  # seconds


def forget_recipe(url: str) -> None:
    """Leave read models of which nobody knows what made them, as another version's are."""
    engine = open_database(url)
    with writing(engine) as connection:
        connection.execute(delete(installation).where(installation.c.name == recipe.NAME))
    engine.dispose()


class Held:
    """A rebuild that goes on only once it is let."""

    def __init__(self, real: Callable[..., int]) -> None:
        self._real = real
        self.let = threading.Event()

    def __call__(self, *arguments: Any) -> int:
        assert self.let.wait(SOON)
        return self._real(*arguments)


@pytest.fixture
def of_another_version(village: Village, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """A village whose read models another version made, and the rebuild its server is in."""
    held = Held(refilling.bring_up_to_date)
    monkeypatch.setattr(sites, "bring_up_to_date", held)
    village.drove("Nadia", "Zoé", 100)
    forget_recipe(database_url)
    yield held
    held.let.set()


@pytest.fixture
def serving(of_another_version: Held, database_url: str) -> Iterator[TestClient[Litestar]]:
    assert of_another_version
    with client_of(create_app(Site(settings_of(database_url), lambda: NOW))) as client:
        yield client


def test_until_they_are_made_only_health_answers(serving: TestClient[Litestar], of_another_version: Held) -> None:
    health = serving.get("/health")
    assert (health.status_code, health.json()) == (
        503,
        {"status": "rebuilding", "parked": 0, "letters": 0, "replayed": 0},
    )
    page = serving.get("/sign-in", headers={"accept-language": "en"})
    assert page.status_code == 503
    assert "Nothing was lost; try again in a moment." in page.text
    told = serving.get(f"/api/coops/{COOP}/vehicles")
    assert (told.status_code, told.json()["type"]) == (503, "/api/problems/http-503")
    of_another_version.let.set()
    site: Site = serving.app.state.site
    eventually(lambda: site.rebuilding is None, "the read models are never there")
    assert serving.get("/health").json() == {"status": "ok", "parked": 0, "letters": 0}
    assert serving.get("/sign-in").status_code == 200


def test_they_are_made_anew_once_where_tables_or_code_have_changed(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = village.site.engine
    last = village.site.history.log.max_notification_id()
    rebuild(engine, PROJECTIONS)
    assert is_up_to_date(engine, PROJECTIONS)
    for what in ("_definition", "_code"):
        monkeypatch.setattr(recipe, what, lambda _: iter(["another"]))
        assert not is_up_to_date(engine, PROJECTIONS)
        assert [bring_up_to_date(engine, PROJECTIONS), bring_up_to_date(engine, PROJECTIONS)] == [last, 0]
        monkeypatch.undo()


def test_a_table_of_another_version_goes_and_one_that_lacks_a_column_is_made_anew(village: Village) -> None:
    engine = village.site.engine
    live = dump(engine)
    rebuild(engine, PROJECTIONS)
    with writing(engine) as connection:
        known = recipe.known_recipe(connection)
        assert known
        of_before = recipe.Recipe(definition="of before", names=(*known.names, "fleet_ferries"), code=known.code)
        recipe.keep_recipe(connection, of_before)
        connection.execute(text("CREATE TABLE fleet_ferries (name VARCHAR(10))"))
        connection.execute(text("ALTER TABLE fleet_vehicles DROP COLUMN handbook"))
    bring_up_to_date(engine, PROJECTIONS)
    assert dump(engine) == live
    assert not inspect(engine).has_table("fleet_ferries")


def test_beside_those_who_read_and_write_nobody_sees_them_empty(village: Village) -> None:
    village.drove("Nadia", "Kangoo", 100)
    engine, ended = village.site.engine, threading.Event()
    before = (len(village.ask(vehicles_in_service, COOP, on=NOW.date())), 0)
    rebuild(engine, PROJECTIONS)  # from here on the tables are known to be as they should be

    def read() -> list[tuple[int, int]]:
        seen = []
        while not ended.is_set():
            with village.site.reading() as connection:
                fleet = vehicles_in_service(connection, COOP, on=NOW.date())
                seen.append((len(fleet), books_total(connection, COOP)))
        return seen

    def write() -> int:
        seen = 0
        while not ended.is_set():
            damage = ReportDamage(coop_id=COOP, vehicle_id=village.vehicle("Zoé"), part="left", sentence="A scratch")
            Fleet(village.site.history).report_damage(damage, village.asked("Nadia"))
            seen += 1
        return seen

    with ThreadPoolExecutor(3) as pool:
        reading, writing_ = [pool.submit(read) for _ in range(2)], pool.submit(write)
        for _ in range(4):
            rebuild(engine, PROJECTIONS)
        ended.set()
        seen = writing_.result(SOON)
        assert {answer for asked in reading for answer in asked.result(SOON)} == {before}
    live = dump(engine)
    assert len(live["fleet_damages"]) == seen
    rebuild(engine, PROJECTIONS)
    assert dump(engine) == live


@on_sqlite
def test_the_recipe_changes_with_any_module_that_fills_a_table(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, words = tmp_path / "shop", tmp_path / "shop" / "words.py"
    shop.mkdir()
    (shop / "__init__.py").touch()
    words.write_text("SOLD = 1\n", encoding="utf-8")
    (shop / "filling.py").write_text("from shop import words\n\ndef project(_): return words.SOLD\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    projections = {"shop": import_module("shop.filling").project}
    with engine.connect() as connection:
        first = recipe.recipe_of(connection, projections)
        assert recipe.recipe_of(connection, projections) == first
        words.write_text("SOLD = 2\n", encoding="utf-8")
        assert recipe.recipe_of(connection, projections).code != first.code

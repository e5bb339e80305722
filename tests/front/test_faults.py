"""The database goes away: who asks is told so kindly, what needs none is answered, and all is well once it is back."""

import socket
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Event

import pytest

from api.web import serving
from kernel.database import open_database
from tests.front.visitor import Visitor, visit
from tests.kit.databases import on_sqlite
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, Village
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

pytestmark = on_sqlite

GONE = "postgresql+psycopg://nobody@127.0.0.1:1/none"
NOTHING_LOST = "Nothing was lost; try again in a moment."


@contextmanager
def served_by(village: Village, url: str) -> Iterator[Visitor]:
    """Let someone visit while another database stands where the village's was."""
    engine, visitor = village.site.engine, visit(village, "Nadia")
    village.site.engine = open_database(url)
    yield visitor
    village.site.engine.dispose()
    village.site.engine = engine


@pytest.fixture
def silent(village: Village) -> Iterator[Visitor]:
    """Someone where PostgreSQL takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"postgresql+psycopg://nobody@127.0.0.1:{mute.getsockname()[1]}/none?connect_timeout=2"
        with served_by(village, url) as visitor:
            yield visitor


@pytest.fixture
def gone(village: Village) -> Iterator[Visitor]:
    """Someone where PostgreSQL is not there."""
    with served_by(village, GONE) as visitor:
        yield visitor


@pytest.mark.parametrize("path", ["/", f"/coops/{COOP}/", f"/api/coops/{COOP}/balance"])
def test_without_a_database_one_is_asked_to_come_back(gone: Visitor, path: str) -> None:
    response = gone.get(path, **{"accept-language": "en"})
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert NOTHING_LOST in response.text
    assert "Sign in" not in response.text  # she may well be
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["cache-control"] == "no-store"
    kind = "application/problem+json" if path.startswith("/api") else "text/html"
    assert response.headers["content-type"].startswith(kind)


def test_health_says_that_it_is_away_without_asking_it(
    gone: Visitor, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gone.get("/health").status_code == 200  # nobody has looked yet
    monkeypatch.setattr(village.site.watch, "_engine", village.site.engine)
    village.site.watch.looking.do_step()
    told = gone.get("/health")
    assert (told.status_code, told.json()["failing"]) == (503, ["database"])
    assert gone.get("/").status_code == 503


def test_what_needs_no_database_is_answered_without_one(gone: Visitor) -> None:
    assert gone.get("/static/voisiture.css").status_code == 200
    nothing = gone.get("/nothing-here")
    assert (nothing.status_code, "<form" in nothing.text) == (404, False)  # it bears no token, none could be sent
    assert gone.get("/api/nothing-here").status_code == 404
    assert gone.post("/sign-in-links", {"email": "jean@example.org"}, csrf="another").status_code == 403


def test_nobody_waits_for_ever_on_a_database_that_says_nothing(
    silent: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "ANSWER_SECONDS", 0.1)
    assert [silent.get("/").status_code for _ in range(6)] == [503] * 6  # more than there are threads
    assert silent.get("/nothing-here").status_code == 404
    assert silent.get("/static/voisiture.css").status_code == 200


def test_it_is_there_again_without_anybodys_help(village: Village) -> None:
    home = f"/coops/{COOP}/"
    with served_by(village, GONE) as visitor:
        assert visitor.get(home).status_code == 503
    assert visit(village, "Nadia").get(home).status_code == 200


def test_who_reads_waits_for_nobody_who_writes(village: Village) -> None:
    """More wait for the log than there are threads to write, and readers are answered meanwhile."""
    nadia, home = visit(village, "Nadia"), f"/coops/{COOP}/"
    gift = f"/coops/{COOP}/contributions"
    with closing(sqlite3.connect(str(village.site.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(4) as pool:
            waiting = [pool.submit(nadia.api, "POST", f"/api{gift}", b'{"cents": 1}') for _ in range(4)]
            assert [nadia.get(path).status_code for path in (home, "/health", home)] == [200] * 3
            assert not any(each.done() for each in waiting)
            other.execute("ROLLBACK")
        assert {each.result().status_code for each in waiting} <= {201, 409}


def test_who_sends_no_photo_waits_for_no_photo(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is read the next waits, not for ever; it can be sent again, and all else goes on."""
    monkeypatch.setattr(serving, "PHOTO_SECONDS", 0.1)
    nadia, read = visit(village, "Nadia"), Event()
    reading = village.site.photos.submit(read.wait)
    late = [
        nadia.api("POST", f"/api/coops/{COOP}/photos", jpeg()),
        nadia.post(f"/coops/{COOP}/expenses", {}, files={"receipt": ("a.jpg", jpeg(), "image/jpeg")}),
    ]
    assert [(each.status_code, each.headers["retry-after"]) for each in late] == [(503, "5")] * 2
    assert all(NOTHING_LOST in each.text or "réessayez" in each.text for each in late)
    assert nadia.get(f"/coops/{COOP}/").status_code == 200
    assert nadia.api("POST", f"/api/coops/{COOP}/contributions", b'{"cents": 1}').status_code in (201, 409, 400)
    read.set()
    assert reading.result()
    monkeypatch.undo()
    assert nadia.api("POST", f"/api/coops/{COOP}/photos", jpeg()).status_code == 201

"""The page "Véhicules" for a two-hour slot: beside a page of plain cards, and beside itself with a whole country."""

from datetime import UTC, datetime, timedelta
from statistics import median
from urllib.parse import quote

import httpx

from api.site import Site
from tests.bench.country import settle_country
from tests.bench.figures import Figure
from tests.bench.load import Measured, Request, hammer, request
from tests.bench.server import PRODUCT, serving
from tests.bench.world import COOP, World, live, make_world, settings

SECONDS = 4
MONTHS = 18
COMPRESSED = {"Accept-Encoding": "gzip"}


def measure_page(database: str, url: str) -> list[Figure]:
    """Return the page's rate as a ratio to eighteen plain cards of one statement, as a phone asks for both."""
    world = _village(url)
    with serving(PRODUCT, url) as (port, _):
        page = httpx.get(f"http://127.0.0.1:{port}{_path()}", headers=_cookies(world)).raise_for_status()
        hammer(port, _page(world), 1, 200)
        shown = hammer(port, _page(world), SECONDS, 200)
    with serving("tests.bench.baselines:plain", url) as (port, _):
        hammer(port, _cards, 1, 200)
        cards = hammer(port, _cards, SECONDS, 200)
    figure = Figure(
        what=f"page Véhicules, {len(page.content) / 1000:.0f} kB, 18 months" + _faults(shown),
        database=database,
        measured=f"{shown.rate:.0f}/s",
        baseline=f"{cards.rate:.0f}/s plain cards",
        ratio=shown.rate / cards.rate,
        reach=1 / 9,
        better="more",
        why="half of it is drawing by templates, a third making objects of what eleven statements answer; what would "
        "help is keeping the cards drawn, by what the garage last changed",
    )
    return [figure]


def measure_country(database: str, url: str, vehicles: int, bookings: int) -> list[Figure]:
    """Return the page's time with a country's fleet in the read model, as a ratio to its time with a village's."""
    world = _village(url)
    with serving(PRODUCT, url) as (port, _):
        small = _alone(port, world)
    site = Site(settings(url))
    settle_country(site, world.vehicles, vehicles, bookings)
    site.engine.dispose()
    with serving(PRODUCT, url) as (port, _):
        large = _alone(port, world)
    figure = Figure(
        what=f"page Véhicules, {vehicles} vehicles, {bookings / 1e6:.2f} M bookings",
        database=database,
        measured=f"{large * 1000:.1f} ms",
        baseline=f"{small * 1000:.1f} ms with 18 vehicles",
        ratio=large / small,
        reach=3,
        better="less",
    )
    return [figure]


def _village(url: str) -> World:
    site = Site(settings(url))
    world = make_world(site)
    live(site, world, MONTHS)
    site.engine.dispose()
    return world


def _alone(port: int, world: World) -> float:
    hammer(port, _page(world), 2, 200, clients=1)
    return median(hammer(port, _page(world), SECONDS, 200, clients=1).latencies)


def _page(world: World) -> Request:
    asked = request("GET", _path(), _cookies(world) | COMPRESSED)
    return lambda _: asked


def _path() -> str:
    start = datetime.now(UTC) + timedelta(days=3)
    hours = f"start={quote(start.isoformat())}&end={quote((start + timedelta(hours=2)).isoformat())}"
    return f"/coops/{COOP}/availability?{hours}"


def _cookies(world: World) -> dict[str, str]:
    return {"Cookie": f"session={world.tokens[0]}; lang=fr"}


def _cards(_: int) -> bytes:
    return request("GET", "/bench/cards", COMPRESSED)


def _faults(shown: Measured) -> str:
    return f" ({shown.refused} not shown)" if shown.refused else ""

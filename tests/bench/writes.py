"""Booking over HTTP beside one bare append over HTTP, both by sixteen clients on the same server.

The append is frozen: what the log gains is not taken off the ratio. Each driver books as many hours as a member may
have ahead of her, so that counting them costs what it costs members.
"""

from itertools import count
from uuid import uuid4

import msgspec

from api.site import Site
from tests.bench.figures import Figure, percentile
from tests.bench.load import Measured, Request, hammer, request, together
from tests.bench.server import serving
from tests.bench.world import ACTIVE, COOP, World, make_world, settings, slot

SECONDS = 2
ROUNDS = 5  # the first is to warm up
MOST_A_SECOND = 700  # bookings: enough drivers for so many, or they would be refused


def measure_writes(database: str, url: str) -> list[Figure]:
    """Return the rate and the p99 of bookings, as ratios to bare appends."""
    site = Site(settings(url))
    world = make_world(site, drivers=ROUNDS * SECONDS * MOST_A_SECOND // ACTIVE)
    site.engine.dispose()
    with serving("tests.bench.application:application", url) as (port, _):
        bookings, slots = _bookings(world), count()
        appends, bookeds = [], []
        for _ in range(ROUNDS):  # by turns, for the machine's own pace changes
            appends.append(hammer(port, lambda _: request("POST", "/api/bench/append", {}), SECONDS, 201))
            bookeds.append(hammer(port, lambda _: bookings(next(slots)), SECONDS, 201))
    booked, appended = together(bookeds[1:]), together(appends[1:])
    return [_rate(database, booked, appended), _tail(database, booked, appended)]


def _bookings(world: World) -> Request:
    def make(number: int) -> bytes:
        headers = {
            "Authorization": f"Bearer {world.tokens[number % len(world.tokens)]}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        body = msgspec.json.encode(slot(number, world.vehicles))
        return request("POST", f"/api/coops/{COOP}/bookings", headers, body)

    return make


def _rate(database: str, booked: Measured, appended: Measured) -> Figure:
    return Figure(
        what="POST a booking, rate" + (f" ({booked.refused} refused)" if booked.refused else ""),
        database=database,
        measured=f"{booked.rate:.0f}/s",
        baseline=f"{appended.rate:.0f}/s bare appends" + (f" ({appended.refused} refused)" if appended.refused else ""),
        ratio=booked.rate / appended.rate,
        reach=1 / 3,
        better="more",
        why="a booking needs some ten statements where the append has three, and Python makes objects of their rows",
    )


def _tail(database: str, booked: Measured, appended: Measured) -> Figure:
    slow, bare = percentile(booked.latencies, 0.99), percentile(appended.latencies, 0.99)
    return Figure(
        what="POST a booking, p99",
        database=database,
        measured=f"{slow * 1000:.1f} ms",
        baseline=f"{bare * 1000:.1f} ms",
        ratio=slow / bare,
        reach=4,
        better="less",
        why="whoever comes last waits for the fifteen before her, and each takes as long as the rate above says",
    )

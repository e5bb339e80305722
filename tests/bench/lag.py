"""From a trip's end in the log to its charge: how long a member waits for the price of her trip."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.site import Site
from booking.trip import trip_id
from kernel.log.mapper import EventMapper
from ledger.entries.causes.trip import charge_id
from tests.bench.figures import Figure, percentile
from tests.bench.server import PRODUCT, serving
from tests.bench.world import COOP, World, make_world, settings, slot

TRIPS = 120
KM = 20  # of each: few enough to look odd to nobody
BAR_SECONDS = 0.1
MOST_SECONDS = 30
POLL_SECONDS = 0.004  # who waits for a page does not ask for it without a breath


def measure_lag(database: str, url: str) -> list[Figure]:
    """Return the p99 from the instant a `TripEnded` bears, which is before it is stored, until its charge is read."""
    site = Site(settings(url))
    world = make_world(site)
    with (
        serving(PRODUCT, url) as (port, _),
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        read = dict(_trip(client, world, number) for number in range(TRIPS))
    slow = percentile(((at - _ended(site, trip)).total_seconds() for trip, at in read.items()), 0.99)
    site.engine.dispose()
    figure = Figure(
        what="from TripEnded to its charge, p99",
        database=database,
        measured=f"{slow * 1000:.0f} ms",
        baseline=f"{BAR_SECONDS * 1000:.0f} ms",
        ratio=slow / BAR_SECONDS,
        reach=1,
        better="less",
        why="the follower was at something else when the trip ended",
    )
    return [figure]


def _ended(site: Site, trip: UUID) -> datetime:
    stored = site.history.log.select_events(trip, desc=True, limit=1)
    return EventMapper().to_domain_event(stored[0]).recorded_at


def _trip(client: httpx.Client, world: World, number: int) -> tuple[UUID, datetime]:
    """Book, take and return; return the trip and when its charge was read."""
    booking_id = UUID(_post(client, world, number, "bookings", slot(number, world.vehicles))["id"])
    now, shown = datetime.now(UTC), 10_000 + KM * (number // len(world.vehicles))
    over = now + timedelta(milliseconds=1)  # before the vehicle's next trip
    taken = {"taken_at": now.isoformat(), "odometer_km": shown, "level_percent": 80}
    back = {"returned_at": over.isoformat(), "odometer_km": shown + KM, "level_percent": 70}
    _post(client, world, number, f"bookings/{booking_id}/keys", taken, Prefer="wait")  # a trip is longer than that
    _post(client, world, number, f"bookings/{booking_id}/return", back)
    given_up = time.perf_counter() + MOST_SECONDS
    entry = f"/api/coops/{COOP}/entries/{charge_id(trip_id(booking_id))}"
    while client.get(entry, headers=_signed(world, number)).status_code != 200:
        if time.perf_counter() > given_up:
            raise TimeoutError(entry)
        time.sleep(POLL_SECONDS)
    return trip_id(booking_id), datetime.now(UTC)


def _post(
    client: httpx.Client, world: World, number: int, path: str, body: dict[str, Any], **more: str
) -> dict[str, Any]:
    headers = _signed(world, number) | {"Idempotency-Key": str(uuid4()), **more}
    answer = client.post(f"/api/coops/{COOP}/{path}", json=body, headers=headers)
    answer.raise_for_status()
    done: dict[str, Any] = answer.json()
    return done


def _signed(world: World, number: int) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.tokens[number % len(world.tokens)]}"}

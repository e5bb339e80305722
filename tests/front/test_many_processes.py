"""Several processes serve one installation on PostgreSQL: what one does the others see, and nothing is done twice."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import pytest

from api.app import create_app
from booking.events import RequestExpired
from kernel.database import open_database
from kernel.log.history import History
from kernel.log.turn import take_turn
from processes import PROJECTIONS
from processes.keep_time import is_due, tick
from tests.crash.neighbours import Sent, send
from tests.crash.server import Running, eventually, start
from tests.crash.whole import charges_of, check_log, has_followed, trips_of
from tests.kit.databases import on_postgresql
from tests.kit.still_site import client_of
from tests.kit.village import COOP, NOW, Clock, Rows, StillSite, Village, put_rows, settings_of

pytestmark = on_postgresql

LATER = timedelta(hours=13)  # the owner of the Clio has twelve to answer


class Town:
    """Two servers over one database, and people with sessions on both."""

    def __init__(self, database_url: str, servers: list[Running], tokens: dict[str, str], now: float) -> None:
        self.engine = open_database(database_url)
        self.servers = servers
        self.tokens = tokens
        self.began = now

    def send(self, server: int, name: str, path: str, body: dict[str, Any], key: UUID | None = None) -> UUID:
        """Let someone send a command to one of the servers; return the id of what it did."""
        with httpx.Client(base_url=self.servers[server].address, timeout=30) as client:
            sent = Sent(key or uuid4(), f"/api/coops/{COOP}/bookings{path}", body)
            answered = send(client, self.tokens[name], sent)
        assert answered.status == 201, answered
        return UUID(answered.told["id"])

    def seen(self, server: int, name: str, booking_id: UUID) -> str:
        """Return a booking's status as one of the servers tells it."""
        address = f"{self.servers[server].address}/api/coops/{COOP}/bookings/{booking_id}"
        response = httpx.get(address, headers={"authorization": f"Bearer {self.tokens[name]}"}, timeout=30)
        assert response.status_code == 200, response.text
        return str(response.json()["status"])


@pytest.fixture
def requests(database_url: str, village_rows: Rows) -> Iterator[tuple[Village, list[UUID]]]:
    """The village with five requests to Jean that nobody answered in time."""
    village = founded(database_url, village_rows)
    first = village.now + timedelta(days=2)
    asking = cycle(("Luc", "Amina", "Paul"))
    made = [village.booked(next(asking), "Clio", first + timedelta(hours=3 * each)) for each in range(5)]
    yield village, made
    village.site.stop()


def founded(database_url: str, rows: Rows) -> Village:
    clock = Clock()
    site = StillSite(settings_of(database_url), clock)
    put_rows(site, rows)
    return Village(site, client_of(create_app(site)), clock)


@pytest.fixture
def town(database_url: str, requests: tuple[Village, list[UUID]]) -> Iterator[Town]:
    village, _ = requests
    tokens = {name: village.as_(name).token for name in ("Claire", "Nadia")}
    began = time.time() - LATER.total_seconds()
    with ThreadPoolExecutor(2) as pool:
        servers = list(pool.map(lambda _: start(database_url, began), range(2)))
    town = Town(database_url, servers, tokens, began)
    yield town
    for server in servers:
        server.kill()
    town.engine.dispose()


def test_what_one_does_the_other_sees_and_nothing_is_done_twice(
    town: Town, requests: tuple[Village, list[UUID]]
) -> None:
    _, unanswered = requests
    now = NOW + timedelta(seconds=time.time() - town.began)
    for number, (name, vehicle) in enumerate([("Nadia", "Zoé"), ("Claire", "Kangoo")] * 4):
        one, other = number % 2, (number + 1) % 2
        start = now + timedelta(minutes=number // 2)
        period = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
        body: dict[str, Any] = {"vehicle_id": str(uuid5(COOP, vehicle)), "period": period}
        booking_id = town.send(one, name, "", key=(key := uuid4()), body=body)
        assert town.seen(other, name, booking_id) == "confirmed"
        assert town.send(other, name, "", key=key, body=body) == booking_id
        drive(town, (other, one), name, booking_id, start, 10_000 + number // 2 * 10)
        assert town.seen(other, name, booking_id) == "over"
    eventually(lambda: has_followed(town.engine), "the followers do not catch up")
    eventually(lambda: {town.seen(0, "Claire", each) for each in unanswered} == {"expired"}, "nobody ticks")
    eventually(lambda: has_followed(town.engine), "the followers do not catch up")
    recorded = check_log(town.engine)
    trips, charges = trips_of(recorded), charges_of(recorded)
    assert [charges[each] for each in trips] == [1] * 8
    expired = Counter(each.stream_id for each in recorded if isinstance(each.event, RequestExpired))
    assert expired == Counter(unanswered)


def drive(town: Town, servers: tuple[int, int], name: str, booking_id: UUID, start: datetime, km: int) -> None:
    """Take the keys at one server, return at the other, and send the return again to the first."""
    taken: dict[str, Any] = {"taken_at": start.isoformat(), "odometer_km": km, "level_percent": 80}
    town.send(servers[0], name, f"/{booking_id}/keys", taken)
    back: dict[str, Any] = {
        "returned_at": (start + timedelta(seconds=30)).isoformat(),
        "odometer_km": km + 10,
        "level_percent": 70,
    }
    town.send(servers[1], name, f"/{booking_id}/return", back, key := uuid4())
    town.send(servers[0], name, f"/{booking_id}/return", back, key)


def test_one_process_at_a_time_keeps_time(requests: tuple[Village, list[UUID]], database_url: str) -> None:
    village, made = requests
    other = History(open_database(database_url), PROJECTIONS, village.site.keyring)
    later = NOW + LATER
    with take_turn(village.site.engine, "clock") as held:
        assert held is not None
        assert is_due(other, later)
        assert tick(other, later) == 0
    assert tick(other, later) == len(made)
    assert not is_due(village.site.history, later)
    other.engine.dispose()

"""The same hours asked over HTTP by everyone at the same instant: one has them, the others are told so kindly."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from itertools import cycle
from typing import Any
from uuid import uuid4, uuid5

import httpx
import pytest

from kernel.database import open_database
from kernel.log.verify import verify
from tests.crash.neighbours import Answered, Sent, send
from tests.crash.server import Running, settled, start
from tests.kit.races import at_once
from tests.kit.scale import ROUNDS_OVER_HTTP
from tests.kit.village import COOP, NOW, Rows
from tests.places.conftest import village_rows

__all__ = ["village_rows"]

DAYS = 30  # asked for in turn: whoever has one gives it back


@pytest.fixture
def tokens(database_url: str, village_rows: Rows) -> Sequence[str]:
    return settled(database_url, village_rows)


@pytest.fixture
def servers(database_url: str, tokens: Sequence[str]) -> Iterator[Sequence[Running]]:
    """One server on SQLite, two on PostgreSQL."""
    assert tokens
    running = [start(database_url, time.time()) for _ in range(1 if database_url.startswith("sqlite") else 2)]
    yield running
    for server in running:
        server.kill()


def test_of_all_who_ask_for_the_same_hours_one_has_them(
    database_url: str, tokens: Sequence[str], servers: Sequence[Running]
) -> None:
    with ExitStack() as open_until_the_end:
        clients = [  # one for each: shared among threads, a client may close what another reads
            open_until_the_end.enter_context(httpx.Client(base_url=server.address, timeout=30))
            for server, _ in zip(cycle(servers), tokens, strict=False)
        ]
        for number in range(ROUNDS_OVER_HTTP):
            start = NOW + timedelta(days=1 + number % DAYS)
            period = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
            body = {"vehicle_id": str(uuid5(COOP, "Zoé")), "period": period}
            answers = at_once(
                *(partial(ask, client, token, "", body) for client, token in zip(clients, tokens, strict=True))
            )
            [held] = [answer for answer in answers if answer.status == 201]
            refused = [answer.told["type"].rsplit("/", 1)[-1] for answer in answers if answer != held]
            assert refused == ["vehicle-taken"] * (len(tokens) - 1)
            assert ask(clients[0], held.token, f"/{held.told['id']}/cancellation", {}).status == 201
    engine = open_database(database_url)
    assert verify(engine).faults == ()
    engine.dispose()


def ask(client: httpx.Client, token: str, path: str, body: dict[str, Any]) -> Answered:
    """Send a booking's command under a key of its own."""
    return send(client, token, Sent(uuid4(), f"/api/coops/{COOP}/bookings{path}", body))

"""Neighbours who book, drive and cancel without pause over HTTP, and remember every answer they were given."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
import msgspec

from tests.crash.server import PATIENCE_SECONDS, Running, headers_of
from tests.kit.village import COOP

Step = Iterator[tuple[str, dict[str, Any]]]


class Sent(NamedTuple):
    """A command as it was sent: under which key, where to, what."""

    key: UUID
    path: str
    body: dict[str, Any]


class Answered(NamedTuple):
    """A command that was acknowledged, and the answer: its status, the id and position of what was done."""

    token: str
    sent: Sent
    status: int
    told: dict[str, Any]


class Neighbour:
    """One member with one vehicle. A command without an answer is sent again, under its key, to the next server."""

    def __init__(self, token: str, vehicle_id: UUID, clock: Callable[[], datetime], *, drives: bool) -> None:
        self.answered: list[Answered] = []
        self._token = token
        self._vehicle_id = vehicle_id
        self._clock = clock
        self._wishes = self._driving() if drives else self._changing_her_mind()
        self._unanswered: Sent | None = None
        self._odometer = 10_000
        self._last = UUID(int=0)

    def live(self, address: str, acknowledged: threading.Semaphore) -> None:
        """Send one command after the other until the server is gone."""
        with httpx.Client(base_url=address, timeout=30) as client:
            while True:
                self._unanswered = self._unanswered or self._next()
                try:
                    answer = send(client, self._token, self._unanswered)
                except httpx.TransportError:
                    return
                self.answered.append(answer)
                self._last = answer.sent.key
                self._unanswered = None
                acknowledged.release()

    def _next(self) -> Sent:
        path, body = next(self._wishes)
        return Sent(uuid4(), f"/api/coops/{COOP}/bookings{path}", body)

    def _driving(self) -> Step:
        while True:
            start = self._clock()
            yield "", self._hours(start)
            booking = f"/{self._last}"
            taken = {"taken_at": start.isoformat(), "odometer_km": self._odometer, "level_percent": 80}
            yield f"{booking}/keys", taken
            self._odometer += 1
            back = {"returned_at": self._clock().isoformat(), "odometer_km": self._odometer, "level_percent": 70}
            yield f"{booking}/return", back

    def _changing_her_mind(self) -> Step:
        while True:
            yield "", self._hours(self._clock() + timedelta(days=2)) | {"destination": "Crest, marché"}
            yield f"/{self._last}/cancellation", {}

    def _hours(self, start: datetime) -> dict[str, Any]:
        end = start + timedelta(hours=1)
        return {
            "vehicle_id": str(self._vehicle_id),
            "period": {"start": start.isoformat(), "end": end.isoformat()},
        }


@contextmanager
def living(running: Running, neighbours: Sequence[Neighbour]) -> Iterator[Callable[[int], None]]:
    """Let everyone live while something is done, until the server is killed; give what waits for so many answers."""
    count = threading.Semaphore(0)
    threads = [threading.Thread(target=neighbour.live, args=(running.address, count)) for neighbour in neighbours]
    for thread in threads:
        thread.start()

    def wait_for(acknowledged: int) -> None:
        for _ in range(acknowledged):
            assert count.acquire(timeout=PATIENCE_SECONDS)

    yield wait_for
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def send(client: httpx.Client, token: str, sent: Sent) -> Answered:
    """Send a command and return the answer; `httpx.TransportError` when none comes."""
    response = client.post(sent.path, content=msgspec.json.encode(sent.body), headers=headers_of(token, sent.key))
    answer = response.json()
    assert response.status_code < 500, answer
    kept = {name: answer[name] for name in ("id", "position", "type") if name in answer}
    return Answered(token, sent, response.status_code, kept)

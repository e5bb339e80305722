"""Somebody who asks a server for one thing after the other, whatever happens to it, and remembers every answer."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
from sqlalchemy import func, select

from api.site import Site
from kernel.database import open_database, writing
from kernel.log.remembered import commands
from people.sign_in import open_session
from tests.crash.server import Running, eventually, headers_of
from tests.crash.whole import check_log, has_followed
from tests.kit.village import COOP, NOW, person_id_of

HERE = f"/coops/{COOP}"
AT_ONCE = 5  # seconds within which whatever needs no database is answered
GOOD = {200, 201, 409}
WRITES = {"Claire": False, "Nadia": False, "Jean": True, "Paul": True}


class Answer(NamedTuple):
    """What somebody was told."""

    status: int
    headers: Mapping[str, str]


class Somebody:
    """Asks for one thing after the other, and remembers every answer; what was not done is sent again."""

    def __init__(self, address: str, token: str, *, writes: bool) -> None:
        self.answers: list[Answer] = []
        self.given: list[UUID] = []
        self._address = address
        self._token = token
        self._writes = writes
        self._gone = threading.Event()
        self.thread = threading.Thread(target=self._live, daemon=True)

    def leave(self) -> None:
        self._gone.set()
        self.thread.join(90)

    def good(self) -> int:
        """Return how many answers were good."""
        return sum(answer.status in GOOD for answer in self.answers)

    def _live(self) -> None:
        with httpx.Client(base_url=self._address, timeout=90) as client:
            for number in count(1):
                if self._gone.is_set():
                    return
                self._give(client, number) if self._writes else self._look(client)

    def _look(self, client: httpx.Client) -> None:
        for path in (f"{HERE}/community", f"{HERE}/accounts"):
            self._heard(client.get(path, headers={"cookie": f"session={self._token}"}))

    def _give(self, client: httpx.Client, cents: int) -> None:
        key, status = uuid4(), 0
        while status not in GOOD and not self._gone.is_set():
            asked = client.post(
                f"/api{HERE}/contributions", json={"cents": cents}, headers=headers_of(self._token, key)
            )
            status = self._heard(asked)
        if status == 201:
            self.given.append(key)

    def _heard(self, response: httpx.Response) -> int:
        self.answers.append(Answer(response.status_code, response.headers))
        return response.status_code


def sessions(site: Site) -> dict[str, str]:
    """Let each of them sign in; return their sessions' secrets by name."""
    with writing(site.engine) as connection:
        return {name: open_session(connection, person_id_of(name), uuid4(), "phone", NOW) for name in WRITES}


def everyone(running: Running, tokens: Mapping[str, str]) -> list[Somebody]:
    """Let everyone ask and write, until each was answered a few times."""
    people = [Somebody(running.address, token, writes=WRITES[name]) for name, token in tokens.items()]
    for somebody in people:
        somebody.thread.start()
    all_are_answered(people)
    return people


def all_are_answered(people: Sequence[Somebody]) -> None:
    """Wait until each was answered well a few times more."""
    before = [each.good() for each in people]
    eventually(
        lambda: all(each.good() > 5 + was for each, was in zip(people, before, strict=True)), "nobody is answered"
    )


def health(running: Running) -> Any:
    response = httpx.get(f"{running.address}/health", timeout=AT_ONCE)
    return response.status_code, response.json()["status"], response.json().get("failing", [])


def check_kind(answer: Answer, status: int = 503) -> None:
    """Check that who is told to come back is told when, under every header there is."""
    assert answer.status == status
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


def check_nothing_lost(url: str, people: list[Somebody]) -> None:
    """Check that what was acknowledged is there, once, and the log and what follows from it are whole."""
    engine = open_database(url)
    eventually(lambda: has_followed(engine), "the followers do not catch up")
    given = [key for each in people for key in each.given]
    assert len(given) > 10
    with engine.connect() as connection:
        known = select(func.count()).select_from(commands).where(commands.c.command_id.in_(given))
        assert connection.execute(known).scalar_one() == len(given)
    recorded = Counter(logged.command_id for logged in check_log(engine))
    assert {recorded[key] for key in given} == {1}
    engine.dispose()

"""Les Voisins du Diois in November 2026: nine neighbours, each with a program, and a clock that the story winds."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from sending.outbox import KeptLetter, kept_letters
from tests.kit.still_site import send_all
from tests.kit.village import Clock, StillSite
from tests.places.month.program import Program, done

ZONE = ZoneInfo("Europe/Paris")


def hours(day: int, start: int, end: int, month: int = 11) -> dict[str, str]:
    """Return hours of one day by the village's clocks."""
    first, last = (datetime(2026, month, day, hour, tzinfo=ZONE) for hour in (start, end))
    return {"start": first.isoformat(), "end": last.isoformat()}


class Neighbours:
    """Who is there, what time it is, and the ids of members and vehicles by name. `here` is the co-op's address."""

    def __init__(self, site: StillSite, client: TestClient[Litestar], clock: Clock) -> None:
        self.site = site
        self.here = ""
        self.ids: dict[str, str] = {}
        self.programs: dict[str, Program] = {}
        self._client = client
        self._clock = clock

    @property
    def purse(self) -> str:
        """The co-op's own account, which is its id."""
        return self.here.removeprefix("/coops/")

    def at(self, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
        """Let time pass until an hour of the village's clocks; what is due then is done, and what follows from it."""
        self._clock.now = datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)
        self.site.keep_time()
        self.site.follower.catch_up()

    def program(self, token: str = "") -> Program:
        """Return a program with a session, or with none."""
        return Program(self._client, token)

    def letters_to(self, name: str) -> list[KeptLetter]:
        """Let the letters leave; return those to someone in the local mailbox, newest first."""
        send_all(self.site)
        with self.site.reading() as connection:
            return [letter for letter in kept_letters(connection, 1000) if letter.address == address_of(name)]

    def ask(self, name: str, path: str) -> Any:
        """Let a member ask something of her co-op."""
        return self.programs[name].ask(self.here + path)

    def send(
        self, name: str, path: str, body: object = None, *, key: UUID | None = None, method: str = "POST"
    ) -> Response:
        """Let a member send a command to her co-op; return the very answer."""
        return self.programs[name].send(method, self.here + path, body, key)

    def do(self, name: str, path: str, body: object = None, *, method: str = "POST") -> str:
        """Let a member do something in her co-op; return the id of what was created or changed."""
        return done(self.send(name, path, body, method=method))

    def photograph(self, name: str, picture: bytes) -> str:
        """Let a member send a photo; return its id."""
        return self.programs[name].send_picture(f"{self.here}/photos", picture)

    def file(self, name: str, content: bytes) -> str:
        """Let a member send a paper's photo or PDF; return its id."""
        return self.programs[name].send_picture(f"{self.here}/papers", content)

    def balances(self) -> dict[str, int]:
        """Return every account's cents by its id, as anyone reads them; all lines ever sum to zero."""
        standing = self.ask("Claire", "/balances")
        cents = {row["account"]: row["cents"] for row in standing["items"]}
        assert standing["total_cents"] == sum(cents.values()) == 0
        return cents


def address_of(name: str) -> str:
    """Return someone's mail address."""
    return f"{name.lower()}@example.org"

"""A hostile hour: anyone sends anything to any way in, by chance that a seed repeats."""

import random
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
import msgspec

from tests.front.bodies import body_for, fields_of, whole_body, with_value
from tests.front.naughty import FAR_DATES, FAR_DAYS, OUT_OF_BOUNDS, STRANGE, UNSTORABLE, WRONG_KINDS
from tests.front.visitor import Visitor
from tests.front.ways import WAYS, Way

TEXTS = (*UNSTORABLE, *STRANGE, *FAR_DATES, *FAR_DAYS, "x" * 20_000)
VALUES: tuple[Any, ...] = (*TEXTS, *OUT_OF_BOUNDS, *(value for values in WRONG_KINDS.values() for value in values))
HEADERS = ("accept-language", "idempotency-key", "if-none-match", "prefer", "range", "referer", "x-forwarded-for")
NAMES = (
    "after",
    "limit",
    "q",
    "start",
    "end",
    "month",
    "next",
    "commune",
    "vehicle_id",
    "parameter",
    "since",
    "known_at",
)
JOINING = ("join", "accept", "accept_invitation", "come_in", "open_session", "step_in", "start", "start_coop")
LEAVING = ("sign_out", "sign_out_device", "close_session", "close_this_session", "leave_coop", "erase_member")
"""What would make another of who asks: afterwards nobody could say what is told to whom."""

USED = [way for way in WAYS if way.name.rsplit(".", 1)[-1] not in (*JOINING, *LEAVING)]


class Person(NamedTuple):
    """Someone, with the token of her session (empty: nobody), and the ids of what is hers."""

    name: str | None
    token: str
    ids: dict[str, str]


class Hostile:
    """Asks, one request after the other, what chance says."""

    def __init__(self, people: Sequence[Person], seed: int) -> None:
        self._people = people
        self._chance = random.Random(seed)

    def ask(self, client: httpx.Client) -> tuple[Person, Way, httpx.Response]:
        """Send one request; return who sent it where, and the answer."""
        person, way = self._chance.choice(self._people), self._chance.choice(USED)
        headers = self._headers(person, way)
        cookies = {"session": person.token} if person.token and not way.is_api else {}
        content = self._content(way, person) if way.method != "GET" else {}
        if not way.is_api and way.method != "GET":
            cookies["csrftoken"] = content["data"]["_csrf_token"]
        sent = headers | ({"cookie": "; ".join(map("=".join, cookies.items()))} if cookies else {})
        return person, way, client.request(way.method, self._address(way, person), headers=sent, **content)

    def _address(self, way: Way, person: Person) -> str:
        ids = dict(person.ids)
        if self._chance.random() < 0.3:
            ids |= {name: self._chance.choice([*ids.values(), str(UUID(int=404)), "no id", *STRANGE]) for name in ids}
        asked = {
            self._chance.choice(NAMES): self._chance.choice(TEXTS) for _ in range(self._chance.choice((0, 0, 1, 2)))
        }
        query = "&".join(f"{name}={quote(text, errors='replace')}" for name, text in asked.items())
        return "?".join(filter(None, (quote(way.to(ids), errors="replace"), query)))

    def _headers(self, person: Person, way: Way) -> dict[str, str]:
        headers = {"idempotency-key": str(uuid4())}
        if self._chance.random() < 0.2:
            text = self._chance.choice(STRANGE).encode("ascii", "ignore").decode()
            headers[self._chance.choice(HEADERS)] = "".join(filter(str.isprintable, text)).strip()
        return headers | ({"authorization": f"Bearer {person.token}"} if person.token and way.is_api else {})

    def _content(self, way: Way, person: Person) -> dict[str, Any]:
        if way.is_api:
            return {"content": self._json(way, person)}
        named = {name: person.ids[name] for name in person.ids if name.endswith("_id")}
        body = taken_by_programs(way)
        typed = {
            name: self._chance.choice(TEXTS) for name in ("email", "name", *(body.__struct_fields__ if body else ()))
        }
        return {"data": named | typed | {"understood": "yes", "_csrf_token": Visitor.csrf_token()}}

    def _json(self, way: Way, person: Person) -> bytes:
        described = way.route.described
        if described is None or described.body in (None, bytes) or self._chance.random() < 0.1:
            return self._chance.choice(TEXTS).encode(errors="replace")
        fields = list(fields_of(described))
        body = body_for(described, person.ids)
        if fields and self._chance.random() < 0.8:
            place, _, _ = self._chance.choice(fields)
            body = with_value(body, place, self._chance.choice(VALUES), whole_body(described, person.ids))
        return msgspec.json.encode(body)


def taken_by_programs(way: Way) -> Any:
    """Return the type of what a form's act carries out, where programs have a door to it too."""
    twin = next((other for other in WAYS if other.path == f"/api{way.path}" and other.method != "GET"), None)
    return twin.route.described.body if twin and twin.route.described else None

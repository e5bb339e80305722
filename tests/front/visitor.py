"""Someone at the front door who looks at the very answer, follows nothing, and remembers only what she is told to."""

from typing import Any
from uuid import uuid4

from httpx import Response
from litestar import Litestar
from litestar.middleware.csrf import generate_csrf_token
from litestar.testing import TestClient
from sqlalchemy import select

from api.app import FORMS
from kernel.privacy import Keyring
from people.person import people
from people.sign_in import sessions
from tests.front.ways import Way
from tests.kit.databases import SECRET
from tests.kit.village import Village

Client = TestClient[Litestar]

PEOPLE = ("Sacha", "Olga", "Luc", "Nadia", "Amina", "Paul", "Jean", "Claire")


class Visitor:
    """A session of one person (or none), used from a browser or a program."""

    def __init__(self, client: Client, token: str = "") -> None:
        self._client = client
        self._token = token

    def get(self, address: str, **headers: str) -> Response:
        """Ask a page or, under `/api`, a question."""
        return self._send("GET", address, headers)

    def post(
        self,
        address: str,
        fields: dict[str, Any] | None = None,
        *,
        csrf: str | None = None,
        referer: str = "",
        **more: Any,
    ) -> Response:
        """Send a form with its CSRF token, whose cookie is another one when `csrf` says so."""
        sent = {"_csrf_token": self.csrf_token(), "command_id": str(uuid4())} | (fields or {})
        cookies = dict.fromkeys(("csrftoken", "__Host-csrftoken"), sent["_csrf_token"] if csrf is None else csrf)
        return self._send("POST", address, {"referer": referer} if referer else {}, cookies, data=sent, **more)

    def api(self, method: str, address: str, content: bytes = b"{}", **headers: str) -> Response:
        """Send a program's command: JSON as it is."""
        sent = {"idempotency-key": str(uuid4()), "content-type": "application/json"}
        return self._send(
            method, address, sent | {name.replace("_", "-"): text for name, text in headers.items()}, content=content
        )

    def exactly(self, method: str, address: str, content: bytes, headers: dict[str, str]) -> Response:
        """Send a program's request with these headers and the sign-in only."""
        return self._send(method, address, headers, content=content)

    def exactly_form(
        self, address: str, fields: dict[str, Any], headers: dict[str, str], *, valid: bool = False, **more: Any
    ) -> Response:
        """Send a form with these headers, and a token that is not the one of her cookie unless it is `valid`."""
        sent = {"_csrf_token": self.csrf_token(), "command_id": str(uuid4())} | fields
        token = sent["_csrf_token"] if valid else self.csrf_token()
        cookies = dict.fromkeys(("csrftoken", "__Host-csrftoken"), token)
        return self._send("POST", address, {"accept-language": "en"} | headers, cookies, data=sent, **more)

    def use(self, way: Way, address: str, content: Any = None) -> Response:
        """Use a way in: with a form's fields, a program's body, or as little as possible."""
        if way.method == "GET":
            return self.get(address)
        return self.api(way.method, address, content or b"{}") if way.is_api else self.post(address, content)

    @staticmethod
    def csrf_token() -> str:
        """Return a token as a page gives one, for the village's secret."""
        return generate_csrf_token(Keyring(SECRET).key_for(FORMS).hex())

    def _send(
        self, method: str, address: str, headers: dict[str, str], cookies: dict[str, str] | None = None, **sent: Any
    ) -> Response:
        self._client.cookies.clear()
        said = {"accept-language": "en"} | headers
        cookies = dict(cookies or {})
        if self._token and address.startswith("/api/"):
            said["authorization"] = f"Bearer {self._token}"
        elif self._token:
            cookies["session"] = self._token
        if "cookie" in said:
            cookies |= dict([said["cookie"].split("=", 1)])
        if cookies:
            said["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return self._client.request(method, address, headers=said, follow_redirects=False, **sent)


def position(village: Village) -> int:
    """Return how many events there are."""
    return village.site.history.log.max_notification_id() or 0


def stands(village: Village) -> object:
    """Return what may be changed at the front door: the log's length, who is known and signed in."""
    with village.site.reading() as connection:
        rows = [sorted(map(repr, connection.execute(select(table)))) for table in (people, sessions)]
    return position(village), rows


def visit(village: Village, name: str | None) -> Visitor:
    """Return someone of the village, signed in, or nobody in particular."""
    return Visitor(village.client, village.as_(name).token if name else "")

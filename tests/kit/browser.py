"""Someone at the front door: a browser with its own cookies, or a program with a bearer token."""

import html
import re
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import msgspec
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

MOST_REDIRECTS = 5


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: where one stands after redirects, its status, its HTML, and its text as read (plain spaces)."""

    path: str
    status: int
    html: str
    text: str
    headers: Mapping[str, str]
    content: bytes = b""

    def json(self) -> Any:
        """Return the body of a program's answer."""
        return msgspec.json.decode(self.content)

    @property
    def code(self) -> str:
        """The stable name of the refusal a program was told."""
        return str(self.json()["type"]).rsplit("/", 1)[-1]


class Browser:
    """Asks pages and sends forms as a person does; `api` asks as a program with the same session."""

    def __init__(self, client: TestClient[Litestar], token: str = "", lang: str = "en") -> None:
        self._client = client
        self.token = token
        self.cookies = {"session": token} if token else {}
        self.headers = {"accept-language": lang, "user-agent": "Firefox on Android"}

    def get(self, path: str) -> Seen:
        """Open a page, following redirects."""
        return self._followed("GET", path)

    def post(self, path: str, files: Any = None, **fields: Any) -> Seen:
        """Send a form (a fresh `command_id` unless given; a list for a name that comes several times); follow."""
        if "csrftoken" not in self.cookies:
            self.get("/offline")
        sent = {"_csrf_token": self.cookies["csrftoken"], "command_id": str(uuid4())}
        sent |= {name: _as_sent(value) for name, value in fields.items() if value is not None}
        pictures = {name: (f"{name}.jpg", content, "image/jpeg") for name, content in (files or {}).items()}
        return self._followed("POST", path, data=sent, files=pictures or None)

    def api(self, method: str, path: str, body: object = None, key: UUID | None = None) -> Seen:
        """Ask as a program under `/api`: `body` is JSON, `key` the Idempotency-Key (a fresh one unless given)."""
        headers = {"accept-language": "en"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        if method != "GET":
            headers |= {"idempotency-key": str(key or uuid4()), "content-type": "application/json"}
        content = None if body is None else msgspec.json.encode(body)
        return _seen(f"/api{path}", self._client.request(method, f"/api{path}", content=content, headers=headers))

    def _followed(self, method: str, path: str, **sent: Any) -> Seen:
        for _ in range(MOST_REDIRECTS):
            response = self._send(method, path, **sent)
            if response.status_code not in (303, 308):
                return _seen(path, response)
            where = urlsplit(response.headers["location"])
            path = where.path + (f"?{where.query}" if where.query else "")
            method, sent = "GET", {}
        raise AssertionError(f"sent round and round, last to {path}")

    def _send(self, method: str, path: str, **sent: Any) -> Response:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = self.headers | ({"cookie": cookie} if cookie else {})
        self._client.cookies.clear()
        response = self._client.request(method, path, headers=headers, follow_redirects=False, **sent)
        for line in response.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.coded_value
        self.token = self.cookies.get("session", "")
        return response


def _as_sent(value: object) -> Any:
    return [str(item) for item in value] if isinstance(value, list) else str(value)


def _seen(path: str, response: Response) -> Seen:
    body = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", response.text)
    text = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(a|strong|time)\b[^>]*>", "", body)))
    return Seen(
        path=path,
        status=response.status_code,
        html=response.text,
        text=" ".join(text.split()),
        headers=response.headers,
        content=response.content,
    )

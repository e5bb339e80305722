"""A neighbour's own program: JSON in and out, her bearer token, each answer given once what follows has followed."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient


class Program:
    """Asks and commands under `/api` with one session, or with none."""

    def __init__(self, client: TestClient[Litestar], token: str = "") -> None:
        self._client = client
        self._sent = {"accept-language": "fr"} | ({"authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str) -> Response:
        """Ask a question; return the very answer."""
        return self._client.get(f"/api{path}", headers=self._sent)

    def ask(self, path: str) -> Any:
        """Ask a question that is answered; return what the JSON says."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, method: str, path: str, body: object = None, key: UUID | None = None) -> Response:
        """Send a command's JSON under a key (a fresh one unless given); return the very answer."""
        return self._send(method, path, msgspec.json.encode(body or {}), "application/json", key)

    def send_picture(self, path: str, picture: bytes) -> str:
        """Send a photo as a phone made it; return the id it is kept under."""
        kept = self._send("POST", path, picture, "image/jpeg", None)
        assert kept.status_code == 201, kept.text
        return str(kept.json()["photo_id"])

    def _send(self, method: str, path: str, content: bytes, kind: str, key: UUID | None) -> Response:
        headers = {"idempotency-key": str(key or uuid4()), "content-type": kind, "prefer": "wait"}
        return self._client.request(method, f"/api{path}", content=content, headers=self._sent | headers)


def done(answer: Response) -> str:
    """Return the id of what a command created or changed, all that follows having followed."""
    assert answer.status_code == 201, answer.text
    accepted = answer.json()
    assert accepted["settled"] is True
    return str(accepted["id"])


def refused(answer: Response) -> tuple[int, str]:
    """Return the status and the code of a refusal, told as RFC 9457 has it."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["detail"]
    return answer.status_code, problem["type"].removeprefix("/api/problems/")


def plain(text: str) -> str:
    """Return a sentence with plain spaces where French typography has its own."""
    return " ".join(text.split())

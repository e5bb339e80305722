"""A village's post office, and the mail server it hands its letters to."""

import asyncio
import email
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.policy import default
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from msgspec.structs import replace
from sqlalchemy import select

from api.speech.letters import Postman
from sending.outbox import outbox
from tests.kit.still_site import send_all
from tests.kit.village import Village

if TYPE_CHECKING:
    from email.message import Message

HOST = "127.0.0.1"
SOON = 5.0  # seconds


class Sink:
    """A mail server's end: keeps what arrives, or says `answer` to it."""

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.recipients: list[str] = []
        self.encrypted: list[bool] = []
        self.answer = "250 OK"
        self.goodbye = "221 Bye"
        self.slow: tuple[str, ...] = ()
        self.waits, self.goes_on = threading.Event(), threading.Event()

    async def handle_QUIT(self, *_: object) -> str:  # noqa: N802 - the library's name
        return self.goodbye

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        if not {*envelope.rcpt_tos}.isdisjoint(self.slow):
            self.waits.set()
            await asyncio.get_running_loop().run_in_executor(None, self.goes_on.wait, SOON)
        if self.answer.startswith("250"):
            self.arrived.append(email.message_from_bytes(envelope.content, policy=default))
            self.recipients.extend(envelope.rcpt_tos)
            self.encrypted.append(session.ssl is not None)
        return self.answer


class Post:
    """A village's post office: a mail server that can be up or down, and the hour of the post."""

    def __init__(self, village: Village, port: int) -> None:
        self.village = village
        self.sink = Sink()
        self.url = f"smtp://{HOST}:{port}"
        self.port = port

    @contextmanager
    def up(self, **how: Any) -> Iterator[None]:
        """Let the mail server listen meanwhile."""
        controller = Controller(self.sink, hostname=HOST, port=self.port, **how)
        controller.start()
        try:
            yield
        finally:
            controller.stop()

    def leaves(self, **minutes: float) -> int:
        """Let some time pass, then send what waits; return how many letters left."""
        site, waited = self.village.site, len(self.waits())
        self.village.clock.now += timedelta(**minutes)
        settings = replace(site.settings, smtp_url=self.url, mail_from="Les voisins <nous@example.org>")
        site.postman = Postman(settings, site.engine, self.village.clock)
        send_all(site)
        return waited - len(self.waits())

    def waits(self) -> list[tuple[int, Any]]:
        """Return, of each letter in the outbox, how often it was tried and when it will be again."""
        with self.village.site.reading() as connection:
            return [(row.attempts, row.next_at) for row in connection.execute(select(outbox))]

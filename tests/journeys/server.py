"""The real application on a port of this machine, with its own threads, on a clock that the test winds."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server

from api.app import create_app
from api.settings import Settings
from api.site import Site
from processes.keep_time import is_due
from tests.kit.databases import prepared
from tests.kit.servers import free_port
from tests.kit.village import Clock

PATIENCE_SECONDS = 20


class WoundSite(Site):
    """A site as it always runs and waits, whose clock shows what the test says."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self.wound = clock

    def wind(self, now: datetime) -> None:
        """Let time pass until `now`, and do all that is due then and what follows from it."""
        self.wound.now = now
        self.rest()
        while is_due(self.history, now):
            self.keep_time()
            self.rest()

    def rest(self) -> None:
        """Wait until the followers have followed everything there is."""
        position = 0
        while position != (position := self.history.log.max_notification_id() or 0):
            assert self.follower.has_followed(position, PATIENCE_SECONDS), f"stuck before {position}"


@contextmanager
def serving(database_url: str, clock: Clock) -> Iterator[WoundSite]:
    """Serve a database of this machine until the end; the site knows its own address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = Settings(database_url=prepared(database_url), secret=bytes(range(32)), base_url=address, demo=True)
    site = WoundSite(settings, clock)
    server = _Serving(site, port)
    server.start()
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=10)) as client:
            client.get(f"{address}/health").raise_for_status()
        yield site
    finally:
        server.end()


class _Serving(threading.Thread):
    def __init__(self, site: Site, port: int) -> None:
        super().__init__(daemon=True)
        self._site, self._port = site, port
        self._serving = threading.Event()

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        app = create_app(self._site)
        self._server = Server(app, port=self._port, interface=Interfaces.ASGI, log_enabled=False)
        self._loop = asyncio.get_running_loop()
        self._serving.set()
        await self._server.serve()

    def end(self) -> None:
        self._serving.wait(PATIENCE_SECONDS)
        self._loop.call_soon_threadsafe(self._server.stop)
        self.join(PATIENCE_SECONDS)

"""A real server over HTTP that a test starts at once, as often as it likes, and kills without warning."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from uuid import UUID

import httpx
import msgspec
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from api.app import create_app
from api.receiving import Received
from api.site import Site
from tests.kit.processes import forking
from tests.kit.servers import free_port
from tests.kit.still_site import client_of
from tests.kit.village import MEMBERS, NOW, Clock, Rows, StillSite, Village, put_rows, settings_of

BEGAN = "VOISITURE_TEST_BEGAN"
DATABASE = "VOISITURE_TEST_DATABASE"
PATIENCE = "VOISITURE_TEST_PATIENCE"
PATIENCE_SECONDS = 30


class Running(msgspec.Struct, frozen=True):
    """A server that runs: where it listens, and the process to kill."""

    address: str
    process: BaseProcess

    def kill(self) -> None:
        """Kill it and its worker where they stand: nothing is closed, nothing is said. Killed once, it stays so."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.join(PATIENCE_SECONDS)


def clock_since(began: float) -> Callable[[], datetime]:
    """Return a clock that showed the village's hour at `began` (seconds of the system's clock) and runs since."""
    return lambda: NOW + timedelta(seconds=time.time() - began)


def settled(database_url: str, rows: Rows) -> list[str]:
    """Let the village live in a database; return a session of each of its members."""
    site = StillSite(settings_of(database_url), clock := Clock())
    put_rows(site, rows)
    village = Village(site, client_of(create_app(site)), clock)
    found = [village.session(name) for name in MEMBERS]
    site.stop()
    return found


def start(database_url: str, began: float, patience: float = Received.patience_seconds) -> Running:
    """Start a server, which waits `patience` seconds for a body to come, and wait until it answers."""
    port = free_port()
    process = forking().Process(target=_serve, args=(database_url, began, patience, port))
    process.start()
    running = Running(f"http://127.0.0.1:{port}", process)
    eventually(lambda: _answers(running), "the server does not answer")
    return running


def eventually(condition: Callable[[], bool], otherwise: str) -> None:
    """Wait until a condition holds; an error that says `otherwise` after half a minute."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until, otherwise
        time.sleep(0.01)


def application() -> object:
    """Return the application, in the server's own process."""
    clock = clock_since(float(os.environ[BEGAN]))
    Received.patience_seconds = float(os.environ[PATIENCE])
    return create_app(Site(settings_of(os.environ[DATABASE]), clock))


def headers_of(token: str, key: UUID) -> dict[str, str]:
    """Return what a member's program sends beside a command."""
    return {"authorization": f"Bearer {token}", "idempotency-key": str(key), "content-type": "application/json"}


def _serve(database_url: str, began: float, patience: float, port: int) -> None:
    os.setsid()
    os.environ |= {DATABASE: database_url, BEGAN: str(began), PATIENCE: str(patience)}
    multiprocessing.set_start_method("fork", force=True)
    threading.Thread(target=_end_with_the_test, daemon=True).start()
    Granian(
        "tests.crash.server:application",
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        log_access=False,
        log_level=LogLevels.error,
    ).serve()


def _end_with_the_test() -> None:
    """Leave no server behind when the test itself is interrupted."""
    if test := multiprocessing.parent_process():
        test.join()
        os.killpg(0, signal.SIGKILL)


def _answers(running: Running) -> bool:
    assert running.process.is_alive(), "the server ended by itself"
    try:
        return httpx.get(f"{running.address}/health").status_code == 200
    except httpx.TransportError:
        return False

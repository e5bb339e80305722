"""Granian serving an application in a process of its own, as `voisiture serve` does."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.world import SECRET
from tests.kit.servers import free_port

PRODUCT = "api.app:application"


@contextmanager
def serving(factory: str, database_url: str) -> Iterator[tuple[int, int]]:
    """Serve what a factory (`module:function`) makes; give its port and the server's process id."""
    port = free_port()
    environment = os.environ | {"VOISITURE_DATABASE_URL": database_url, "VOISITURE_SECRET": SECRET}
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port)]
    process = subprocess.Popen([*command, factory], env=environment, stdout=subprocess.DEVNULL)
    try:
        until_it_answers(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def until_it_answers(port: int) -> None:
    """Wait for a server to listen; `TimeoutError` when it does not in half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")

"""Granian serving an application in a process of its own, as `voisiture serve` does."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.world import SECRET


@contextmanager
def serving(factory: str, database_url: str, page: str = "") -> Iterator[tuple[int, int]]:
    """Serve `tests.bench.<factory>` (`module:function`); give its port and the server's process id.

    `page` is the file that `baselines:constant` shows.
    """
    port = _free_port()
    environment = os.environ | {
        "VOISITURE_DATABASE_URL": database_url,
        "VOISITURE_SECRET": SECRET,
        "VOISITURE_BENCH_PAGE": page,
    }
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port)]
    process = subprocess.Popen([*command, f"tests.bench.{factory}"], env=environment, stdout=subprocess.DEVNULL)
    try:
        _await(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")

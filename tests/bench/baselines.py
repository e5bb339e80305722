"""What nobody can be quicker or smaller than: an empty application, and one that shows plain cards without a template.

Nothing of the product is imported here, for the memory of the process is measured.
"""

import html
import os
import sqlite3
from typing import Any

from litestar import Litestar, MediaType, Response, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State

CARDS = "SELECT vehicle_id, name, kind, energy, home, plate FROM fleet_vehicles ORDER BY name LIMIT 18"
DRAWING = (
    f'<svg viewBox="0 0 96 64" width="96" height="64" aria-hidden="true"><path d="{"M12 40h9l6-14h34" * 40}"/></svg>'
)


def empty() -> Litestar:
    """Return an application that says one word."""
    return Litestar([_word], openapi_config=None)


def plain() -> Litestar:
    """Return an application that shows eighteen cards: one statement, f-strings, sent compressed to who asks for it."""
    app = Litestar([_cards], compression_config=CompressionConfig(backend="gzip"), openapi_config=None)
    app.state.connection = _connection(os.environ["VOISITURE_DATABASE_URL"])
    return app


@get("/bench/empty", sync_to_thread=False)
def _word() -> str:
    return "here"


@get("/bench/cards", sync_to_thread=False)
def _cards(state: State) -> Response[str]:
    rows = state.connection.execute(CARDS).fetchall()
    page = f"<!doctype html><title>Cards</title><ul>{''.join(_card(*row) for row in rows)}</ul>"
    return Response(page, media_type=MediaType.HTML)


def _card(vehicle_id: object, *texts: str) -> str:
    name, kind, energy, home, plate = map(html.escape, texts)
    return (
        f'<li class="card"><div class="row">{DRAWING}<h3><a href="/vehicles/{vehicle_id}">{name}</a></h3>'
        f"<p>{kind}, {energy}, {plate}<br>{home}</p></div>"
        f'<a class="button" href="/bookings/new?vehicle_id={vehicle_id}">Book {name}</a></li>'
    )


def _connection(database_url: str) -> Any:
    if database_url.startswith("sqlite:///"):
        return sqlite3.connect(database_url.removeprefix("sqlite:///"), check_same_thread=False)
    import psycopg  # noqa: PLC0415 - the memory of the empty application is measured

    return psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True)

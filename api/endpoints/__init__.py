"""The JSON door: the same commands and questions as the pages, for programs.

Each file declares the endpoints of one context; the API's description is written from the same declarations.
"""

from functools import cache
from importlib.metadata import version
from typing import Any

from api.answers import Answer, Json
from api.asking import Asking
from api.endpoints import booking
from api.endpoints.declared import Read, Write, routes
from api.openapi import document
from api.routes import Route

DECLARED: list[Write | Read] = [*booking.DECLARED]


@cache
def _document() -> dict[str, Any]:
    return document(DECLARED, version("voisiture"))


def api_description(_: Asking) -> Answer:
    """Answer with the OpenAPI description."""
    return Json(_document())


ENDPOINTS: list[Route] = [
    *routes(DECLARED),
    Route("GET", "/api/openapi.json", "api_description", api_description),
]

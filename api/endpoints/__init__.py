"""The JSON door: the same commands and questions as the pages, for programs.

Each file declares the endpoints of one context; the API's description is written from the same declarations.
"""

from functools import cache
from importlib.metadata import version
from typing import Any

from api.endpoints import booking, fleet, governance, ledger, people, photos, settlement, spending, territory, votes
from api.web.answers import Answer, Json
from api.web.asking import Asking
from api.web.declared import Declared, routes
from api.web.openapi import document
from api.web.routes import Route

DECLARED: list[Declared] = [
    *people.DECLARED,
    *governance.DECLARED,
    *votes.DECLARED,
    *fleet.DECLARED,
    *booking.DECLARED,
    *ledger.DECLARED,
    *spending.DECLARED,
    *settlement.DECLARED,
    *territory.DECLARED,
]


@cache
def _document() -> dict[str, Any]:
    described = document(DECLARED, version("voisiture"))
    return described | {"paths": described["paths"] | photos.PATHS}


def api_description(_: Asking) -> Answer:
    """Answer with the OpenAPI description."""
    return Json(_document())


ENDPOINTS: list[Route] = [
    *routes(DECLARED),
    *photos.ROUTES,
    Route("GET", "/api/openapi.json", "api_description", api_description),
]

"""The JSON door: the same commands and questions as the pages, for programs.

Each file declares the endpoints of one context; the API's description is written from the same declarations.
"""

from functools import cache
from importlib.metadata import version
from typing import Any

from api.answers import Answer, Json
from api.asking import Asking
from api.endpoints import booking, fleet, governance, ledger, people, photos, settlement, spending, territory, votes
from api.endpoints.declared import Declared, routes
from api.openapi import document
from api.routes import Route

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

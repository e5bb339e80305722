"""The API's description of itself, and the list of all it may refuse with."""

from functools import cache
from importlib.metadata import version
from typing import Any

from api.web.answers import Answer, Json
from api.web.openapi import document
from api.web.refusals import Published, catalogue
from api.web.routes import ROUTES, page, question
from api.web.visit import Visit
from usecases.actor import Actor


@page("/api/openapi.json", who="everyone")
def openapi(_: Visit) -> Answer:
    """Answer with the OpenAPI description."""
    return Json(described())


@question("/problems", who="everyone")
def problems(_: Actor) -> tuple[Published, ...]:
    """Everything that can be refused: its code, its status, its sentence."""
    return catalogue()


@cache
def described() -> dict[str, Any]:
    """Return the description of every route declared."""
    return document(ROUTES, version("voisiture"))

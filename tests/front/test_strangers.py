"""Whoever is no member of a co-op is told of it, and of all that is in it, what she would be told of none at all."""

import re
from uuid import uuid4

import pytest
from httpx import Response

from tests.front.ground import Ground
from tests.front.ids import ids_of
from tests.front.visitor import visit
from tests.front.ways import WAYS, Way
from tests.front.well_made import content_for
from tests.kit.databases import once
from tests.kit.village import COOP

pytestmark = once

INSIDE = [way for way in WAYS if "coop_id" in way.fields and "token" not in way.fields]  # a seal says that it is there


@pytest.mark.parametrize("name", [None, "Sacha", "Olga"], ids=str)  # nobody, of no co-op, of another one
def test_what_is_there_and_what_is_not_are_refused_alike(ground: Ground, name: str | None) -> None:
    there = ids_of(ground.village, COOP, "Nadia")
    nowhere = {field: str(uuid4()) if field.endswith("_id") else value for field, value in there.items()}
    content = {way.name: content_for(way, ground.forms, there) for way in INSIDE}
    stranger = visit(ground.village, name)

    def told(way: Way, ids: dict[str, str]) -> tuple[int, str]:
        return as_said(stranger.use(way, way.shown(ids), content[way.name]), {*there.values(), *ids.values()})

    for way in INSIDE:
        said = told(way, there)
        assert told(way, nowhere) == said, way
        assert told(way, nowhere | {"coop_id": there["coop_id"]}) == said, way


def test_the_refusal_names_no_co_op(ground: Ground) -> None:
    for name in ("Sacha", "Luc", None):  # Luc has left
        refused = visit(ground.village, name).get(f"/coops/{COOP}/").text
        assert "Voisins du Diois" not in refused
        assert "accent-green" in refused


def as_said(response: Response, sent: set[str]) -> tuple[int, str]:
    """Return an answer without what was sent, which it may give back, and without what a form has anew each time."""
    said = re.sub(r'name="(_csrf_token|command_id)" value="[^"]*"', "", response.text) + response.headers.get(
        "location", ""
    )
    for value in sorted(sent, key=len, reverse=True):
        said = said.replace(value, "…")
    return response.status_code, said

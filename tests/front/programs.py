"""For each command, a program that may send it, and a body to spoil."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from httpx import Response

from api.web.routes import Described
from tests.front.bodies import Place, body_for, whole_body, with_value
from tests.front.ground import WHO, Ground
from tests.front.ids import ids_of
from tests.front.visitor import Visitor, visit
from tests.front.ways import WAYS, Way
from tests.kit.village import COOP


class Program(NamedTuple):
    """Someone who may send a command, where it is sent, and a body that can be read."""

    name: str
    method: str
    described: Described
    visitor: Visitor
    address: str
    body: dict[str, Any]
    whole: dict[str, Any]

    def send(self, place: Place, value: object) -> Response:
        """Send the body with one value put somewhere."""
        changed = with_value(self.body, place, value, self.whole)
        return self.visitor.api(self.method, self.address, msgspec.json.encode(changed))


def programs(ground: Ground) -> Iterator[Program]:
    """Give for each command the first who may carry it out as it stands, or who gets furthest with it."""
    village = ground.village
    ids = ids_of(village, COOP, "Claire")
    for way, described in written():
        address = way.to(ids)
        body, whole, tried = body_for(described, ids), whole_body(described, ids), []
        for name in WHO:
            program = Program(way.name, way.method, described, visit(village, name), address, body, whole)
            response = program.visitor.api(way.method, address, msgspec.json.encode(body))
            ground.check(response, way.name)
            tried.append((FURTHEST.index(response.status_code), program))
            if response.status_code < 300:
                break
        yield min(tried, key=lambda each: each[0])[1]


def written() -> Iterator[tuple[Way, Described]]:
    """Give every way in by which a program sends JSON."""
    for way in WAYS:
        described = way.route.described
        if described and described.body not in (None, bytes):
            yield way, described


FURTHEST = (200, 201, 204, 429, 409, 422, 404, 410, 403, 400)

"""For each command, a program that may send it, and a body to spoil."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from httpx import Response

from api.web.routes import Described
from tests.front.bodies import Place, whole_body, with_value
from tests.front.ground import WHO, Ground
from tests.front.ids import ids_of
from tests.front.visitor import Visitor, visit
from tests.front.ways import WAYS, Way
from tests.front.well_made import well_made
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
    """Give for each command the first who may carry it out: sent as it is, it is said yes to."""
    for way, described in written():
        ground.stand(way.name.removeprefix("api."))
        if way.name not in SENT_BY:
            SENT_BY[way.name] = next(
                name for name in (*WHO, "Amina") if _carries_out(ground, _program(ground, way, described, name))
            )
        yield _program(ground, way, described, SENT_BY[way.name])
    ground.stand("")


SENT_BY: dict[str, str] = {}
"""Who carries out each command, once it was tried: the village is the same in every test."""


def _program(ground: Ground, way: Way, described: Described, name: str) -> Program:
    ids = ids_of(ground.village, COOP, name)
    address = way.to(ids | {"member_id": str(ground.village.member("Nadia"))})
    body, whole = well_made(way, ids), whole_body(described, ids)
    return Program(way.name, way.method, described, visit(ground.village, name), address, body, whole)


def _carries_out(ground: Ground, program: Program) -> bool:
    response = program.visitor.api(program.method, program.address, msgspec.json.encode(program.body))
    ground.check(response, program.name)
    return response.status_code == program.described.status


def written() -> Iterator[tuple[Way, Described]]:
    """Give every way in by which a program sends JSON."""
    for way in WAYS:
        described = way.route.described
        if described and described.body not in (None, bytes):
            yield way, described

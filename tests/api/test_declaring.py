"""A way in that could not work is refused when it is declared, not when someone comes."""

from uuid import UUID

import pytest

from api.web.acts import act
from api.web.answers import Json
from api.web.routes import ROUTES, Route
from kernel.command import Asked, Command, Done
from usecases.actor import Actor


class Mend(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    vehicle_id: UUID


def owns(actor: Actor, vehicle_id: UUID) -> bool:
    return bool(actor and vehicle_id)


def test_an_id_of_the_address_is_a_field_of_the_command() -> None:
    def mend(actor: Actor, command: Mend, asked: Asked) -> Done:
        raise NotImplementedError

    before = len(ROUTES)
    with pytest.raises(TypeError, match="holds vehicle, no field of Mend"):
        act("/coops/{coop_id:uuid}/vehicles/{vehicle:uuid}/mending", who="member", example={})(mend)
    assert len(ROUTES) == before


def test_a_right_asks_only_for_what_the_address_holds() -> None:
    with pytest.raises(TypeError, match="holds no vehicle_id, which owns asks for"):
        Route(method="GET", path="/coops/{coop_id:uuid}", name="a.b", who=owns, answer=lambda visit: Json(str(visit)))

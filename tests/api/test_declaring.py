"""A way in that could not work is refused when it is declared, not when someone comes."""

import pytest

from api.places.vehicles.upkeep import edit_vehicle, rename_vehicle
from api.web.acts import act
from api.web.answers import Json
from api.web.routes import ROUTES, Route, form
from usecases.upkeep import looks_after_vehicle


def test_an_id_of_the_address_is_a_field_of_the_command() -> None:
    before = len(ROUTES)
    with pytest.raises(TypeError, match="holds vehicle, no field of RenameVehicle"):
        act("/coops/{coop_id:uuid}/vehicles/{vehicle:uuid}/name", who="member", example={})(rename_vehicle)
    assert len(ROUTES) == before


def test_the_page_shown_again_asks_only_for_what_the_address_holds() -> None:
    with pytest.raises(TypeError, match="holds no vehicle_id, which its page asks for"):
        form("/coops/{coop_id:uuid}/vehicles", who="member", page=edit_vehicle)(rename_vehicle)


def test_a_right_asks_only_for_what_the_address_holds() -> None:
    with pytest.raises(TypeError, match="holds no vehicle_id, which its right asks for"):
        Route(
            method="GET",
            path="/coops/{coop_id:uuid}",
            name="vehicles.none",
            who=looks_after_vehicle,
            answer=lambda visit: Json(visit.lang),
        )

"""The demo's vehicles are seen: each has its own photo, small, and what is damaged on it is a part that it has."""

import io

import pytest
from PIL import Image, ImageChops
from PIL.ImageStat import Stat

from demo.cast.bodies import BODIES, PAINTS, WOOD
from demo.cast.fleets import FLEETS, IN_ITS_PLACE, SOLD
from demo.cast.pictures import SIZE, draw_vehicle
from demo.cast.vehicles import BERLINGO, CARGO_BIKE, CLIO, KANGOO, TWINGO, ZOE, Model
from demo.drawn.upkeep import DAMAGES
from fleet.catalogue import PARTS
from people.pictures import plain_jpeg

FIRST = (CLIO, KANGOO, ZOE, CARGO_BIKE, TWINGO, BERLINGO)
MODELS = (*FIRST, *(model for fleet in FLEETS.values() for model in fleet), SOLD, IN_ITS_PLACE)


def photo_of(model: Model) -> bytes:
    return draw_vehicle(model.name, model.body, PAINTS[model.colour] if model.colour else WOOD)


def test_no_two_vehicles_of_a_co_op_look_the_same() -> None:
    looks = {(model.body, model.colour) for model in FIRST}
    assert len(looks) == len(FIRST)
    drawn = [Image.open(io.BytesIO(photo_of(model))) for model in FIRST]
    for number, one in enumerate(drawn):
        for other in drawn[:number]:
            assert sum(Stat(ImageChops.difference(one, other)).mean) > 20


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_photo_is_small_and_as_large_as_its_page_shows_it(model: Model) -> None:
    jpeg = plain_jpeg(io.BytesIO(photo_of(model)))
    assert len(jpeg) < 24_000
    assert Image.open(io.BytesIO(jpeg)).size == SIZE
    assert model.body in BODIES


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_what_is_damaged_is_a_part_that_the_vehicle_has(model: Model) -> None:
    assert {part for part, _ in DAMAGES[model.kind]} <= PARTS[model.kind]
    if not model.has_motor:
        assert not any("porti" in sentence or "pare-chocs" in sentence for _, sentence in DAMAGES[model.kind])


def test_the_same_vehicle_is_drawn_the_same_in_each_build() -> None:
    assert photo_of(CLIO) == photo_of(CLIO)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_what_is_written_of_it_has_true_apostrophes(model: Model) -> None:
    assert "'" not in f"{model.name}{model.handbook}{model.colour}{model.home[0]}"

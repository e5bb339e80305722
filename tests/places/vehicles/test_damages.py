"""Damages are reported by anyone and mended by those who look after the vehicle."""

from typing import Any
from uuid import uuid4

import pytest

from booking.trip import trip_id
from tests.kit.databases import on_both
from tests.kit.pictures import NO_PICTURE, jpeg
from tests.kit.village import COOP, Village

PAGE = f"/coops/{COOP}/vehicles"


DAMAGE = f"/coops/{COOP}/damages/{{}}/mending"


def test_anyone_reports_a_damage_with_a_photo(village: Village) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}"
    sent: dict[str, Any] = {"part": "left", "sentence": "A scratch on the door"}
    seen = village.as_("Nadia").post(f"{here}/damages", files={"photo": jpeg()}, **sent)
    assert seen.status == 200
    assert "Noted. The next driver will see it." in seen.text
    assert "Left side, A scratch on the door" in seen.text
    assert "See the photo" in seen.text


@pytest.mark.parametrize(
    ("part", "sentence", "status"), [("left", "", 422), ("wing", "A scratch", 422), ("roof", "x" * 501, 422)]
)
def test_a_damage_that_says_nothing_is_refused(village: Village, part: str, sentence: str, status: int) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}"
    seen = village.as_("Nadia").post(f"{here}/damages", part=part, sentence=sentence)
    assert seen.status == status
    assert sentence in seen.html


def test_a_part_its_drawing_lacks_is_refused(village: Village) -> None:
    here = f"{PAGE}/{village.vehicle('Biporteur')}"
    seen = village.as_("Nadia").post(f"{here}/damages", part="roof", sentence="A hole")
    assert seen.status == 409
    assert "The drawing of Biporteur has no such part" in seen.text
    assert ">A hole</textarea>" in seen.html


def test_a_photo_that_is_none_is_refused_and_the_words_kept(village: Village) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}"
    sent: dict[str, Any] = {"part": "left", "sentence": "A scratch"}
    seen = village.as_("Nadia").post(f"{here}/damages", files={"photo": NO_PICTURE}, **sent)
    assert seen.status == 422
    assert "This file is not a photo" in seen.text
    assert ">A scratch</textarea>" in seen.html


def test_a_damage_is_mended(village: Village) -> None:
    village.as_("Nadia").post(f"{PAGE}/{village.vehicle('Clio')}/damages", part="left", sentence="A scratch")
    page = village.as_("Jean").get(f"{PAGE}/{village.vehicle('Clio')}/edit")
    damage = page.html.split("/damages/")[1].split("/")[0]
    assert village.as_("Nadia").post(DAMAGE.format(damage)).status == 403
    for _ in range(2):
        seen = village.as_("Jean").post(DAMAGE.format(damage))
        assert "Mended. It is no longer shown." in seen.text
    assert "A scratch" not in seen.text
    assert village.as_("Jean").post(DAMAGE.format(uuid4())).status == 404


@on_both
def test_a_damage_is_seen_on_a_trip_of_its_own_vehicle_alone(village: Village) -> None:
    seen = {"part": "left", "sentence": "A scratch"}
    trips = {name: str(trip_id(village.drove("Nadia", name, 10))) for name in ("Clio", "Zoé")}
    reported = {
        name: village.as_("Nadia").api(
            "POST", f"/coops/{COOP}/vehicles/{village.vehicle('Clio')}/damages", seen | {"trip_id": trip}
        )
        for name, trip in {**trips, "none": str(uuid4()), "the co-op": str(COOP)}.items()
    }
    assert reported.pop("Clio").status == 201
    assert {answer.code for answer in reported.values()} == {"not-its-trip"}
    (damage,) = (
        village.as_("Jean").api("GET", f"/coops/{COOP}/vehicles/{village.vehicle('Clio')}/damages").json()["items"]
    )
    assert damage["trip_id"] == trips["Clio"]

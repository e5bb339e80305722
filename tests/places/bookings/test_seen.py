"""As she takes the keys a driver says whether she sees something new: asked, never ticked beforehand, and kept."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import at, row

READ: dict[str, Any] = {"odometer_km": 10_000, "level_percent": 75}


@pytest.fixture
def booking_id(village: Village) -> UUID:
    return village.booked("Nadia", "Zoé")


def take(village: Village, booking_id: UUID, files: Any = None, **seen: Any) -> Seen:
    return village.as_("Nadia").post(f"{at(booking_id)}/keys", files, **READ, **seen)


def damages(village: Village) -> list[dict[str, Any]]:
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}/damages"
    items: list[dict[str, Any]] = village.as_("Paul").api("GET", path).json()["items"]
    return items


def test_the_form_asks_and_has_chosen_nothing(village: Village, booking_id: UUID) -> None:
    choices = re.findall(
        r'<input type="radio"[^>]*name="seen"[^>]*>', village.as_("Nadia").get(f"{at(booking_id)}/keys").html
    )
    assert [choice.split('value="')[1].split('"')[0] for choice in choices] == ["nothing_new", "something_new"]
    assert all("required" in choice and "checked" not in choice for choice in choices)


def test_who_does_not_say_is_asked_and_what_she_typed_is_kept(village: Village, booking_id: UUID) -> None:
    refused = take(village, booking_id, {"photo": jpeg()})
    assert refused.status == 422
    assert '<a href="#seen">Walk around it: what do you see beside that? – Walk around it, then' in refused.html
    assert 'value="10000"' in refused.html
    assert "Your photo is kept" in refused.text
    assert row(village, booking_id).status == "confirmed"


def test_nothing_new_is_kept_and_shown_on_the_trip(village: Village, booking_id: UUID) -> None:
    assert "Walked around it: nothing new" in take(village, booking_id, seen="nothing_new").text
    assert damages(village) == []


def test_something_new_is_told_with_its_own_photo(village: Village, booking_id: UUID) -> None:
    pictures = {"photo": jpeg("white"), "damage_photo": jpeg("red")}
    seen = take(village, booking_id, pictures, seen="something_new", part="left", sentence="A scratch")
    assert "Walked around it: something new" in seen.text
    (told,) = damages(village)
    assert (told["part"], told["sentence"]) == ("left", "A scratch")
    assert told["photo_id"] not in (None, *map(str, row(village, booking_id).photos))
    assert village.as_("Paul").get(f"/coops/{COOP}/photos/{told['photo_id']}").headers["content-type"] == "image/jpeg"


def test_who_sees_something_is_asked_what_beside_its_field(village: Village, booking_id: UUID) -> None:
    refused = take(village, booking_id, seen="something_new", part="left")
    assert (refused.status, 'id="sentence-wrong">You see something new: say what it is' in refused.html) == (422, True)
    refused = take(village, booking_id, {"damage_photo": jpeg()}, seen="something_new", part="left")
    assert (refused.status, 'id="sentence-wrong">Say in a few words' in refused.html) == (422, True)
    assert 'name="kept_damage_photo"' in refused.html


def test_what_one_thought_better_of_is_told_to_nobody(village: Village, booking_id: UUID) -> None:
    """The fields she no longer sees are sent all the same."""
    seen = take(village, booking_id, {"damage_photo": jpeg()}, seen="nothing_new", part="left", sentence="A scratch")
    assert "Walked around it: nothing new" in seen.text
    assert damages(village) == []


@on_both
@pytest.mark.parametrize(
    ("said", "code", "kept"),
    [
        ({"seen": "nothing_new"}, "", "nothing_new"),
        ({"seen": "something_new"}, "damage-untold", None),
        ({"seen": "nothing_new", "damage": {"part": "left", "sentence": "A dent"}}, "seen-otherwise", None),
        ({"damage": {"part": "left", "sentence": "A dent"}}, "", "something_new"),
        ({"seen": "all well"}, "unreadable", None),
        ({}, "", None),
    ],
)
def test_for_programs_too(
    village: Village, booking_id: UUID, said: dict[str, Any], code: str, kept: str | None
) -> None:
    sent = village.as_("Nadia").api("POST", f"{at(booking_id)}/keys", READ | said)
    assert (sent.status == 201) == (not code)
    assert not code or sent.code == code
    story = village.as_("Nadia").api("GET", f"{at(booking_id)}/story").json()
    assert [step["seen"] for step in story if step["kind"] == "keys_taken"] == ([] if code else [kept])


@on_both
def test_a_damage_told_by_a_program_has_its_photo(village: Village, booking_id: UUID) -> None:
    nadia, key = village.as_("Nadia"), uuid4()
    damage = {"part": "left", "sentence": "A dent", "photo_id": str(key)}
    assert nadia.api("POST", f"{at(booking_id)}/keys", READ | {"damage": damage}).code == "no-such-photo"
    assert row(village, booking_id).status == "confirmed"
    headers = {"idempotency-key": str(key), "authorization": f"Bearer {nadia.token}"}
    assert village.client.post(f"/api/coops/{COOP}/photos", content=jpeg(), headers=headers).status_code == 201
    assert nadia.api("POST", f"{at(booking_id)}/keys", READ | {"damage": damage}).status == 201
    assert [told["photo_id"] for told in damages(village)] == [str(key)]

"""Acts made of several commands, sent again under one id: the first answer for the same, a refusal for another."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from api.places.vehicles.entering import ENTERING
from fleet.damages import known_damages
from fleet.queries import access_code
from people.person import person
from tests.kit.browser import Browser, Seen
from tests.kit.databases import on_both
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"
TWINGO: dict[str, Any] = msgspec.to_builtins(ENTERING) | {"plate": "XX-124-CD"}
SCRATCH = {"part": "front", "sentence": "A scratch"}

pytestmark = on_both


def twice(browser: Browser, path: str, first: dict[str, Any], then: dict[str, Any]) -> tuple[Seen, Seen]:
    """Send an act, then another under the same id."""
    key = uuid4()
    return browser.api("POST", f"{HERE}{path}", first, key), browser.api("POST", f"{HERE}{path}", then, key)


def assert_reused(answers: tuple[Seen, Seen]) -> None:
    first, again = answers
    assert first.status == 201, first.text
    assert (again.status, again.json()["type"]) == (409, "/api/problems/command-reused")


def invited(village: Village) -> list[str]:
    """Let the letters leave; return whom they went to."""
    return [letter.address for letter in village.letters()]


def keys_of(village: Village, booking_id: UUID) -> tuple[str, dict[str, Any]]:
    body = {"taken_at": village.now.isoformat(), "odometer_km": village.odometer("Zoé"), "level_percent": 75}
    return f"/bookings/{booking_id}/keys", body


def test_who_left_is_not_erased_by_the_same_request_with_more_in_it(village: Village) -> None:
    here = f"/members/{village.member('Nadia')}/departure"
    first, again = twice(village.as_("Nadia"), here, {}, {"erase": True})
    assert (first.status, again.code) == (201, "not-a-member")
    assert village.ask(person, person_id_of("Nadia")) is not None


def test_an_invitation_is_mailed_once_however_often_it_is_sent(village: Village) -> None:
    claire, key = village.as_("Claire"), uuid4()
    for _ in range(3):
        assert claire.api("POST", f"{HERE}/mailed-invitations", {"email": "a@example.org"}, key).status == 201
        assert invited(village).count("a@example.org") == 1
    for _ in range(2):
        assert claire.post(f"{HERE}/mailed-invitations", email="b@example.org", command_id=key_of(1)).status == 200
        assert invited(village).count("b@example.org") == 1


def key_of(number: int) -> UUID:
    """Return an id as a page makes it."""
    return UUID(int=number, version=4)


def test_an_invitation_to_someone_else_is_not_taken_for_the_first(village: Village) -> None:
    to = [{"email": f"{name}@example.org"} for name in "ab"]
    assert_reused(twice(village.as_("Claire"), "/mailed-invitations", *to))
    assert invited(village) == ["a@example.org"]


@pytest.mark.parametrize("at_first", [{}, {"damage": SCRATCH}])
def test_a_damage_is_neither_added_nor_dropped(village: Village, at_first: dict[str, Any]) -> None:
    path, body = keys_of(village, village.booked("Nadia", "Zoé"))
    then = {} if at_first else {"damage": SCRATCH}
    assert_reused(twice(village.as_("Nadia"), path, body | at_first, body | then))
    known = village.ask(known_damages, village.site.keyring, COOP, village.vehicle("Zoé"))
    assert len(known) == len(at_first)


def test_a_code_is_not_added_to_a_vehicle_brought_in(village: Village) -> None:
    first, again = twice(village.as_("Claire"), "/vehicles", TWINGO, TWINGO | {"access_code": "6666"})
    assert_reused((first, again))
    assert village.ask(access_code, COOP, UUID(first.json()["id"])) is None


def test_a_vehicle_sent_again_is_the_same_one(village: Village) -> None:
    claire, key = village.as_("Claire"), uuid4()
    own = TWINGO | {"price": {"per_km": "0.30"}}
    first = claire.api("POST", f"{HERE}/vehicles", own, key)
    village.settle()
    again = claire.api("POST", f"{HERE}/vehicles", own, key)
    assert (first.status, again.status, first.json()["id"]) == (201, 201, again.json()["id"])

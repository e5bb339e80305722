"""A form on a page that was shown before something changed: nothing of what was typed is dropped in silence."""

from uuid import uuid4

import pytest

from fleet.queries import vehicle_page
from tests.kit.village import COOP, NOW, Village

HERE = f"/coops/{COOP}"


@pytest.mark.parametrize("end", ["keys", "return"])
def test_a_damage_under_a_name_of_before_is_asked_for_again(village: Village, end: str) -> None:
    booking = village.booked("Nadia", "Zoé")
    if end == "return":
        village.taken("Nadia", booking, 10_000)
        village.pass_time(hours=1)
    of_before = {"new_damage": "The left mirror is broken", "damage_part": "left"}
    sent = {"odometer_km": "10000", "level_percent": "60", "seen": "nothing_new", **of_before}
    seen = village.as_("Nadia").post(f"{HERE}/bookings/{booking}/{end}", **sent)
    assert seen.status == 422
    assert "Reload the page and try again." in seen.text


def test_a_handbook_under_a_name_of_before_erases_nothing(village: Village) -> None:
    jean, path = village.as_("Jean"), f"{HERE}/vehicles/{village.vehicle('Clio')}/handbook"
    jean.post(path, text="Turn the key backwards.", access_code="1234")
    assert jean.post(path, handbook="Turn the key backwards. Fuel: E10.", access_code="").status == 422
    found = village.ask(vehicle_page, COOP, village.vehicle("Clio"), on=NOW.date())
    assert found.handbook == "Turn the key backwards."


@pytest.mark.parametrize(
    ("who", "path", "typed"),
    [
        ("Nadia", f"{HERE}/profile", {"name": "Nadia", "language": "fr", "telephone": "06 12 34 56 78"}),
        ("", "/sign-in-links", {"email": "nadia@example.org", "back_to": f"{HERE}/accounts"}),
        (
            "Nadia",
            "/coops",
            {
                "name": "Ours",
                "commune": "26113",
                "pack": "quartier",
                "accent": "green",
                "charter": "yes",
                "motto": "Go!",
            },
        ),
        ("", "/coops", {"name": "Ours", "commune": "26113", "pack": "quartier", "accent": "green", "motto": "Go!"}),
    ],
)
def test_a_form_that_asks_for_no_command_drops_nothing_either(
    village: Village, who: str, path: str, typed: dict[str, str]
) -> None:
    more = {} if who else {"founder_name": "Olga", "email": "olga@example.org"}
    browser = village.as_(who) if who else village.anyone()
    seen = browser.post(path, **(typed | more if path == "/coops" else typed))
    assert seen.status == 422
    assert "Reload the page and try again." in seen.text


def test_shares_of_someone_who_left_meanwhile_are_not_dropped(village: Village) -> None:
    parts = {f"parts_{member}": "1" for member in (village.member("Jean"), village.member("Nadia"), uuid4())}
    fields = {"name": "Tandem", "kind": "bike", "sharing": "co_owned", "energy": "none", "seats": 2, "place": "Die"}
    more = {"handover": "in_person", "odometer_km": 0}
    assert village.as_("Jean").post(f"{HERE}/vehicles", **fields, **more, **parts).status == 422


@pytest.mark.parametrize(
    ("path", "typed", "file"),
    [
        ("vehicles/{zoe}/handbook", {}, "text"),
        ("profile", {"name": "Nadia", "language": "fr"}, "phone"),
        ("vehicles/{zoe}/papers", {"kind": "insurance", "insurance_until": "2028-01-01"}, "confirmed_insurance"),
        ("vehicles/{zoe}/damages", {"part": "front", "sentence": "A scratch"}, "command_id"),
    ],
)
def test_a_file_where_a_text_is_read_empties_nothing(
    village: Village, path: str, typed: dict[str, str], file: str
) -> None:
    browser = village.as_("Claire")
    seen = browser.post(f"{HERE}/{path.format(zoe=village.vehicle('Zoé'))}", files={file: b"hello"}, **typed)
    assert seen.status == 422


def test_a_text_where_a_photo_is_read_is_not_lost(village: Village) -> None:
    typed = {"part": "front", "sentence": "A scratch", "photo": "IMG_1.jpg"}
    assert village.as_("Nadia").post(f"{HERE}/vehicles/{village.vehicle('Zoé')}/damages", **typed).status == 422

"""Taking the keys and returning the vehicle: readings, photos, what was paid, damage; sent again, it counts once."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from booking.queries import booking as booking_row
from fleet.application import Fleet
from fleet.commands import SayColour, WriteHandbook
from ledger.entries.queries import journal
from people.photos import photos
from tests.kit.browser import Seen
from tests.kit.pictures import NO_PICTURE, jpeg
from tests.kit.village import COOP, LETTER, Village

READ: dict[str, Any] = {"odometer_km": 10_000, "level_percent": 75, "seen": "nothing_new"}


def at(booking_id: UUID) -> str:
    return f"/coops/{COOP}/bookings/{booking_id}"


def why_of(seen: Seen) -> str:
    return next(part.split('"')[0] for part in seen.html.split('href="') if "Why?" in part.split("</a>")[0])


def take(village: Village, booking_id: UUID, who: str = "Nadia", **more: Any) -> Seen:
    return village.as_(who).post(f"{at(booking_id)}/keys", **READ | more)


def bring_back(village: Village, booking_id: UUID, who: str = "Nadia", **more: Any) -> Seen:
    read: dict[str, Any] = {"odometer_km": "10 100", "level_percent": 50} | more
    return village.as_(who).post(f"{at(booking_id)}/return", **read)


def row(village: Village, booking_id: UUID) -> Any:
    return village.ask(booking_row, village.site.keyring, COOP, booking_id)


OTHERS = photos.c.photo_id != LETTER


def kept(village: Village) -> int:
    return int(village.ask(lambda connection: connection.execute(select(func.count()).where(OTHERS)).scalar_one()))


def test_the_form_knows_what_the_last_trip_left(village: Village) -> None:
    village.drove("Paul", "Zoé", 40)
    seen = village.as_("Nadia").get(f"{at(village.booked('Nadia', 'Zoé'))}/keys")
    assert 'value="10040"' in seen.html
    assert "None." in seen.text


def test_what_looks_odd_is_not_what_the_form_begins_with(village: Village) -> None:
    village.drove("Paul", "Zoé", 40)
    slip = village.booked("Paul", "Zoé", hours=1)
    village.taken("Paul", slip, 10_040)
    village.pass_time(hours=1)
    village.returned("Paul", slip, 100_500)
    seen = village.as_("Nadia").get(f"{at(village.booked('Nadia', 'Zoé'))}/keys")
    assert 'value="10040"' in seen.html
    assert "100500" not in seen.html


def test_keys_are_taken_with_a_photo(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    seen = take(village, booking_id, files={"photo": jpeg()})
    assert seen.status == 200
    assert "The keys are yours. Have a good trip." in seen.text
    assert "On the road" in seen.text
    (photo_id,) = row(village, booking_id).photos
    shown = village.as_("Paul").get(f"/coops/{COOP}/photos/{photo_id}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert village.as_("Olga").get(f"/coops/{COOP}/photos/{photo_id}").status == 403


def test_a_file_that_is_no_photo_is_refused_and_what_was_typed_kept(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    seen = take(village, booking_id, odometer_km=10_007, files={"photo": NO_PICTURE})
    assert seen.status == 422
    assert "This file is not a photo we can read" in seen.text
    assert 'value="10007"' in seen.html
    assert row(village, booking_id).status == "confirmed"
    assert kept(village) == 0


def test_a_photo_sent_with_a_refused_form_is_not_asked_for_again(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    refused = take(village, booking_id, odometer_km="many", files={"photo": jpeg()})
    assert refused.status == 422
    assert "Type a whole number." in refused.text
    assert "Your photo is kept" in refused.text
    photo_id = refused.html.split('name="kept_photo" value="')[1].split('"')[0]
    take(village, booking_id, kept_photo=photo_id)
    assert [str(photo) for photo in row(village, booking_id).photos] == [photo_id]


def test_the_same_take_over_sent_three_times_counts_once(village: Village) -> None:
    booking_id, command_id = village.booked("Nadia", "Zoé"), uuid4()
    for _ in range(3):
        assert take(village, booking_id, command_id=command_id, files={"photo": jpeg()}).status == 200
        village.pass_time(minutes=1)
    assert len(row(village, booking_id).photos) == 1
    assert village.as_("Nadia").get(at(booking_id)).text.count("Nadia took the keys") == 1


def test_a_trip_is_charged_and_says_why(village: Village) -> None:
    booking_id = village.booked("Nadia", "Kangoo")
    take(village, booking_id)
    village.pass_time(hours=1)
    pictures = {"photo": jpeg(), "receipt": jpeg("white")}
    seen = bring_back(village, booking_id, energy_paid="60,00", files=pictures)
    assert "Returned. Thank you." in seen.text
    assert "−€35.00" in seen.text  # 100 km at 0.35
    assert "In all: +€25.00" in seen.text  # 60.00 given back
    assert "100 km" in seen.text
    assert len(row(village, booking_id).photos) == 2
    why = village.as_("Nadia").get(why_of(seen))
    assert why.status == 200
    assert "0.35" in why.text


def test_a_receipt_without_its_amount_is_asked_back_beside_it(village: Village) -> None:
    booking_id = village.booked("Nadia", "Kangoo")
    take(village, booking_id)
    village.pass_time(hours=1)
    seen = bring_back(village, booking_id, files={"receipt": jpeg("white")})
    assert seen.status == 422
    assert "A receipt without an amount gives nothing back" in seen.text
    assert row(village, booking_id).status == "under_way"


def test_the_same_return_sent_three_times_counts_once(village: Village) -> None:
    booking_id, command_id = village.booked("Nadia", "Zoé"), uuid4()
    take(village, booking_id)
    village.pass_time(hours=1)
    for _ in range(3):
        village.pass_time(minutes=10)
        sent: dict[str, Any] = {"energy_paid": "60.00", "files": {"receipt": jpeg()}}
        assert bring_back(village, booking_id, command_id=command_id, **sent).status == 200
    assert village.odometer("Zoé") == 10_100
    assert len(village.ask(journal, COOP)) == 2  # the price, and the energy given back
    assert kept(village) == 1


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"odometer_km": "9 999"}, 409, "9,999 km? It showed 10,000 km today 9 am, and no odometer goes back."),
        ({"odometer_km": ""}, 422, "Fill this in."),
        ({"odometer_km": "9" * 400}, 422, "too small or too large"),
        ({"level_percent": 101}, 422, "too small or too large"),
        ({"energy_paid": "a lot"}, 422, "Type an amount"),
        ({"energy_paid": "5000"}, 409, "What was paid for energy"),
        ({"sentence": "Scratch", "part": "sail"}, 422, "Choose one of these."),
        ({"sentence": "Scratch" * 100, "part": "left"}, 422, "This is too long."),
    ],
)
def test_a_return_that_cannot_be_is_refused_and_nothing_kept(
    village: Village, change: dict[str, Any], status: int, said: str
) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    take(village, booking_id)
    village.pass_time(hours=1)
    seen = bring_back(village, booking_id, **change)
    assert (seen.status, said in seen.text) == (status, True)
    assert row(village, booking_id).status == "under_way"
    assert "Scratch" not in village.as_("Nadia").get(f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}").text


@pytest.mark.parametrize("act", ["keys", "return"])
def test_who_saw_no_damage_need_not_say_so(village: Village, act: str) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_000)
    form = village.as_("Nadia").get(f"{at(booking_id)}/{act}").html
    asked = form.split('<textarea id="sentence"')[1].split(">")[0]
    assert 'maxlength="500"' in asked
    assert "required" not in asked
    assert "required" in form.split('<input id="odometer_km"')[1].split(">")[0]


def test_a_damage_a_bike_cannot_have_ends_no_trip(village: Village) -> None:
    booking_id = village.booked("Nadia", "Biporteur")
    village.as_("Nadia").post(f"{at(booking_id)}/keys", level_percent=90, seen="nothing_new")
    village.pass_time(hours=1)
    seen = village.as_("Nadia").post(f"{at(booking_id)}/return", level_percent=60, part="roof", sentence="A dent")
    assert (seen.status, "has no such part" in seen.text, "A dent" in seen.text) == (409, True, True)
    assert row(village, booking_id).status == "under_way"


def test_a_damage_seen_at_take_over_is_known_to_the_next(village: Village) -> None:
    take(village, village.booked("Nadia", "Zoé"), seen="something_new", sentence="A dent", part="front")
    seen = village.as_("Paul").get(f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}")
    assert "Front, A dent" in seen.text


def test_a_bike_has_no_odometer_and_costs_nothing(village: Village) -> None:
    booking_id = village.booked("Nadia", "Biporteur")
    assert "Odometer" not in village.as_("Nadia").get(f"{at(booking_id)}/keys").text
    village.as_("Nadia").post(f"{at(booking_id)}/keys", level_percent=90, seen="nothing_new")
    village.pass_time(hours=1)
    seen = village.as_("Nadia").post(f"{at(booking_id)}/return", level_percent=60)
    assert "Returned. Thank you." in seen.text
    assert "This trip costs nothing." in seen.text


def test_its_driver_finds_it_by_its_plate_and_its_colour(village: Village) -> None:
    told = SayColour(coop_id=COOP, vehicle_id=village.vehicle("Zoé"), colour="midnight blue")
    Fleet(village.site.history).say_colour(told, village.asked("Claire"))
    booking_id = village.booked("Nadia", "Zoé")
    found_by = "Plate AB-123-CD Colour midnight blue"
    for page in (f"/coops/{COOP}/", at(booking_id), f"{at(booking_id)}/keys"):
        assert found_by in village.as_("Nadia").get(page).text
    assert found_by not in village.as_("Claire").get(at(booking_id)).text
    known = village.as_("Nadia").api("GET", f"{at(booking_id)}/to-know").json()
    assert (known["plate"], known["colour"]) == ("AB-123-CD", "midnight blue")


def test_the_code_is_shown_only_to_who_has_the_vehicle_now(village: Village) -> None:
    note = WriteHandbook(coop_id=COOP, vehicle_id=village.vehicle("Zoé"), text="Unplug first.", access_code="2580")
    Fleet(village.site.history).write_handbook(note, village.asked("Claire"))
    booking_id = village.booked("Nadia", "Zoé", village.now.replace(hour=17))
    page = f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}"
    pages = (at(booking_id), f"{at(booking_id)}/keys")
    assert all("2580" not in village.as_("Nadia").get(address).text for address in pages)
    assert "Unplug first." in village.as_("Nadia").get(at(booking_id)).text
    village.pass_time(hours=8, minutes=45)
    assert all("2580" in village.as_("Nadia").get(address).text for address in pages)
    assert "2580" not in village.as_("Claire").get(at(booking_id)).text
    assert all("2580" not in village.as_(name).get(page).text for name in ("Nadia", "Claire", "Paul"))
    take(village, booking_id)
    assert "2580" in village.as_("Nadia").get(f"{at(booking_id)}/return").text
    village.pass_time(hours=1)
    bring_back(village, booking_id)
    assert "2580" not in village.as_("Nadia").get(at(booking_id)).text


@pytest.mark.parametrize("act", ["keys", "return"])
def test_only_the_driver_takes_and_returns(village: Village, act: str) -> None:
    path = f"{at(village.booked('Nadia', 'Zoé'))}/{act}"
    for who in ("Claire", "Paul", "Olga", "Sacha"):
        assert village.as_(who).get(path).status == 403
        assert village.as_(who).post(path, **READ).status == 403
    assert village.anyone().post(path, **READ).status == 401
    assert village.as_("Nadia").get(f"{at(uuid4())}/{act}").status == 404


def test_keys_are_not_taken_too_early_nor_before_the_owner_agreed(village: Village) -> None:
    later = village.booked("Nadia", "Zoé", village.now.replace(hour=17))
    assert "from 30 minutes before" in take(village, later).text
    asked = village.booked("Nadia", "Clio", village.now + timedelta(minutes=20))
    assert "The owner has not said yes yet." in take(village, asked).text
    assert bring_back(village, later).status == 409


def test_the_code_of_the_key_box_is_known_to_a_late_driver(village: Village) -> None:
    zoe = village.vehicle("Zoé")
    village.as_("Claire").post(f"/coops/{COOP}/vehicles/{zoe}/handbook", text="Hello.", access_code="2580")
    booking = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking, 10_000)
    village.pass_time(hours=5)
    assert village.as_("Nadia").api("GET", f"/coops/{COOP}/bookings/{booking}/to-know").json()["access_code"] == "2580"

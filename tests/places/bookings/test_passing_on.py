"""Keys that are out: who has them is said, they pass from hand to hand, and a vehicle that is late says so."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from booking.queries import booking as booking_row
from fleet.application import Fleet
from fleet.commands import FilePaper, LeaveService, PaperOnFile
from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.village import COOP, Village

HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def both(village: Village) -> tuple[UUID, UUID]:
    """Paul has the Zoé for half an hour from now and Nadia after him; he took its keys at 10,000 km."""
    pauls = village.booked("Paul", "Zoé", hours=0.5)
    nadias = village.booked("Nadia", "Zoé", village.now + HALF_HOUR, hours=1)
    village.taken("Paul", pauls, 10_000)
    village.pass_time(minutes=25)
    return pauls, nadias


def at(booking_id: UUID) -> str:
    return f"/coops/{COOP}/bookings/{booking_id}"


def take(village: Village, booking_id: UUID, **more: object) -> Seen:
    return village.as_("Nadia").post(
        f"{at(booking_id)}/keys", odometer_km=10_050, level_percent=75, seen="nothing_new", **more
    )


def km_of(village: Village, booking_id: UUID) -> int | None:
    driven: int | None = village.ask(booking_row, village.site.keyring, COOP, booking_id).distance_km
    return driven


def test_who_has_the_keys_is_said_before_and_when_they_are_asked_for(village: Village, both: tuple[UUID, UUID]) -> None:
    said = "Paul has had the keys since today 9 am, and booked it until today 9:30 am."
    assert said in village.as_("Nadia").get(at(both[1])).text
    assert said in village.as_("Nadia").get(f"{at(both[1])}/keys").text
    seen = take(village, both[1])
    assert (seen.status, "Paul has had these keys since today 9 am." in seen.text) == (409, True)
    assert 'value="10050"' in seen.html


def test_given_from_hand_to_hand_both_trips_are_charged_once(village: Village, both: tuple[UUID, UUID]) -> None:
    shown = village.as_("Nadia").get(f"{at(both[1])}/keys")
    assert "Paul gave them to me" in shown.text
    assert f'name="given_by" value="{village.member("Paul")}"' in shown.html
    assert "The keys are yours." in take(village, both[1], given_by=village.member("Paul")).text
    village.pass_time(minutes=30)
    village.as_("Nadia").post(f"{at(both[1])}/return", odometer_km=10_100, level_percent=75)
    assert [km_of(village, trip) for trip in both] == [50, 50]
    his = village.as_("Paul").get(at(both[0])).text
    assert "Nadia says she was given the keys: the trip ended then" in his
    assert "−€12.50" in his  # 50 km at 0.25


def test_the_other_is_told(village: Village, both: tuple[UUID, UUID]) -> None:
    village.letters()
    take(village, both[1], given_by=village.member("Paul"))
    [letter] = village.letters_to("Paul")
    assert letter.subject == "Nadia has the keys of Zoé now"
    assert "at 10,050\xa0km: your trip ended then." in letter.body
    assert at(both[0]) in letter.body


def test_a_vehicle_still_out_after_its_hours_says_so_everywhere(village: Village, both: tuple[UUID, UUID]) -> None:
    village.pass_time(minutes=30)
    said = "Paul still has it: it should be back since today 9:30 am."
    zoe, nadia = village.vehicle("Zoé"), village.as_("Nadia")
    later = f"start={(village.now + 4 * HALF_HOUR).isoformat()}&end={(village.now + 6 * HALF_HOUR).isoformat()}"
    hours = later.replace("+", "%2B")
    for page in (
        f"/coops/{COOP}/availability?when=tomorrow",
        f"/coops/{COOP}/vehicles/{zoe}",
        f"/coops/{COOP}/bookings/new?vehicle_id={zoe}&{hours}",
        at(both[1]),
    ):
        assert said in nadia.get(page).text, page
    village.returned("Paul", both[0], 10_050)
    assert said not in nadia.get(f"/coops/{COOP}/vehicles/{zoe}").text


@on_both
def test_programs_are_told_of_a_vehicle_still_out(village: Village, both: tuple[UUID, UUID]) -> None:
    nadia, zoe = village.as_("Nadia"), str(village.vehicle("Zoé"))

    def told() -> list[Any]:
        offers = nadia.api("GET", f"/coops/{COOP}/availability?when=tomorrow").json()
        terms = nadia.api("GET", f"/coops/{COOP}/vehicles/{zoe}/terms").json()
        has = nadia.api("GET", f"{at(both[1])}/to-know").json()["with_another"]
        return [next(one["late"] for one in offers if one["vehicle_id"] == zoe), terms["late"], has["late"]]

    assert told() == [None, None, False]
    village.pass_time(minutes=30)
    search, terms, has = told()
    assert search == terms
    assert (terms["name"], terms["due_at"], has) == ("Paul", "2026-11-02T08:30:00Z", True)


def test_kilometres_no_trip_tells_of_are_shown(village: Village) -> None:
    village.drove("Paul", "Zoé", 40)
    village.pass_time(hours=5)
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_540)  # it came back at 10,040
    shown = village.as_("Nadia").get(f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}").text
    assert "500 km, between today 11 am and today 4 pm" in shown
    assert "500 km that no trip tells of" in village.as_("Nadia").get(at(booking_id)).text
    first = village.booked("Paul", "Kangoo")
    village.taken("Paul", first, 10_007)
    assert "7 km that no trip tells of" in village.as_("Paul").get(at(first)).text  # it entered service at 10,000


def test_those_who_booked_are_told_that_a_vehicle_left(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé", village.now + timedelta(days=2))
    village.booked("Paul", "Zoé", village.now + timedelta(days=3))
    village.letters()
    leave = LeaveService(coop_id=COOP, vehicle_id=village.vehicle("Zoé"))
    Fleet(village.site.history).leave_service(leave, village.asked("Claire"))
    village.settle()
    told = village.letters()
    assert {letter.address for letter in told} == {"nadia@example.org", "paul@example.org"}
    assert all(letter.subject.startswith("Zoé is out of service: your booking") for letter in told)
    village.pass_time(days=2)
    assert "This vehicle is out of service: its keys stay where they are." in take(village, booking_id).text


def test_those_who_booked_beyond_its_papers_are_told(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé", village.now + timedelta(days=2))
    village.booked("Paul", "Zoé", village.now + timedelta(days=1))
    village.letters()
    until = (village.now + timedelta(days=1)).date()
    paper = PaperOnFile(kind="inspection", valid_until=until)
    file = FilePaper(coop_id=COOP, vehicle_id=village.vehicle("Zoé"), paper=paper)
    Fleet(village.site.history).file_paper(file, village.asked("Claire"))
    village.settle()
    [letter] = village.letters()
    assert (letter.address, "The inspection of Zoé ends before your booking" in letter.body) == (
        "nadia@example.org",
        True,
    )
    village.pass_time(days=2)
    assert "The inspection of this vehicle ended on" in take(village, booking_id).text

"""Finding a vehicle: who is free for these hours, why the others are not, and all about one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fleet.application import Fleet
from fleet.commands import EnterService, FilePaper, Home, LeaveService, PaperOnFile
from tests.kit.pictures import NO_PICTURE, jpeg
from tests.kit.village import COOP, Village

PAGE = f"/coops/{COOP}/vehicles"
FREE = f"/coops/{COOP}/availability"
CHOSEN = "when=choose&start_date=2026-11-03&start_time=18:00&end_date=2026-11-03&end_time=20:00"


def test_free_vehicles_say_their_price_for_these_hours_and_who_decides(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{FREE}?{CHOSEN}")
    assert seen.status == 200
    assert "Tomorrow 6–8 pm" in seen.text
    assert "Clio" in seen.text
    assert "Jean says yes or no" in seen.text
    assert "€6.00 for 20 km · €0.30/km" in seen.text
    assert "Free of charge" in seen.text


def test_a_vehicle_taken_says_until_when(village: Village) -> None:
    village.booked("Paul", "Kangoo", datetime(2026, 11, 3, 17, tzinfo=UTC), hours=2)
    free, not_free = village.as_("Nadia").get(f"{FREE}?{CHOSEN}").text.split("Not for these hours, and why")
    assert "Kangoo" not in free
    assert "Kangoo" in not_free
    assert "Already booked from" in not_free
    assert "Free again" in not_free


def test_a_vehicle_whose_inspection_has_passed_says_so(village: Village) -> None:
    past = PaperOnFile(kind="inspection", valid_until=date(2026, 11, 2))
    command = FilePaper(coop_id=COOP, vehicle_id=village.vehicle("Zoé"), paper=past)
    Fleet(village.site.history).file_paper(command, village.asked("Claire"))
    village.settle()
    not_free = village.as_("Nadia").get(f"{FREE}?{CHOSEN}").text.split("Not for these hours, and why")[1]
    assert "Zoé" in not_free
    assert "inspection of this vehicle is valid until" in not_free


def test_too_long_for_the_rules_is_said_for_every_vehicle(village: Village) -> None:
    hours = "when=choose&start_date=2026-11-03&start_time=18:00&end_date=2026-11-08&end_time=20:00"
    seen = village.as_("Nadia").get(f"{FREE}?{hours}")
    assert seen.text.count("The longest booking is 72 hours.") == 4


@pytest.mark.parametrize(
    ("chip", "hours"),
    [
        ("now", "Today 9–11 am"),
        ("tonight", "Today 6–10 pm"),
        ("tomorrow", "Tomorrow 6–8 pm"),
        ("weekend", "Saturday 9 am – Sunday 6 pm"),
    ],
)
def test_a_chip_stands_for_usual_hours(village: Village, chip: str, hours: str) -> None:
    seen = village.as_("Nadia").get(f"{FREE}?when={chip}")
    assert hours in seen.text
    assert f'?when={chip}" aria-current="true"' in seen.html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("when=choose&start_date=2026-11-03&start_time=20:00&end_date=2026-11-03&end_time=18:00", "The end must come"),
        ("when=choose&start_date=someday&start_time=20:00&end_date=2026-11-03&end_time=18:00", "Choose a day."),
        ("start=2026-11-03T18:00:00&end=2026-11-03T20:00:00", "Choose a day and an hour."),
        ("start=9999-12-31T23:00:00-12:00&end=9999-12-31T23:59:00-12:00", "This day is too far away."),
        ("when=choose&start_date=9999-12-31&start_time=20:00&end_date=9999-12-31&end_time=23:00", "too far away"),
    ],
)
def test_hours_that_cannot_be_read_are_said_beside_usual_ones(village: Village, asked: str, said: str) -> None:
    seen = village.as_("Nadia").get(f"{FREE}?{asked}")
    assert seen.status in (200, 422)
    assert said in seen.text
    assert "Clio" in seen.text


def test_near_where_i_am_puts_the_nearest_first(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{FREE}?{CHOSEN}&latitude=44.7531&longitude=5.3708")
    assert "min" in seen.text
    assert village.as_("Nadia").get(f"{FREE}?{CHOSEN}&latitude=north&longitude=5").status == 422


def test_a_vehicle_tells_where_whose_and_at_what_price(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Kangoo')}")
    for said in ("Kangoo", "Place de la République, Die", "Amina (2/5)", "Luc (1/5)", "by their shares"):
        assert said in seen.text
    assert "Change its papers" not in seen.text


def test_its_week_shows_who_has_it_and_the_neighbours_plans(village: Village) -> None:
    browser = village.as_("Paul")
    start, end = datetime(2026, 11, 3, 17, tzinfo=UTC), datetime(2026, 11, 3, 19, tzinfo=UTC)
    hours: dict[str, Any] = {"start": start.isoformat(), "end": end.isoformat()}
    sent: dict[str, Any] = {
        "vehicle_id": village.vehicle("Kangoo"),
        "destination": "Crest market",
        "flexible": "yes",
        **hours,
    }
    browser.post(f"/coops/{COOP}/bookings", **sent)
    seen = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Kangoo')}")
    assert "6 pm – 8 pm Paul" in seen.text
    assert "Crest market" in seen.text


def test_a_vehicle_out_of_service_is_told_and_cannot_be_booked(village: Village) -> None:
    command = LeaveService(coop_id=COOP, vehicle_id=village.vehicle("Clio"))
    Fleet(village.site.history).leave_service(command, village.asked("Jean"))
    village.settle()
    seen = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Clio')}")
    assert "This vehicle takes no bookings." in seen.text
    assert "Book Clio" not in seen.text
    assert "Clio" not in village.as_("Nadia").get(FREE).text


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
    assert seen.status == 409
    assert "This file is not a photo" in seen.text
    assert ">A scratch</textarea>" in seen.html


@pytest.mark.parametrize(
    "path",
    ["availability", "vehicles/{clio}", "bookings/new?vehicle_id={clio}", "vehicles/new", "vehicles/{clio}/edit"],
)
def test_only_members_look_at_vehicles(village: Village, path: str) -> None:
    here = f"/coops/{COOP}/" + path.format(clio=village.vehicle("Clio"))
    assert village.anyone().get(here).status == 401
    assert village.as_("Olga").get(here).status == 403
    assert village.as_("Sacha").get(here).status == 403


def test_nothing_is_there_under_an_unknown_id(village: Village) -> None:
    assert village.as_("Nadia").get(f"{PAGE}/{village.member('Nadia')}").status == 404
    assert village.as_("Nadia").get(f"/coops/{COOP}/bookings/new?vehicle_id={village.member('Nadia')}").status == 404


def test_a_vehicle_just_brought_in_is_shown_before_its_price_is_known(village: Village) -> None:
    village.clock.now += timedelta(minutes=1)
    home = Home(text="Rue du Viaduc, Die")
    bike: dict[str, Any] = {
        "name": "Bike",
        "kind": "bike",
        "energy": "none",
        "seats": 1,
        "handover": "none",
        "sharing": "group",
    }
    command = EnterService(coop_id=COOP, home=home, **bike)
    Fleet(village.site.history).enter_service(command, village.asked("Claire", village.vehicle("Bike")))
    seen = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Bike')}")
    assert seen.status == 200
    assert "Its price is being worked out" in seen.text


@pytest.mark.parametrize("before", ["vehicles", "vehicles/{clio}/book"])
def test_a_former_address_leads_to_where_its_page_is_now(village: Village, before: str) -> None:
    seen = village.as_("Nadia").get(f"/coops/{COOP}/{before.format(clio=village.vehicle('Clio'))}?{CHOSEN}")
    assert seen.status == 200
    assert "Tomorrow 6–8 pm" in seen.text

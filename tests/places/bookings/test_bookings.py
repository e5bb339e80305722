"""Booking in four taps, answering a request, giving hours back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from governance.roles import Role
from tests.kit.browser import Seen
from tests.kit.crowd import crowd
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
TOMORROW = {"start": "2026-11-03T17:00:00+00:00", "end": "2026-11-03T19:00:00+00:00"}
SIX = datetime(2026, 11, 3, 17, tzinfo=UTC)


def hours(village: Village, vehicle: str, **more: Any) -> dict[str, Any]:
    return {"vehicle_id": village.vehicle(vehicle), **TOMORROW, **more}


def booked(village: Village, who: str, vehicle: str, **more: Any) -> Seen:
    return village.as_(who).post(f"{HERE}/bookings", **hours(village, vehicle, **more))


def link(seen: Seen, text: str) -> str:
    found = [href for href, said in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', seen.html) if text in said]
    return str(found[0]).replace("&amp;", "&")


def form_of(seen: Seen, action: str) -> dict[str, Any]:
    sent = re.search(rf'(?s)action="{re.escape(action)}".*?</form>', seen.html)
    assert sent
    return dict(re.findall(r'type="hidden" name="(?!_csrf|command)(\w+)" value="([^"]*)"', sent[0]))


def test_a_vehicle_is_booked_in_four_taps(village: Village) -> None:
    browser = village.as_("Nadia")
    vehicles = browser.get(link(browser.get(f"{HERE}/"), "Vehicles"))  # first tap
    tomorrow = browser.get(link(vehicles, "Tomorrow evening"))  # second
    confirm = browser.get(link(tomorrow, 'Book<span class="hidden"> Kangoo'))  # third
    assert "€7.00" in confirm.text
    seen = browser.post(f"{HERE}/bookings", **form_of(confirm, f"{HERE}/bookings"))  # fourth
    assert seen.status == 200
    assert "It is noted." in seen.text
    assert "Tomorrow 6–8 pm" in seen.text
    assert "Confirmed" in seen.text


def test_of_many_that_are_free_instead_the_first_are_shown(village: Village) -> None:
    crowd(village, vehicles=60)
    booked(village, "Paul", "Kangoo")
    seen = booked(village, "Nadia", "Kangoo")
    assert seen.status == 409
    assert len(re.findall(r'Book<span class="hidden">', seen.html)) == 40
    then = village.as_("Nadia").get(link(seen, "More vehicles"))
    assert "Tomorrow 6–8 pm" in then.text
    assert link(then, "More vehicles")


def test_other_hours_typed_on_the_booking_page_count(village: Village) -> None:
    typed = "start_date=2026-11-05&start_time=10:00&end_date=2026-11-05&end_time=12:30"
    seen = village.as_("Nadia").get(f"{HERE}/bookings/new?vehicle_id={village.vehicle('Clio')}&{typed}")
    assert form_of(seen, f"{HERE}/bookings")["end"] == "2026-11-05T11:30:00+00:00"


@pytest.mark.parametrize(
    ("evening", "morning", "said"),
    [
        ("2027-03-27", "2027-03-28", "that is 7 h (the clocks change)"),
        ("2027-10-30", "2027-10-31", "that is 9 h (the clocks change)"),
        ("2027-12-31", "2028-01-01", "Tomorrow 11 pm – Saturday 7 am"),
    ],
)
def test_a_night_says_how_long_it_really_lasts(village: Village, evening: str, morning: str, said: str) -> None:
    village.clock.now = datetime.fromisoformat(f"{evening}T08:00:00+00:00") - timedelta(days=1)
    night = f"start_date={evening}&start_time=23:00&end_date={morning}&end_time=07:00"
    nadia = village.as_("Nadia")
    confirm = nadia.get(f"{HERE}/bookings/new?vehicle_id={village.vehicle('Zoé')}&{night}")
    assert said in confirm.text
    seen = nadia.post(f"{HERE}/bookings", **form_of(confirm, f"{HERE}/bookings"))
    assert (seen.status, said in seen.text) == (200, True)


def test_who_comes_second_is_told_kindly_and_shown_what_else_is_free(village: Village) -> None:
    booked(village, "Nadia", "Kangoo")
    seen = booked(village, "Paul", "Kangoo", destination="Valence")
    assert seen.status == 409
    assert "Already booked from tomorrow 6 pm to 8 pm" in seen.text
    assert "Free at the same hours" in seen.text
    assert "Zoé" in seen.text
    assert 'value="Valence"' in seen.html


def test_the_same_form_sent_three_times_books_once(village: Village) -> None:
    command_id = uuid4()
    seen = []
    for _ in range(3):
        seen.append(booked(village, "Nadia", "Zoé", command_id=command_id))
        village.pass_time(minutes=1)
    assert {page.path for page in seen} == {f"{HERE}/bookings/{command_id}"}
    assert village.as_("Nadia").get(f"{HERE}/bookings").text.count("Zoé") == 2  # in the list and on the calendar


def test_the_same_id_with_other_hours_is_refused(village: Village) -> None:
    command_id = uuid4()
    booked(village, "Nadia", "Zoé", command_id=command_id)
    seen = booked(village, "Nadia", "Clio", command_id=command_id)
    assert seen.status == 409
    assert "already sent with other content" in seen.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end": TOMORROW["start"]}, "The end must come after the start."),
        ({"start": "2026-11-03T17:00:00"}, "Choose a day and an hour."),
        ({"end": "9999-12-31T23:59:59-14:00"}, "This day is too far away."),
        ({"start": "", "end": ""}, "Fill this in."),
        ({"destination": "x" * 281}, "This is too long."),
        ({"vehicle_id": "the clio"}, "Something has to be put right."),
    ],
)
def test_hours_that_cannot_be_read_hold_nothing(village: Village, change: dict[str, Any], said: str) -> None:
    seen = booked(village, "Nadia", "Clio", **change)
    assert seen.status == 422
    assert said in seen.text
    assert "Clio" not in village.as_("Nadia").get(f"{HERE}/bookings").text


def test_a_lent_vehicle_waits_for_its_owner_who_says_yes(village: Village) -> None:
    asked = booked(village, "Nadia", "Clio")
    assert "Waiting for the owner" in asked.text
    home = village.as_("Jean").get(f"{HERE}/")
    assert "Nadia would like the Clio" in home.text
    seen = village.as_("Jean").post(f"{asked.path}/approval")
    assert "You said yes. They get a mail." in seen.text
    assert "Jean agreed" in village.as_("Nadia").get(asked.path).text


def test_an_owner_says_no_and_why(village: Village) -> None:
    asked = booked(village, "Nadia", "Clio")
    village.as_("Jean").post(f"{asked.path}/refusal", reason="I am away that day.")
    seen = village.as_("Nadia").get(asked.path)
    assert "Refused" in seen.text
    assert "I am away that day." in seen.text
    again = village.as_("Jean").post(f"{asked.path}/approval")
    assert again.status == 409


def test_only_the_owner_answers(village: Village) -> None:
    asked = booked(village, "Nadia", "Clio")
    for who, status in (("Nadia", 403), ("Paul", 403), ("Olga", 403), ("Sacha", 403)):
        assert village.as_(who).post(f"{asked.path}/approval").status == status
        assert village.as_(who).post(f"{asked.path}/refusal").status == status
    assert village.anyone().post(f"{asked.path}/approval").status == 401
    assert "Waiting for the owner" in village.as_("Nadia").get(asked.path).text


def test_hours_are_given_back_by_who_booked_them(village: Village) -> None:
    seen = booked(village, "Nadia", "Kangoo")
    assert village.as_("Paul").post(f"{seen.path}/cancellation").status == 403
    done = village.as_("Nadia").post(f"{seen.path}/cancellation")
    assert "Cancelled. The hours are free for the others." in done.text
    assert booked(village, "Paul", "Kangoo").status == 200


def test_what_is_past_is_given_back_no_more(village: Village) -> None:
    seen, nadia = booked(village, "Nadia", "Kangoo"), village.as_("Nadia")
    assert "Cancel this booking" in nadia.get(seen.path).text
    village.pass_time(days=1, hours=11)  # its end, to the minute
    assert "Cancel this booking" not in nadia.get(seen.path).text
    refused = nadia.post(f"{seen.path}/cancellation")
    assert (refused.status, "These hours are over" in refused.text) == (409, True)


def test_a_wish_says_by_when_it_is_answered_its_start_at_the_latest(village: Village) -> None:
    start = village.now + timedelta(hours=1)
    asked, here = village.booked("Nadia", "Clio", start), village.as_("Nadia")
    assert "Answer due by today 10 am" in here.get(f"{HERE}/bookings/{asked}").text
    village.pass_time(hours=1)
    assert "Answer due by" not in here.get(f"{HERE}/bookings/{asked}").text
    assert "Clio" in village.as_("Paul").get(f"/coops/{COOP}/availability?when=tonight").text
    late = village.as_("Jean").post(f"{HERE}/bookings/{asked}/approval")
    assert late.status == 409


def test_a_booking_is_read_by_those_concerned(village: Village) -> None:
    village.give_role("Paul", Role.STEWARD)
    seen = booked(village, "Nadia", "Clio", destination="Valence")
    for who in ("Nadia", "Jean", "Claire", "Paul"):
        assert "Valence" in village.as_(who).get(seen.path).text
    for who in ("Amina", "Olga", "Sacha"):
        assert village.as_(who).get(seen.path).status == 403
    assert village.as_("Nadia").get(f"{HERE}/bookings/{uuid4()}").status == 404
    assert village.anyone().get(seen.path).status == 401


def test_a_booking_across_the_change_of_hour_lasts_what_it_lasts(village: Village) -> None:
    village.clock.now = datetime(2027, 3, 20, 8, tzinfo=UTC)
    typed = "start_date=2027-03-27&start_time=23:00&end_date=2027-03-28&end_time=07:00"
    seen = village.as_("Nadia").get(f"{HERE}/bookings/new?vehicle_id={village.vehicle('Zoé')}&{typed}")
    sent = form_of(seen, f"{HERE}/bookings")
    assert (sent["start"], sent["end"]) == ("2027-03-27T22:00:00+00:00", "2027-03-28T05:00:00+00:00")


def test_who_comes_back_after_booking_reads_that_it_is_hers(village: Village) -> None:
    """Nothing else is offered: she would take a second car."""
    mine = booked(village, "Nadia", "Kangoo")
    asked = f"{HERE}/bookings/new?{urlencode(hours(village, 'Kangoo'))}"
    seen = village.as_("Nadia").get(asked)
    assert seen.status == 200
    assert "It is you who have it You have it already, from tomorrow 6 pm to 8 pm." in seen.text
    assert link(seen, "See my booking") == mine.path
    for other in ('role="alert"', "Free at the same hours", f'action="{HERE}/bookings"'):
        assert other not in seen.html
    assert "Already booked" in village.as_("Paul").get(asked).text


def test_the_same_hours_asked_again_lead_to_the_first_booking(village: Village) -> None:
    mine = booked(village, "Nadia", "Kangoo")
    again = booked(village, "Nadia", "Kangoo")
    assert again.status == 409
    assert link(again, "See my booking") == mine.path

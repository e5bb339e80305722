"""Finding a vehicle: who is free for these hours, and why the others are not."""

import re
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from booking.application import Bookings
from booking.commands import SetHouseRules
from fleet.application import Fleet
from fleet.commands import FilePaper, PaperOnFile
from tests.booking.village import RULES
from tests.kit.crowd import crowd
from tests.kit.village import COOP, Village

FREE = f"/coops/{COOP}/availability"
NEXT = re.compile(rf'href="({FREE}\?[^"]*after=[^"]+)"')
OFFER = re.compile(r"bookings/new\?vehicle_id=([0-9a-f-]{36})")


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
    assert "Free again tomorrow 8 pm" in not_free


def test_the_voted_gap_is_told_and_the_hour_it_is_free_from_can_be_booked(village: Village) -> None:
    gap = SetHouseRules(coop_id=COOP, vehicle_id=village.vehicle("Kangoo"), rules=replace(RULES, buffer_minutes=15))
    Bookings(village.site.history).set_house_rules(gap, village.asked("Claire"))
    village.booked("Paul", "Kangoo", datetime(2026, 11, 3, 13, tzinfo=UTC), hours=2)  # 2 pm to 4 pm here
    hours = "when=choose&start_date=2026-11-03&start_time={}&end_date=2026-11-03&end_time={}"
    nadia = village.as_("Nadia")
    near = nadia.get(f"{FREE}?{hours.format('16:05', '17:00')}").text.split("Not for these hours, and why")[1]
    assert "It is out from tomorrow 2 pm to 4 pm, and 15 minutes are kept between two trips." in near
    assert "Free again tomorrow 4:15 pm" in near
    assert "Kangoo" in nadia.get(f"{FREE}?{hours.format('16:15', '17:10')}").text.split("Not for these hours")[0]


def test_ones_own_booking_is_nobody_elses_and_a_wish_says_by_when_it_is_answered(village: Village) -> None:
    evening = datetime(2026, 11, 3, 17, tzinfo=UTC)
    village.booked("Nadia", "Clio", evening)
    mine = village.as_("Nadia").get(f"{FREE}?{CHOSEN}").text
    assert "You have it already, from tomorrow 6 pm to 8 pm. See my booking" in mine
    others = village.as_("Paul").get(f"{FREE}?{CHOSEN}").text
    asked = "Somebody asked for it from tomorrow 6 pm to 8 pm: an answer is due by today 9 pm."
    assert asked in others


def test_a_vehicle_whose_inspection_has_passed_says_so(village: Village) -> None:
    past = PaperOnFile(kind="inspection", valid_until=date(2026, 11, 2))
    command = FilePaper(coop_id=COOP, vehicle_id=village.vehicle("Zoé"), paper=past)
    Fleet(village.site.history).file_paper(command, village.asked("Claire"))
    village.settle()
    not_free = village.as_("Nadia").get(f"{FREE}?{CHOSEN}").text.split("Not for these hours, and why")[1]
    assert "Zoé" in not_free
    assert "inspection of this vehicle is due by" in not_free


def test_one_reason_is_said_once_for_all_its_vehicles(village: Village) -> None:
    hours = "when=choose&start_date=2026-11-03&start_time=18:00&end_date=2026-11-08&end_time=20:00"
    seen = village.as_("Nadia").get(f"{FREE}?{hours}")
    assert seen.text.count("The longest booking is 72 hours.") == 1
    why_not = seen.text.split("The longest booking is 72 hours.")[1]
    assert all(name in why_not for name in ("Biporteur", "Clio", "Kangoo", "Zoé"))


@pytest.mark.parametrize(
    ("chip", "hours"),
    [
        ("now", "Today 9–11 am"),
        ("tonight", "Today 6–10 pm"),
        ("tomorrow", "Tomorrow 6–8 pm"),
        ("weekend", "Saturday 9 am – Sunday 6 pm"),
        ("next_weekend", "14 November 9 am – Sunday 15 November 6 pm"),
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
def test_hours_that_cannot_be_read_are_asked_back_and_nothing_is_offered(
    village: Village, asked: str, said: str
) -> None:
    seen = village.as_("Nadia").get(f"{FREE}?{asked}")
    assert seen.status in (200, 422)
    assert said in seen.text
    assert "Clio" not in seen.text
    typed = dict(pair.split("=") for pair in asked.split("&"))
    assert all(f'name="{name}" type="' in seen.html for name in ("start_date", "end_time"))
    for name in typed.keys() & {"start_date", "start_time", "end_date", "end_time"}:
        assert f'value="{typed[name]}"' in seen.html
    assert 'href="#start"' not in seen.html


@pytest.mark.parametrize("path", ["availability?when=choose&", "bookings/new?vehicle_id={clio}&"])
def test_an_end_on_a_day_before_is_asked_back_on_the_same_day(village: Village, path: str) -> None:
    """Who chose Saturday in "From" alone: nothing else is offered meanwhile."""
    hours = "start_date=2026-11-07&start_time=09:00&end_date=2026-11-03&end_time=11:00"
    seen = village.as_("Nadia").get(f"/coops/{COOP}/{path.format(clio=village.vehicle('Clio'))}{hours}")
    assert "The end was on a day before the start: here it is on the same day." in seen.text
    assert seen.html.count('value="2026-11-07"') == 2
    assert ('value="09:00"' in seen.html, 'value="11:00"' in seen.html) == (True, True)
    assert 'name="command_id"' not in seen.html  # no form that books other hours


def test_near_where_i_am_puts_the_nearest_first(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{FREE}?{CHOSEN}&latitude=44.7531&longitude=5.3708")
    assert "min" in seen.text
    assert village.as_("Nadia").get(f"{FREE}?{CHOSEN}&latitude=north&longitude=5").status == 422


@pytest.mark.parametrize("before", ["vehicles", "vehicles/{clio}/book"])
def test_a_former_address_leads_to_where_its_page_is_now(village: Village, before: str) -> None:
    seen = village.as_("Nadia").get(f"/coops/{COOP}/{before.format(clio=village.vehicle('Clio'))}?{CHOSEN}")
    assert seen.status == 200
    assert "Tomorrow 6–8 pm" in seen.text


def test_many_vehicles_are_shown_forty_at_a_time_for_the_same_hours(village: Village) -> None:
    crowd(village, vehicles=60)
    browser = village.as_("Nadia")
    first = browser.get(f"{FREE}?{CHOSEN}&latitude=44.7521&longitude=5.3689")
    following = NEXT.findall(first.html)
    then = browser.get(following[0].replace("&amp;", "&"))
    assert "Tomorrow 6–8 pm" in then.text
    assert "latitude=44.7521&amp;longitude=5.3689" in following[0]
    shown = [*OFFER.findall(first.html), *OFFER.findall(then.html)]
    assert (len(OFFER.findall(first.html)), len(shown), len({*shown})) == (40, 64, 64)
    assert "More vehicles" not in then.text


def test_beyond_those_that_are_free_nothing_says_that_none_is(village: Village) -> None:
    crowd(village, vehicles=60)
    hours = "when=choose&start_date=2026-11-03&start_time=18:00&end_date=2026-11-08&end_time=20:00"
    browser = village.as_("Nadia")
    first = browser.get(f"{FREE}?{hours}")
    assert "Nothing is free for all of these hours." in first.text
    then = browser.get(NEXT.findall(first.html)[0].replace("&amp;", "&"))
    assert "Nothing is free" not in then.text
    assert then.text.count("The longest booking is 72 hours.") == 1
    assert then.html.count('class="grow"') == 24


@pytest.mark.parametrize(("after", "status"), [("{olga}", 400), ("x", 422)])
def test_offers_after_one_that_is_not_there_are_refused(village: Village, after: str, status: int) -> None:
    asked = after.format(olga=village.member("Olga"))
    assert village.as_("Nadia").get(f"{FREE}?{CHOSEN}&after={asked}").status == status


def test_a_program_is_told_all_at_once(village: Village) -> None:
    crowd(village, vehicles=60)
    assert len(village.as_("Nadia").api("GET", FREE).json()) == 64


def test_only_members_ask_who_is_free(village: Village) -> None:
    for path in (FREE, f"{FREE}?{CHOSEN}"):
        assert village.as_("Olga").get(path).status == 403
        assert village.as_("Olga").api("GET", path).code == "not-a-member"

"""A day, from when, until when: any hours by links."""

import gzip
import re
from datetime import UTC, datetime

import pytest

from tests.kit.browser import Browser, Seen
from tests.kit.crowd import crowd
from tests.kit.village import COOP, Village

DAYS = f"/coops/{COOP}/availability/days"
SATURDAY = f"{DAYS}?day=2026-11-07"  # today is Monday, the 2nd


def links(seen: Seen, within: str) -> dict[str, str]:
    """Return where the links to an address lead that holds a text, by what they say; the first where several do."""
    found = re.findall(r'(?s)<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', seen.html)
    told = [(re.sub(r"<[^>]+>", "", text).replace("\u00a0", " ").strip(), href) for href, text in reversed(found)]
    said = {text: href for text, href in told if within in href}
    return {text: href.replace("&amp;", "&") for text, href in said.items()}


def followed(browser: Browser, seen: Seen, within: str, text: str) -> Seen:
    return browser.get(links(seen, within)[text].split("#")[0])


def test_two_weeks_of_days_lead_to_their_hours(village: Village) -> None:
    seen = village.as_("Nadia").get(f"/coops/{COOP}/availability")
    days = links(seen, "availability/days?day=")
    assert len(days) == 14
    assert days["Mon2 (today)"] == f"{DAYS}?day=2026-11-02#hours"
    assert days["Sat7 (Saturday)"] == f"{SATURDAY}#hours"
    many = links(village.as_("Nadia").get(f"/coops/{COOP}/availability?when=choose"), "availability/days?day=")
    assert (len(many), "Tue1 Dec (Tuesday 1 December)" in many) == (63, True)


def test_a_day_a_start_and_an_end_lead_to_the_booking(village: Village) -> None:
    browser, kangoo = village.as_("Nadia"), str(village.vehicle("Kangoo"))
    start = followed(browser, browser.get(SATURDAY), kangoo, "9 am, free")
    assert "From Saturday 9 am, until when?" in start.text
    confirm = followed(browser, start, "bookings/new", "11 am")
    assert "Saturday 9–11 am" in confirm.text
    assert "€7.00 for 20 km" in confirm.text
    assert 'value="2026-11-07T08:00:00+00:00"' in confirm.html


def test_half_hours_are_offered_beside(village: Village) -> None:
    browser, kangoo = village.as_("Nadia"), str(village.vehicle("Kangoo"))
    start = followed(browser, browser.get(SATURDAY), kangoo, "9 am, free")
    later = start.html.replace("\u00a0", " ").split("From Saturday 9:30 am")[1]
    assert "start=2026-11-07T08:30:00Z&amp;end=2026-11-07T10:30:00Z" in later


def test_a_night_is_within_reach_at_once_and_any_other_day_by_one_link_more(village: Village) -> None:
    browser, kangoo = village.as_("Nadia"), str(village.vehicle("Kangoo"))
    evening = followed(browser, browser.get(SATURDAY), kangoo, "8 pm, free")
    night = followed(browser, evening, "bookings/new", "7 am")
    assert "Saturday 8 pm – Sunday 7 am" in night.text
    monday = followed(browser, evening, "until=", "Mon9 (Monday 9 November)")
    assert "From Saturday 8 pm, until when?" in monday.text
    back = followed(browser, monday, "bookings/new", "6 pm")
    assert "Saturday 8 pm – Monday 9 November 6 pm" in back.text


def test_what_is_taken_is_a_word_and_no_link(village: Village) -> None:
    village.booked("Paul", "Kangoo", datetime(2026, 11, 7, 8, tzinfo=UTC), hours=2)
    village.booked("Nadia", "Zoé", datetime(2026, 11, 7, 8, tzinfo=UTC), hours=1)
    seen = village.as_("Nadia").get(SATURDAY)
    kangoo = links(seen, str(village.vehicle("Kangoo")))
    assert ("8 am, free" in kangoo, "9 am, free" in kangoo, "11 am, free" in kangoo) == (True, False, True)
    assert seen.text.count("9 am taken") == 1
    assert seen.text.count("9 am yours") == 1
    until = followed(village.as_("Nadia"), seen, str(village.vehicle("Kangoo")), "8 am, free")
    assert links(until, "bookings/new").keys() == {"8:30 am", "9 am"}
    assert "Already booked from Saturday 9 am to 11 am." in until.text


def test_one_vehicle_has_its_own_page_of_hours(village: Village) -> None:
    browser, here = village.as_("Nadia"), f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}"
    assert f'href="{here}/hours"' in browser.get(here).html
    seen = browser.get(f"{here}/hours?day=2026-11-07")
    assert "Saturday: from when?" in seen.text
    assert len(links(seen, "hours?start=")) == 24


def test_what_forbids_a_day_is_said_instead_of_its_hours(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{DAYS}?day=2027-11-07")
    assert "Bookings open" in seen.text
    assert links(seen, "start=") == {}


@pytest.mark.parametrize("asked", ["day=2020-01-01", "start=2020-01-01T08:00:00Z"])
def test_of_what_is_past_today_is_shown(village: Village, asked: str) -> None:
    here = f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/hours"
    assert "Today: from when?" in village.as_("Nadia").get(f"{here}?{asked}").text


@pytest.mark.parametrize("asked", ["day=x", "day=9999-01-01", "start=x", "start=2026-11-07T08:00", "until=8999-12-31"])
def test_what_is_no_day_or_instant_is_refused(village: Village, asked: str) -> None:
    here = f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/hours"
    assert village.as_("Nadia").get(f"{here}?{asked}").status == 422


def test_of_many_vehicles_twelve_are_shown_at_a_time_and_the_page_stays_light(village: Village) -> None:
    crowd(village, vehicles=60)
    browser = village.as_("Nadia")
    first = browser.get(SATURDAY)
    then = followed(browser, first, "after=", "More vehicles")
    shown = [{*re.findall(r"vehicles/([0-9a-f-]{36})/hours", seen.html)} for seen in (first, then)]
    assert ([*map(len, shown)], len(shown[0] | shown[1])) == ([12, 12], 24)
    assert len(gzip.compress(first.content)) < 6_000
    assert browser.get(f"{SATURDAY}&after={village.member('Olga')}").status == 404


def test_only_members_look_for_hours(village: Village) -> None:
    for path in (DAYS, f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/hours"):
        assert village.as_("Olga").get(path).status == 403
        assert village.anyone().get(path).status == 401

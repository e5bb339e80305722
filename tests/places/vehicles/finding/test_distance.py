"""How far one means to drive: it can be changed, is remembered for hours as long, and the price is for it."""

import pytest

from tests.kit.village import COOP, Village

FREE = f"/coops/{COOP}/availability"
EVENING = f"{FREE}?when=tomorrow"
WEEKEND = f"{FREE}?when=weekend"


def test_the_price_is_for_the_km_one_says(village: Village) -> None:
    nadia = village.as_("Nadia")
    assert "€6.00 for 20 km" in nadia.get(EVENING).text  # 20 km at €0.30
    told = nadia.get(f"{EVENING}&km=65")
    assert "€19.50 for 65 km" in told.text
    assert 'name="km" type="text" inputmode="numeric" maxlength="5" value="65"' in told.html
    assert '<input type="hidden" name="when" value="tomorrow">' in told.html


def test_they_are_remembered_for_hours_as_long_and_no_others(village: Village) -> None:
    nadia = village.as_("Nadia")
    before = nadia.get(WEEKEND).text
    nadia.get(f"{EVENING}&km=65")
    assert "for 65 km" in nadia.get(EVENING).text
    clio = f"/coops/{COOP}/bookings/new?vehicle_id={village.vehicle('Clio')}&when=tomorrow"
    assert "€19.50 for 65 km" in nadia.get(clio).text
    assert nadia.get(WEEKEND).text == before
    nadia.get(f"{WEEKEND}&km=300")
    assert ("for 300 km" in nadia.get(WEEKEND).text, "for 65 km" in nadia.get(EVENING).text) == (True, True)
    assert "for 20 km" in village.as_("Paul").get(EVENING).text


@pytest.mark.parametrize("typed", ["", "20"])
def test_what_is_usual_anyway_is_remembered_no_more(village: Village, typed: str) -> None:
    nadia = village.as_("Nadia")
    nadia.get(f"{EVENING}&km=65")
    assert "for 20 km" in nadia.get(f"{EVENING}&km={typed}").text
    assert "for 20 km" in nadia.get(EVENING).text
    assert "km" not in nadia.cookies


def test_on_the_page_of_a_booking_it_can_be_changed_too(village: Village) -> None:
    hours = "start=2026-11-03T17:00:00%2B00:00&end=2026-11-03T19:00:00%2B00:00"
    seen = village.as_("Nadia").get(f"/coops/{COOP}/bookings/new?vehicle_id={village.vehicle('Clio')}&{hours}&km=100")
    assert "€30.00 for 100 km" in seen.text
    assert 'name="command_id"' in seen.html


@pytest.mark.parametrize("typed", ["far", "-1", "5001", "1.5"])
def test_km_that_cannot_be_read_are_asked_back_and_prices_are_as_usual(village: Village, typed: str) -> None:
    nadia = village.as_("Nadia")
    seen = nadia.get(f"{EVENING}&km={typed}")
    assert 'href="#km"' in seen.html
    assert f'value="{typed}"' in seen.html
    assert "for 20 km" in seen.text
    assert "km" not in nadia.cookies


@pytest.mark.parametrize("kept", ["x", "0-99999", "0-65-0", "0-" + "9" * 4000, "0-65.0-9999"])
def test_a_cookie_that_says_anything_else_changes_nothing_worse(village: Village, kept: str) -> None:
    nadia = village.as_("Nadia")
    nadia.cookies["km"] = kept
    assert nadia.get(EVENING).status == 200

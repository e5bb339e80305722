"""Finding for programs: prices for the hours and km they say."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from tests.kit.money import owed
from tests.kit.village import COOP, Village

FREE = f"/coops/{COOP}/availability"


def priced(village: Village, name: str, **asked: object) -> dict[str, object]:
    found = village.as_("Nadia").api("GET", f"{FREE}?{urlencode(asked)}").json()
    return next({key: row[key] for key in ("estimate", "estimate_km")} for row in found if row["name"] == name)


@pytest.mark.parametrize("km", [0, 43])
def test_the_price_for_some_km_is_what_a_trip_of_them_costs(village: Village, km: int) -> None:
    start, end = village.now, village.now.replace(hour=village.now.hour + 3)
    told = priced(village, "Kangoo", start=start.isoformat(), end=end.isoformat(), km=km)
    assert told["estimate_km"] == km
    before = owed(village, "Nadia")
    village.drove("Nadia", "Kangoo", km, hours=3)
    village.settle()
    charged = {"cents": before - owed(village, "Nadia"), "currency": "EUR"}
    assert told["estimate"] == charged
    assert charged["cents"] == 35 * km  # at €0.35 a km, nothing by the hour


def test_without_any_km_it_is_for_what_people_usually_drive(village: Village) -> None:
    hours = {"start": "2026-11-03T18:00:00+01:00", "end": "2026-11-03T20:00:00+01:00"}
    assert priced(village, "Clio", **hours) == {"estimate": {"cents": 600, "currency": "EUR"}, "estimate_km": 20}


@pytest.mark.parametrize("km", ["far", "-1", "5001", "1.5"])
def test_km_that_are_none_are_refused(village: Village, km: str) -> None:
    seen = village.as_("Nadia").api("GET", f"{FREE}?km={km}")
    assert (seen.status, [*seen.json()["fields"]]) == (422, ["km"])


def test_a_program_is_told_the_hours_of_a_day_and_until_when(village: Village) -> None:
    village.booked("Paul", "Kangoo", datetime(2026, 11, 7, 8, tzinfo=UTC), hours=2)  # 9 to 11 here
    here, nadia = f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/hours", village.as_("Nadia")
    told = nadia.api("GET", f"{here}?day=2026-11-07").json()
    states = [hour["state"] for hour in told["hours"]["day"]["hours"]]
    assert (len(states), states[8:12], told["ends"]) == (24, ["free", "taken", "taken", "free"], [])
    whole, half = nadia.api("GET", f"{here}?start=2026-11-07T07:00:00Z").json()["ends"]
    assert whole["ends"] == ["2026-11-07T07:30:00Z", "2026-11-07T08:00:00Z"]
    assert half["ends"] == ["2026-11-07T08:00:00Z"]
    assert whole["why_no_later"]["code"] == "vehicle-taken"
    days = nadia.api("GET", f"{here}?start=2026-11-07T10:00:00Z&until=2026-11-08").json()["ends"]
    assert (days[0]["ends"][0], days[0]["ends"][-1]) == ("2026-11-08T00:00:00Z", "2026-11-08T23:00:00Z")


def test_only_members_and_of_known_vehicles_are_told_hours(village: Village) -> None:
    here = f"/coops/{COOP}/vehicles/{{}}/hours"
    assert village.as_("Olga").api("GET", here.format(village.vehicle("Kangoo"))).status == 403
    assert village.as_("Nadia").api("GET", here.format(village.member("Olga"))).status == 404


def test_a_program_is_told_what_is_usual_for_its_member_alone(village: Village) -> None:
    usual = f"{FREE}/usual"
    assert village.as_("Nadia").api("GET", usual).json() is None
    for _ in range(3):
        village.drove("Nadia", "Kangoo", 10)
        village.pass_time(days=7, hours=-2)
    village.settle()
    told = village.as_("Nadia").api("GET", usual).json()
    start = village.now + timedelta(days=7)  # today at this hour it has begun
    period = {"start": start, "end": start + timedelta(hours=2)}
    assert told["period"] == {name: f"{instant:%Y-%m-%dT%H:%M:%SZ}" for name, instant in period.items()}
    assert told["vehicle_id"] == str(village.vehicle("Kangoo"))
    assert village.as_("Paul").api("GET", usual).json() is None
    assert village.as_("Olga").api("GET", usual).status == 403

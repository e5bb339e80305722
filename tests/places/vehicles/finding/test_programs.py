"""Finding for programs: prices for the hours and km they say."""

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

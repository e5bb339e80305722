"""Everything about one vehicle, and the fleet for programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fleet.application import Fleet
from fleet.commands import EnterService, Home, LeaveService
from tests.kit.village import COOP, Village

PAGE = f"/coops/{COOP}/vehicles"


FREE = f"/coops/{COOP}/availability"


def test_a_vehicle_tells_where_whose_and_at_what_price(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Kangoo')}")
    for said in ("Kangoo", "Place de la République, Die", "Amina (2/5)", "Luc (1/5)", "by their shares"):
        assert said in seen.text
    assert "Change what is written" not in seen.text


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
    assert "6–8 pm Paul" in seen.text
    assert "Crest market" in seen.text


def test_its_week_shows_hours_that_an_early_return_freed_as_free(village: Village) -> None:
    booking = village.booked("Paul", "Kangoo", hours=4)
    kangoo = f"{PAGE}/{village.vehicle('Kangoo')}"
    assert "9 am – 1 pm Paul" in village.as_("Nadia").get(kangoo).text
    village.taken("Paul", booking, 10_000)
    village.pass_time(hours=1)
    village.returned("Paul", booking, 10_020)
    assert "9–10 am Paul" in village.as_("Nadia").get(kangoo).text


def test_a_vehicle_out_of_service_is_told_and_cannot_be_booked(village: Village) -> None:
    command = LeaveService(coop_id=COOP, vehicle_id=village.vehicle("Clio"))
    Fleet(village.site.history).leave_service(command, village.asked("Jean"))
    village.settle()
    seen = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Clio')}")
    assert "This vehicle takes no bookings." in seen.text
    assert "Book Clio" not in seen.text
    assert "Clio" not in village.as_("Nadia").get(FREE).text


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


def test_hours_that_cannot_be_read_are_not_booked_in_their_place(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Zoé')}?start=garbage&end=x")
    assert seen.status == 200
    assert "bookings/new?vehicle_id=" in seen.html
    assert "&amp;start=" not in seen.html

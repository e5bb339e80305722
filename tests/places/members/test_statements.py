"""What a page or an answer asks of the database does not grow with the co-op."""

from uuid import uuid4, uuid5

import pytest

from fleet.application import Fleet
from fleet.commands import EnterService, Home, Owner
from governance.application import Governance
from governance.commands import AdoptVehicleRules
from governance.events import RuleValue
from tests.kit.money import spent
from tests.kit.plans import counted
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
KANGOO = f"/vehicles/{uuid5(COOP, 'Kangoo')}"


def asked(village: Village, path: str) -> int:
    """Return how many statements a page takes, or the answer under that path in the API."""
    browser = village.as_("Nadia")
    with counted(village.site.engine) as statements:
        seen = browser.api("GET", path.removeprefix("/api")) if path.startswith("/api") else browser.get(path)
    assert seen.status == 200
    return len(statements)


def write(village: Village, number: int) -> None:
    """Let someone note something with an expense, someone else propose a rule and say why, and both see a damage."""
    spent(village, "Jean", 900 + number, "Nadia", "Jean", note="Two tyres")
    rule = {"parameter": "price_per_km", "value": f"0.4{number}", "effective_from": "2027-02-01"}
    village.as_("Amina").api("POST", f"{HERE}/proposals", rule | {"rationale": "Fuel costs more."})
    for name in ("Jean", "Amina"):
        village.as_(name).api("POST", f"{HERE}{KANGOO}/damages", {"part": "left", "sentence": f"Scratch {number}"})


def enter(village: Village, number: int) -> None:
    enter = EnterService(
        coop_id=COOP,
        name=f"Vélo {number}",
        kind="bike",
        sharing="lent",
        owners=(Owner(member_id=village.member("Paul")),),
        energy="none",
        seats=1,
        home=Home(text="Place du marché"),
        handover="in_person",
    )
    vehicle_id = uuid4()
    Fleet(village.site.history).enter_service(enter, village.asked("Paul", vehicle_id))
    own = AdoptVehicleRules(coop_id=COOP, vehicle_id=vehicle_id, values=(RuleValue("price_per_km", "0.00"),))
    Governance(village.site.history).adopt_vehicle_rules(own, village.asked())


@pytest.mark.parametrize("path", ["/community", "/rules", "/proposals/new"])
def test_a_page_asks_as_much_with_many_vehicles_as_with_few(village: Village, path: str) -> None:
    few = asked(village, f"{HERE}{path}")
    for number in range(5):
        enter(village, number)
    village.settle()
    assert asked(village, f"{HERE}{path}") == few


def test_home_asks_as_much_for_many_trips_by_which_the_purse_lost_as_for_one(village: Village) -> None:
    found = list[int]()
    for number in range(4):
        booking_id, end = village.drove("Claire", "Zoé", 20), village.odometer("Zoé")
        right = {"odometer_out_km": end - 20, "odometer_in_km": end - 10, "reason": "Misread"}
        assert village.as_("Claire").api("POST", f"{HERE}/bookings/{booking_id}/readings", right).status == 201
        village.settle()
        home = village.as_("Nadia").get(f"{HERE}/")  # notes that she was seen, which is no part of what is counted
        assert home.text.count("the common purse has less by it") == number + 1
        found.append(asked(village, f"{HERE}/"))
    assert found == found[:1] * 4


@pytest.mark.parametrize("path", ["/proposals", "/expenses", "/entries", "/lines", f"{KANGOO}/damages"])
def test_an_answer_asks_as_much_for_many_sealed_texts_as_for_few(village: Village, path: str) -> None:
    write(village, 1)
    few = asked(village, f"/api{HERE}{path}")
    for number in (2, 3):
        write(village, number)
    assert asked(village, f"/api{HERE}{path}") == few

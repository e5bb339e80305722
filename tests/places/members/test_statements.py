"""What a page asks of the database does not grow with the co-op."""

from uuid import uuid4

import pytest
from sqlalchemy import event

from fleet.application import Fleet
from fleet.commands import EnterService, Home, Owner
from governance.application import Governance
from governance.commands import AdoptVehicleRules
from governance.events import RuleValue
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"


def asked(village: Village, path: str) -> int:
    """Return how many statements a page takes."""
    browser, heard = village.as_("Nadia"), list[str]()

    def listen(*told: object) -> None:
        heard.append(str(told[2]))

    event.listen(village.site.engine, "before_cursor_execute", listen)
    assert browser.get(path).status == 200
    event.remove(village.site.engine, "before_cursor_execute", listen)
    return len(heard)


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

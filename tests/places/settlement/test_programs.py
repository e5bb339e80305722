"""What pages do about settling up, programs do too, by the same doors."""

from tests.kit.money import HERE, indebted, transfers
from tests.kit.slices import walked
from tests.kit.village import COOP, Village


def test_a_program_settles_as_who_may(village: Village) -> None:
    indebted(village)
    nadia, claire, jean = village.as_("Nadia"), village.as_("Claire"), village.as_("Jean")
    assert nadia.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).code == "not-your-role"
    plan = claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).json()["id"]
    assert claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).code == "plan-still-open"
    assert [row["plan_id"] for row in nadia.api("GET", f"{HERE}/plans").json()["items"]] == [plan]
    at = f"{HERE}/plans/{plan}"
    to_jean, to_purse = (transfers(village, at)[str(account)]["line_id"] for account in (village.member("Jean"), COOP))
    assert jean.api("POST", f"{at}/transfers/{to_jean}/payment").code == "not-yours"
    assert nadia.api("POST", f"{at}/transfers/{to_jean}/payment").status == 201
    assert jean.api("POST", f"{at}/transfers/{to_jean}/receipt").status == 201
    assert nadia.api("POST", f"{at}/transfers/{to_purse}/receipt").code == "not-yours"
    assert claire.api("POST", f"{at}/transfers/{to_purse}/payment").code == "not-yours"
    assert claire.api("POST", f"{at}/transfers/{to_purse}/receipt").status == 201
    assert nadia.api("GET", at).json()["state"] == "complete"
    assert claire.api("POST", f"{at}/withdrawal").code == "plan-closed"


def test_a_program_withdraws_a_plan_as_its_treasurer(village: Village) -> None:
    indebted(village)
    issued = village.as_("Claire").api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"})
    plan = f"{HERE}/plans/{issued.json()['id']}"
    assert village.as_("Nadia").api("POST", f"{plan}/withdrawal", {}).code == "not-your-role"
    assert village.as_("Claire").api("POST", f"{plan}/withdrawal", {}).status == 201
    assert village.as_("Nadia").api("GET", plan).json()["state"] == "withdrawn"


def test_plans_are_listed_newest_first(village: Village) -> None:
    indebted(village)
    claire, issued = village.as_("Claire"), list[str]()
    for _ in range(3):
        issued.append(claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).json()["id"])
        assert claire.api("POST", f"{HERE}/plans/{issued[-1]}/withdrawal", {}).status == 201
        village.pass_time(hours=1)
    assert [row["plan_id"] for row in walked(village.as_("Nadia"), f"{HERE}/plans")] == issued[::-1]

"""What pages do about settling up, programs do too, by the same doors."""

from typing import Any

from tests.kit.money import HERE, indebted, plan_issued, said_then_withdrawn, spent, transfers
from tests.kit.slices import walked
from tests.kit.village import COOP, Village


def test_a_program_settles_as_who_may(village: Village) -> None:
    indebted(village)
    nadia, claire, jean = village.as_("Nadia"), village.as_("Claire"), village.as_("Jean")
    assert nadia.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).code == "not-your-role"
    plan = claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).json()["id"]
    assert nadia.api("POST", f"{HERE}/plans/{plan}/issue").code == "not-your-role"
    assert claire.api("POST", f"{HERE}/plans/{plan}/issue").status == 201
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


def test_a_program_reads_what_a_plan_counts_as_paid(village: Village) -> None:
    earlier = said_then_withdrawn(village)
    village.drove("Nadia", "Zoé", 100)
    jean = village.as_("Jean")
    plan = plan_issued(village).path
    found = village.as_("Nadia").api("GET", plan).json()
    assert [(line["receiver"], line["cents"]) for line in found["transfers"]] == [(str(COOP), 2500)]
    (paid,) = found["said_paid"]
    assert (paid["debtor"], paid["receiver"], paid["cents"]) == (
        str(village.member("Nadia")),
        str(village.member("Jean")),
        3000,
    )
    assert jean.api("POST", f"{earlier}/transfers/{paid['line_id']}/receipt").status == 201
    assert village.as_("Nadia").api("GET", plan).json()["said_paid"] == []


def test_a_program_reads_that_something_behind_a_transfer_was_undone(village: Village) -> None:
    expense = spent(village, "Jean", 4000, "Nadia")
    plan = plan_issued(village).path
    (before,) = transfers(village, plan).values()
    assert (before["undone"], before["undone_payment"]) == ([], None)
    assert village.as_("Jean").api("POST", f"{HERE}/expenses/{expense}/withdrawal").status == 201
    village.settle()
    (after,) = transfers(village, plan).values()
    entry = village.as_("Nadia").api("GET", f"{HERE}/entries/{after['undone'][0]}").json()
    assert entry["because"]["expense_id"] == str(expense)
    assert village.as_("Jean").api("POST", f"{plan}/transfers/{after['line_id']}/receipt").status == 201
    (received,) = transfers(village, plan).values()
    assert (received["undone"], received["undone_payment"]) == ([], None)
    paid = f"{HERE}/entries/{received['entry_id']}/reversal"
    assert village.as_("Claire").api("POST", paid, {"reason": "It never came."}).status == 201
    assert next(iter(transfers(village, plan).values()))["undone_payment"] == received["entry_id"]


def test_a_program_of_who_has_left_reads_her_account_and_confirms(village: Village) -> None:
    spent(village, "Luc", 674, "Nadia")
    spent(village, "Jean", 900, "Amina")  # so that the plan stays open
    plan = plan_issued(village).path
    village.leave("Luc")
    luc = village.as_("Luc")
    found = luc.api("GET", f"{HERE}/open-account").json()
    (line,) = found["transfers"]
    assert (found["account"], found["cents"]) == (str(village.member("Luc")), 674)
    assert (f"{HERE}/plans/{line['plan_id']}", line["plan_state"], line["can_be_confirmed"]) == (plan, "open", True)
    assert [row["cents"] for row in luc.api("GET", f"{HERE}/lines").json()["items"]] == [674]
    assert village.as_("Nadia").api("GET", f"{HERE}/open-account").code == "not-yours"
    assert luc.api("GET", plan).code == "not-a-member"
    at = f"{plan}/transfers/{line['line_id']}"
    assert luc.api("POST", f"{at}/payment").code == "not-yours"
    assert luc.api("POST", f"{at}/receipt").status == 201
    assert luc.api("GET", f"{HERE}/open-account").json() == {
        "account": str(village.member("Luc")),
        "cents": 0,
        "apart_cents": 0,
        "transfers": [],
        "contests": [],
        "erasure_due": None,
    }


def test_a_program_confirms_by_proof_as_treasurer_once_the_receiver_had_her_time(village: Village) -> None:
    spent(village, "Luc", 674, "Nadia")
    claire, nadia = village.as_("Claire"), village.as_("Nadia")
    plan = plan_issued(village).path
    (line,) = transfers(village, plan).values()
    at, proof = f"{plan}/transfers/{line['line_id']}", {"proof": "Bank statement of 12 November"}
    assert claire.api("POST", f"{at}/proof", proof).code == "not-said-paid"
    nadia.api("POST", f"{at}/payment")
    assert claire.api("POST", f"{at}/proof", proof).code == "receiver-has-time"
    village.pass_time(days=14)
    assert nadia.api("POST", f"{at}/proof", proof).code == "not-yours"
    assert claire.api("POST", f"{at}/proof", {"proof": ""}).status == 400
    assert transfers(village, plan, "Claire")[line["receiver"]]["can_be_proven"]
    assert claire.api("POST", f"{at}/proof", proof).status == 201
    (seen,), (hidden,) = (transfers(village, plan, name).values() for name in ("Nadia", "Paul"))
    assert (seen["proofs"], hidden["proofs"]) == ([proof["proof"]], None)
    assert seen["proven_by"] == hidden["proven_by"] == [str(village.member("Claire"))]


def test_a_program_of_a_treasurer_says_nothing_for_the_co_op_across_from_herself(village: Village) -> None:
    claire, jean = village.as_("Claire"), village.as_("Jean")
    village.drove("Claire", "Zoé", 100)
    spent(village, "Claire", 9_000, "Nadia")
    plan = plan_issued(village, through_purse="yes").path
    to_her = transfers(village, plan)[str(village.member("Claire"))]
    assert claire.api("POST", f"{plan}/transfers/{to_her['line_id']}/payment").code == "own-transfer"
    assert jean.api("POST", f"{plan}/transfers/{to_her['line_id']}/payment").status == 201
    village.as_("Claire").api("POST", f"{plan}/withdrawal", {})
    village.drove("Claire", "Zoé", 1_000)
    plan = plan_issued(village).path
    hers = [line for line in read(village, "Claire", plan) if line["debtor"] == str(village.member("Claire"))]
    from_her = next(line for line in hers if line["receiver"] == str(COOP))
    at = f"{plan}/transfers/{from_her['line_id']}"
    assert claire.api("POST", f"{at}/payment").status == 201
    for path in ("receipt", "denial"):
        assert claire.api("POST", f"{at}/{path}").code == "own-transfer"
    for name, may in (("Claire", False), ("Jean", True)):
        (line,) = [line for line in read(village, name, plan) if line["line_id"] == from_her["line_id"]]
        assert (line["can_be_confirmed"], line["can_be_denied"]) == (may, may)
    assert jean.api("POST", f"{at}/receipt").status == 201


def read(village: Village, name: str, plan: str) -> list[dict[str, Any]]:
    """Return the transfers of a plan as somebody's program reads them."""
    return list(village.as_(name).api("GET", plan).json()["transfers"])


def test_a_program_says_that_what_is_said_to_be_paid_has_not_come(village: Village) -> None:
    plan = said_then_withdrawn(village)
    nadia, jean = village.as_("Nadia"), village.as_("Jean")
    (line,) = transfers(village, plan, "Jean").values()
    at = f"{plan}/transfers/{line['line_id']}/denial"
    assert line["can_be_denied"]
    for name in ("Nadia", "Claire"):
        assert village.as_(name).api("POST", at).code == "not-yours"
    assert jean.api("POST", at).status == 201
    assert jean.api("POST", at).code == "not-said-paid"
    (line,) = transfers(village, plan, "Jean").values()
    assert (standing(line), line["can_be_denied"]) == (("to_pay", 0, 0, 3000), False)
    (asked,) = transfers(village, plan_issued(village).path).values()
    assert (asked["receiver"], asked["cents"]) == (str(village.member("Jean")), 3000)
    assert nadia.api("POST", f"{plan}/transfers/{line['line_id']}/payment").code == "plan-closed"


def standing(line: dict[str, Any]) -> tuple[str, int, int, int]:
    return line["state"], line["received_cents"], line["said_cents"], line["left_cents"]


def test_a_program_pays_and_receives_a_part(village: Village) -> None:
    indebted(village)
    nadia, jean = village.as_("Nadia"), village.as_("Jean")
    plan = plan_issued(village).path
    at = f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"
    assert nadia.api("POST", f"{at}/payment", {"cents": 3001}).code == "more-than-asked"
    assert nadia.api("POST", f"{at}/payment", {"cents": -1}).status == 400
    assert nadia.api("POST", f"{at}/payment", {"cents": 1250}).status == 201
    line = transfers(village, plan)[str(village.member("Jean"))]
    assert standing(line) == ("declared", 0, 1250, 1750)
    assert "EUR17.50" in line["epc"]
    assert jean.api("POST", f"{at}/receipt", {"cents": 0}).status == 400
    assert jean.api("POST", f"{at}/receipt", {"cents": 1250}).status == 201
    assert nadia.api("POST", f"{at}/payment", {"cents": 1000}).code == "already-received"
    line = transfers(village, plan)[str(village.member("Jean"))]
    assert standing(line) == ("to_pay", 1250, 0, 1750)
    assert nadia.api("GET", f"{HERE}/balance").json()["cents"] == -1750 - 2500  # to Jean, and to the purse
    assert jean.api("POST", f"{at}/receipt", {}).status == 201
    line = transfers(village, plan)[str(village.member("Jean"))]
    assert standing(line) == ("confirmed", 3000, 0, 0)
    assert nadia.api("GET", f"{HERE}/balance").json()["cents"] == -2500
    assert jean.api("GET", f"{HERE}/balance").json()["cents"] == 0


def test_a_program_reads_a_draft_and_issues_it_as_treasurer(village: Village) -> None:
    indebted(village)
    claire, nadia = village.as_("Claire"), village.as_("Nadia")
    plan = f"{HERE}/plans/{claire.api('POST', f'{HERE}/plans', {'as_of': '2026-11-02'}).json()['id']}"
    found = nadia.api("GET", plan).json()
    assert (found["state"], found["method"], found["issued_at"]) == ("draft", "exact", None)
    assert found["issue_at"] > found["drawn_at"]
    for line in found["transfers"]:
        assert (line["state"], line["left_cents"], line["iban"], line["epc"]) == ("draft", 0, None, None)
        assert (line["can_be_declared"], line["can_be_confirmed"]) == (False, False)
        at = f"{plan}/transfers/{line['line_id']}"
        assert nadia.api("POST", f"{at}/payment", {}).code == "plan-still-draft"
    assert nadia.api("GET", f"{HERE}/plans").json()["items"][0]["method"] is None
    assert nadia.api("POST", f"{plan}/issue", {}).code == "not-your-role"
    assert claire.api("POST", f"{plan}/issue", {}).status == 201
    after = nadia.api("GET", plan).json()
    assert (after["state"], after["issue_at"]) == ("open", None)
    assert [line["line_id"] for line in after["transfers"]] == [line["line_id"] for line in found["transfers"]]


def test_a_program_gives_a_draft_up(village: Village) -> None:
    indebted(village)
    claire = village.as_("Claire")
    plan = f"{HERE}/plans/{claire.api('POST', f'{HERE}/plans', {'as_of': '2026-11-02'}).json()['id']}"
    assert claire.api("POST", f"{plan}/withdrawal", {}).status == 201
    found = claire.api("GET", plan).json()
    assert (found["state"], found["transfers"], found["method"]) == ("withdrawn", [], None)
    assert claire.api("POST", f"{plan}/issue", {}).code == "plan-closed"


def test_a_program_draws_a_plan_through_a_purse_that_nobody_owes_anything(village: Village) -> None:
    spent(village, "Jean", 30, "Nadia")
    spent(village, "Amina", 500, "Luc")
    claire, nadia, coop = village.as_("Claire"), village.as_("Nadia"), str(COOP)
    made = claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02", "through_purse": True})
    assert made.status == 201
    plan = f"{HERE}/plans/{made.json()['id']}"
    draft = nadia.api("GET", plan).json()
    assert nadia.get(plan).status == 200
    assert claire.api("POST", f"{plan}/issue", {}).status == 201
    issued = nadia.api("GET", plan).json()
    for found in (draft, issued):
        asked = {(line["debtor"], line["receiver"]): line["cents"] for line in found["transfers"]}
        luc, amina = str(village.member("Luc")), str(village.member("Amina"))
        assert asked == {(luc, coop): 500, (coop, amina): 500}
    assert {row["account"]: row["cents"] for row in issued["carried"]} == {
        str(village.member("Nadia")): -30,
        str(village.member("Jean")): 30,
    }
    assert nadia.get(plan).status == 200


def test_through_a_purse_that_nobody_owes_anything_what_is_under_the_floor_is_refused_kindly(village: Village) -> None:
    spent(village, "Jean", 90, "Nadia")
    made = village.as_("Claire").api("POST", f"{HERE}/plans", {"as_of": "2026-11-02", "through_purse": True})
    assert (made.status, made.code) == (409, "all-carried-over")

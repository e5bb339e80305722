"""What pages do about contests, programs do too, by the same doors."""

from typing import Any

from governance.roles import Role
from tests.kit.money import HERE, plan_issued, spent, transfers
from tests.kit.village import COOP, Village


def test_a_program_reads_what_was_put_on_ones_account_and_contests_it(village: Village) -> None:
    nadia, expense_id = village.as_("Nadia"), spent(village, "Paul", 9_000, "Paul", "Nadia", "Luc")
    (burden,) = nadia.api("GET", f"{HERE}/burdens").json()
    assert (burden["burden_id"], burden["cents"], burden["whole_cents"]) == (str(expense_id), 3_000, 9_000)
    assert (burden["put_by"], burden["contest_id"]) == (str(village.member("Paul")), None)
    assert nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {}).status == 400
    body = {"reason": "Not mine"}
    assert village.as_("Paul").api("POST", f"{HERE}/burdens/{expense_id}/contest", body).code == "not-yours"
    made = nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", body).json()["id"]
    assert nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", body).code == "already-contested"
    contest = nadia.api("GET", f"{HERE}/contests/{made}").json()
    assert (contest["state"], contest["cents"], contest["reason"]) == ("open", 3_000, "Not mine")
    assert contest["across"] == {str(village.member("Paul")): 3_000}
    mine = nadia.api("GET", f"{HERE}/balance").json()
    assert (mine["cents"], mine["apart_cents"]) == (-3_000, -3_000)
    (listed,) = village.as_("Luc").api("GET", f"{HERE}/contests").json()["items"]
    assert (listed["contest_id"], listed["reason"]) == (made, None)


def test_a_plan_leaves_out_what_is_contested_and_counts_it_once_it_is_to_be_borne(village: Village) -> None:
    nadia, claire = village.as_("Nadia"), village.as_("Claire")
    expense_id = spent(village, "Paul", 9_000, "Paul", "Nadia", "Luc")
    made = nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {"reason": "Not mine"}).json()["id"]
    assert asked(village) == {"Luc": 3_000}
    decision = {"outcome": "borne", "reason": "She drove it in May"}
    assert village.as_("Paul").api("POST", f"{HERE}/contests/{made}/decision", decision).code == "not-yours"
    assert claire.api("POST", f"{HERE}/contests/{made}/decision", decision).status == 201
    assert claire.api("POST", f"{HERE}/contests/{made}/decision", decision).code == "contest-ended"
    assert asked(village) == {"Luc": 3_000, "Nadia": 3_000}


def asked(village: Village) -> dict[str, int]:
    """Return what a plan drawn up now asks of whom; it is withdrawn at once."""
    claire = village.as_("Claire")
    plan = claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).json()["id"]
    lines: list[dict[str, Any]] = claire.api("GET", f"{HERE}/plans/{plan}").json()["transfers"]
    claire.api("POST", f"{HERE}/plans/{plan}/withdrawal", {})
    names = {str(village.member(name)): name for name in ("Luc", "Nadia")}
    return {names[line["debtor"]]: line["cents"] for line in lines}


def test_agreed_or_taken_back_it_ends(village: Village) -> None:
    nadia, paul = village.as_("Nadia"), village.as_("Paul")
    for ended_by, path, left in ((paul, "agreement", 0), (nadia, "withdrawal", -3_000)):
        expense_id = spent(village, "Paul", 9_000, "Paul", "Nadia", "Luc")
        made = nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {"reason": "Not mine"}).json()["id"]
        assert village.as_("Luc").api("POST", f"{HERE}/contests/{made}/{path}", {}).code == "not-yours"
        assert ended_by.api("POST", f"{HERE}/contests/{made}/{path}", {}).status == 201
        village.settle()
        mine = nadia.api("GET", f"{HERE}/balance").json()
        assert (mine["cents"], mine["apart_cents"]) == (left, 0)


def test_the_purse_agrees_by_its_treasurer(village: Village) -> None:
    claire, nadia, coop = village.as_("Claire"), village.as_("Nadia"), HERE.rsplit("/", 1)[1]
    body = {"kind": "other", "paid_on": "2026-11-02", "paid": {coop: 900}, "split": "equal"}
    body |= {"among": {str(village.member("Nadia")): 1}}
    made = village.as_("Luc").api("POST", f"{HERE}/expenses", body).json()["id"]
    village.settle()
    contest = nadia.api("POST", f"{HERE}/burdens/{made}/contest", {"reason": "Not mine"}).json()["id"]
    assert claire.api("POST", f"{HERE}/contests/{contest}/agreement", {}).status == 201
    assert nadia.api("GET", f"{HERE}/contests/{contest}").json()["state"] == "agreed"


def set_right_by(village: Village, who: str) -> dict[str, Any]:
    """Let Nadia drive 20 km for 5.00 and another set that right to 60 km; return what is put on her by it."""
    booking_id = village.drove("Nadia", "Zoé", 20)
    start = village.odometer("Zoé") - 20
    right = {"odometer_out_km": start, "odometer_in_km": start + 60, "reason": "The photo says so"}
    assert village.as_(who).api("POST", f"{HERE}/bookings/{booking_id}/readings", right).status == 201
    village.settle()
    burden: dict[str, Any]
    (burden,) = village.as_("Nadia").api("GET", f"{HERE}/burdens").json()
    return burden


def test_a_program_contests_a_trip_that_costs_more_since_another_set_it_right(village: Village) -> None:
    nadia, burden = village.as_("Nadia"), set_right_by(village, "Claire")
    assert (burden["cause"], burden["cents"], burden["put_by"]) == ("trip", 1_000, str(village.member("Claire")))
    path = f"{HERE}/burdens/{burden['burden_id']}/contest"
    assert village.as_("Paul").api("POST", path, {"reason": "Not mine"}).code == "not-yours"
    made = nadia.api("POST", path, {"reason": "It was 20 km"}).json()["id"]
    mine = nadia.api("GET", f"{HERE}/balance").json()
    assert (mine["cents"], mine["apart_cents"]) == (-1_500, -1_000)
    decision = {"outcome": "dropped", "reason": "It was"}
    assert village.as_("Claire").api("POST", f"{HERE}/contests/{made}/decision", decision).code == "not-yours"
    village.give_role("Amina", Role.REFERENT)
    assert village.as_("Amina").api("POST", f"{HERE}/contests/{made}/decision", decision).status == 201
    village.settle()
    mine = nadia.api("GET", f"{HERE}/balance").json()
    assert (mine["cents"], mine["apart_cents"]) == (-500, 0)


def test_a_treasurer_never_agrees_for_the_purse_to_what_she_contests_herself(village: Village) -> None:
    claire, coop = village.as_("Claire"), HERE.rsplit("/", 1)[1]
    body = {"kind": "other", "paid_on": "2026-11-02", "paid": {coop: 900}, "split": "equal"}
    body |= {"among": {str(village.member("Claire")): 1}}
    made = village.as_("Luc").api("POST", f"{HERE}/expenses", body).json()["id"]
    village.settle()
    contest = claire.api("POST", f"{HERE}/burdens/{made}/contest", {"reason": "Not mine"}).json()["id"]
    assert claire.api("POST", f"{HERE}/contests/{contest}/agreement", {}).code == "not-yours"
    village.give_role("Amina", Role.TREASURER)
    assert village.as_("Amina").api("POST", f"{HERE}/contests/{contest}/agreement", {}).status == 201


def test_who_has_left_contests_what_is_put_on_her_account_since(village: Village) -> None:
    village.leave("Nadia")
    nadia, expense_id = village.as_("Nadia"), spent(village, "Paul", 9_000, "Paul", "Nadia", "Luc")
    assert nadia.get(f"{HERE}/burdens/{expense_id}").status == 200
    made = nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {"reason": "Not mine"})
    assert made.status == 201
    assert asked(village) == {"Luc": 3_000}
    assert village.as_("Paul").api("POST", f"{HERE}/contests/{made.json()['id']}/agreement", {}).status == 201


def test_who_has_left_reads_and_ends_her_contest(village: Village) -> None:
    nadia, paul, ways = village.as_("Nadia"), village.as_("Paul"), dict[str, str]()
    for end in ("withdrawal", "agreement"):
        expense_id = spent(village, "Paul", 9_000, "Paul", "Nadia", "Luc")
        made = nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {"reason": "Not mine"}).json()["id"]
        ways[end] = f"{HERE}/contests/{made}"
    for name in ("Nadia", "Paul", "Luc"):
        village.leave(name)
    open_account = nadia.api("GET", f"{HERE}/open-account").json()
    assert (open_account["apart_cents"], [row["reason"] for row in open_account["contests"]]) == (
        -6_000,
        ["Not mine"] * 2,
    )
    assert village.as_("Luc").api("GET", ways["agreement"]).code == "not-yours"
    assert nadia.api("POST", f"{ways['withdrawal']}/withdrawal", {}).status == 201
    assert nadia.api("POST", f"{ways['agreement']}/agreement", {}).code == "not-yours"
    assert paul.api("POST", f"{ways['agreement']}/agreement", {}).status == 201
    found = [nadia.api("GET", ways[end]).json() for end in ("withdrawal", "agreement")]
    assert [(row["state"], row["reason"]) for row in found] == [("taken_back", "Not mine"), ("agreed", "Not mine")]


def test_what_the_only_one_with_a_role_put_on_another_any_other_member_decides(village: Village) -> None:
    nadia, claire = village.as_("Nadia"), village.as_("Claire")  # Claire is treasurer and référent, as any founder
    decision = {"outcome": "dropped", "reason": "Nobody asked her"}
    expense_id = spent(village, "Claire", 9_000, "Claire", "Nadia", "Luc")
    made = nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {"reason": "Not mine"}).json()["id"]
    for side in (claire, nadia):
        assert side.api("POST", f"{HERE}/contests/{made}/decision", decision).code == "not-yours"
    paul = village.as_("Paul")
    assert paul.api("GET", f"{HERE}/contests/{made}").json()["reason"] == "Not mine"
    assert "Nadia" in paul.get(f"{HERE}/").text
    assert paul.api("POST", f"{HERE}/contests/{made}/decision", decision).status == 201
    village.settle()
    assert nadia.api("GET", f"{HERE}/balance").json()["cents"] == 0


def test_no_other_member_decides_while_somebody_with_a_role_is_free_of_it(village: Village) -> None:
    village.give_role("Amina", Role.REFERENT)
    expense_id = spent(village, "Claire", 9_000, "Claire", "Nadia", "Luc")
    body = {"reason": "Not mine"}
    made = village.as_("Nadia").api("POST", f"{HERE}/burdens/{expense_id}/contest", body).json()["id"]
    decision = {"outcome": "dropped", "reason": "Nobody asked her"}
    assert village.as_("Paul").api("POST", f"{HERE}/contests/{made}/decision", decision).code == "not-yours"
    assert village.as_("Paul").api("GET", f"{HERE}/contests/{made}").json()["reason"] is None
    assert village.as_("Amina").api("POST", f"{HERE}/contests/{made}/decision", decision).status == 201


def stands(village: Village, name: str) -> tuple[int, int]:
    """Return somebody's balance, and how much of it stands apart."""
    mine = village.as_(name).api("GET", f"{HERE}/balance").json()
    return mine["cents"], mine["apart_cents"]


def paid_by_plan(village: Village, to: str, cents: int | None = None) -> str:
    """Let Nadia pay what a plan asks of her, and its receiver say that it has come; return the plan."""
    plan, receiver = plan_issued(village).path, str(COOP if to == "Claire" else village.member(to))
    at = f"{plan}/transfers/{transfers(village, plan)[receiver]['line_id']}"
    assert village.as_("Nadia").api("POST", f"{at}/payment", {"cents": cents} if cents else {}).status == 201
    assert village.as_(to).api("POST", f"{at}/receipt", {}).status == 201
    village.settle()
    return plan


def nothing_is_asked(village: Village) -> bool:
    """Tell whether a plan drawn up now would ask nobody for anything."""
    refused = village.as_("Claire").api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"})
    return refused.status == 409 and refused.code == "nothing-to-settle"


def test_paid_and_contested_since_nobody_pays_it_back_until_it_has_ended(village: Village) -> None:
    nadia, expense_id = village.as_("Nadia"), spent(village, "Paul", 9_000, "Nadia")
    paid_by_plan(village, "Paul")
    made = nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {"reason": "Not mine"}).json()["id"]
    assert stands(village, "Nadia") == stands(village, "Paul") == (0, 0)
    assert "You are even" in nadia.get(f"{HERE}/accounts").text
    assert nothing_is_asked(village)
    assert village.as_("Paul").api("POST", f"{HERE}/contests/{made}/agreement", {}).status == 201
    village.settle()
    assert (stands(village, "Nadia"), stands(village, "Paul")) == ((9_000, 0), (-9_000, 0))
    (line,) = nadia.api("GET", plan_issued(village).path).json()["transfers"]
    assert (line["debtor"], line["receiver"], line["cents"]) == (
        str(village.member("Paul")),
        str(village.member("Nadia")),
        9_000,
    )


def test_half_paid_before_it_was_contested_the_other_half_stands_apart(village: Village) -> None:
    nadia, expense_id = village.as_("Nadia"), spent(village, "Paul", 9_000, "Nadia")
    plan = paid_by_plan(village, "Paul", 4_500)
    assert village.as_("Claire").api("POST", f"{plan}/withdrawal", {}).status == 201
    assert nadia.api("POST", f"{HERE}/burdens/{expense_id}/contest", {"reason": "Not mine"}).status == 201
    assert (stands(village, "Nadia"), stands(village, "Paul")) == ((-4_500, -4_500), (4_500, 4_500))
    assert nothing_is_asked(village)


def test_a_trip_set_right_and_paid_to_the_purse_is_not_paid_back_while_it_is_contested(village: Village) -> None:
    village.give_role("Amina", Role.REFERENT)
    nadia, burden = village.as_("Nadia"), set_right_by(village, "Amina")
    paid_by_plan(village, "Claire", 1_200)
    assert nadia.api("POST", f"{HERE}/burdens/{burden['burden_id']}/contest", {"reason": "20 km"}).status == 201
    assert stands(village, "Nadia") == (-300, -300)  # 10.00 are contested, 3.00 of 15.00 not paid
    found = nadia.api("GET", f"{HERE}/plans").json()["items"]
    plan = f"{HERE}/plans/{found[0]['plan_id']}"
    (line,) = nadia.api("GET", plan).json()["transfers"]
    assert village.as_("Claire").api("POST", f"{plan}/transfers/{line['line_id']}/receipt", {}).status == 201
    assert stands(village, "Nadia") == (0, 0)
    assert nothing_is_asked(village)

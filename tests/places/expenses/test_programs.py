"""What pages do about expenses, programs do too, by the same doors."""

from typing import Any
from uuid import uuid4

from tests.kit.erasing import erased
from tests.kit.money import HERE
from tests.kit.village import COOP, Village


def test_a_program_records_and_takes_back(village: Village) -> None:
    amina, luc = village.as_("Amina"), village.member("Luc")
    receipt = uuid4()
    assert amina.api("POST", f"{HERE}/photos", key=receipt).code == "not-a-photo"
    body: dict[str, Any] = {
        "kind": "repair",
        "paid_on": "2026-11-02",
        "paid": {str(village.member("Amina")): 9000},
        "split": "equal",
    }
    body |= {"among": {str(luc): 1}, "note": "Tyre", "receipt": str(receipt)}
    assert amina.api("POST", f"{HERE}/expenses", body).code == "no-such-photo"
    stranger = body | {"receipt": None, "among": {str(uuid4()): 1}}
    assert amina.api("POST", f"{HERE}/expenses", stranger).code == "not-an-account"
    assert amina.api("POST", f"{HERE}/expenses", body | {"receipt": None, "paid": {}}).status == 400
    made = amina.api("POST", f"{HERE}/expenses", body | {"receipt": None}).json()["id"]
    shown = amina.api("GET", f"{HERE}/expenses/{made}").json()
    assert (shown["cents"], shown["note"], shown["weights"]) == (9000, "Tyre", {str(luc): 1})
    assert amina.api("GET", f"{HERE}/expenses?vehicle_id={village.vehicle('Zoé')}").json()["items"] == []
    assert village.as_("Luc").api("POST", f"{HERE}/expenses/{made}/withdrawal", {}).code == "not-yours"
    assert amina.api("POST", f"{HERE}/expenses/{made}/withdrawal", {"reason": "Twice"}).status == 201
    assert amina.api("POST", f"{HERE}/expenses/{made}/withdrawal", {"reason": "Twice"}).code == "expense-gone"


def test_the_same_payer_in_two_spellings_is_refused(village: Village) -> None:
    amina, luc = str(village.member("Amina")), str(village.member("Luc"))
    body = {"kind": "repair", "paid_on": "2026-11-02", "split": "equal", "among": {luc: 1}}
    for again in (amina.upper(), amina.replace("-", "")):
        refused = village.as_("Amina").api("POST", f"{HERE}/expenses", body | {"paid": {amina: 100, again: 50}})
        assert (refused.status, refused.code) == (400, "said-twice")
        assert again in refused.json()["detail"]
    assert village.as_("Amina").api("GET", f"{HERE}/expenses").json()["items"] == []


def test_weights_beside_equal_are_refused(village: Village) -> None:
    amina, luc = str(village.member("Amina")), str(village.member("Luc"))
    body = {"kind": "repair", "paid_on": "2026-11-02", "paid": {amina: 100}, "split": "equal"}
    refused = village.as_("Amina").api("POST", f"{HERE}/expenses", body | {"among": {amina: 5, luc: 1}})
    assert (refused.status, refused.code) == (409, "equal-by-weights")
    assert village.as_("Amina").api("POST", f"{HERE}/expenses", body | {"among": {amina: 1, luc: 1}}).status == 201


def test_an_amount_out_of_proportion_is_confirmed_by_repeating_it(village: Village) -> None:
    amina = village.as_("Amina")
    body: dict[str, Any] = {
        "kind": "repair",
        "paid_on": "2026-11-02",
        "paid": {str(village.member("Amina")): 100_001},
        "split": "equal",
        "among": {str(village.member("Luc")): 1},
    }
    seen = amina.api("POST", f"{HERE}/expenses", body)
    assert (seen.status, seen.code) == (409, "unlikely")
    assert amina.api("POST", f"{HERE}/expenses", body | {"confirmed": 100_000}).code == "unlikely"
    assert amina.api("POST", f"{HERE}/expenses", body | {"confirmed": 100_001}).status == 201
    for cents in (1_800, 1_900, 2_000, 2_100):
        paid = {"paid": {str(village.member("Amina")): cents}}
        assert amina.api("POST", f"{HERE}/expenses", body | paid).status == 201
    paid = {"paid": {str(village.member("Amina")): 20_001}}
    assert amina.api("POST", f"{HERE}/expenses", body | paid).code == "unlikely"


def test_ten_times_the_parts_of_another_are_confirmed_by_repeating_them(village: Village) -> None:
    amina, luc = (str(village.member(name)) for name in ("Amina", "Luc"))
    body: dict[str, Any] = {"kind": "repair", "paid_on": "2026-11-02", "paid": {amina: 1100}, "split": "shares"}
    body |= {"among": {amina: 1, luc: 10}}
    ask = village.as_("Amina").api
    seen = ask("POST", f"{HERE}/expenses", body)
    assert (seen.status, seen.code) == (409, "unlikely")
    assert "10 parts, where another has 1?" in seen.json()["detail"]
    assert ask("POST", f"{HERE}/expenses", body | {"confirmed": 10}).code == "unlikely"
    assert ask("POST", f"{HERE}/expenses", body | {"confirmed_weight": 9}).code == "unlikely"
    assert ask("POST", f"{HERE}/expenses", body | {"confirmed_weight": 10}).status == 201
    assert ask("POST", f"{HERE}/expenses", body | {"among": {amina: 1, luc: 9}}).status == 201
    assert ask("POST", f"{HERE}/expenses", body | {"among": {amina: 0, luc: 10}}).status == 201


def test_an_expense_odd_in_two_ways_is_confirmed_in_both(village: Village) -> None:
    amina, luc = (str(village.member(name)) for name in ("Amina", "Luc"))
    body: dict[str, Any] = {"kind": "repair", "paid_on": "2026-11-02", "paid": {amina: 100_001}, "split": "shares"}
    body |= {"among": {amina: 1, luc: 10}, "confirmed": 100_001}
    assert village.as_("Amina").api("POST", f"{HERE}/expenses", body).code == "unlikely"
    assert village.as_("Amina").api("POST", f"{HERE}/expenses", body | {"confirmed_weight": 10}).status == 201


def test_over_the_limit_it_waits_for_a_yes_and_a_no_ends_it(village: Village) -> None:
    paul, luc = village.as_("Paul"), village.as_("Luc")
    among = {str(village.member(name)): 1 for name in ("Nadia", "Luc")}
    body = {"kind": "repair", "paid_on": "2026-11-02", "split": "equal", "among": among}
    for cents, answer, by in ((15_001, "agreement", "Claire"), (15_001, "refusal", "Nadia"), (15_000, None, "")):
        paid = {"paid": {str(village.member("Paul")): cents}}
        here = f"{HERE}/expenses/{paul.api('POST', f'{HERE}/expenses', body | paid).json()['id']}"
        before, waits = luc.api("GET", f"{HERE}/balance").json()["cents"], answer is not None
        assert luc.api("GET", here).json()["waiting"] is waits
        if answer:
            sent = {"reason": "Never agreed"} if answer == "refusal" else {}
            for other in ("Paul", "Amina"):  # who typed it, and who does not bear it
                assert village.as_(other).api("POST", f"{here}/{answer}", sent).status == 403
            assert village.as_(by).api("POST", f"{here}/{answer}", sent).status == 201
            borne = 7_500 if answer == "agreement" else 0
            assert before - luc.api("GET", f"{HERE}/balance").json()["cents"] in (borne, borne + 1 if borne else 0)


def test_nothing_is_shared_with_who_was_erased(village: Village) -> None:
    paul, nadia = (str(village.member(name)) for name in ("Paul", "Nadia"))
    body: dict[str, Any] = {"kind": "repair", "paid_on": "2026-11-02", "paid": {paul: 900}, "split": "equal"}
    village.leave("Nadia")
    assert village.as_("Paul").api("POST", f"{HERE}/expenses", body | {"among": {nadia: 1}}).status == 201
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    village.settle()
    assert village.as_("Paul").api("POST", f"{HERE}/expenses", body | {"among": {nadia: 1}}).code == "not-an-account"

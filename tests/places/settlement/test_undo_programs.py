"""What was said of a transfer a moment ago is undone, for ten minutes, while nobody has acted on it; by programs."""

from typing import Any

import pytest

from ledger.entries.queries import balance
from tests.kit.databases import on_both
from tests.kit.money import HERE, indebted, plan_issued, spent, transfers
from tests.kit.village import COOP, Village

pytestmark = on_both


@pytest.fixture
def to_jean(village: Village) -> str:
    """Return the address of the transfer that Nadia has to make to Jean."""
    indebted(village)
    plan = plan_issued(village).path
    return f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"


def said(village: Village, who: str, path: str, body: Any = None) -> str:
    """Say something of a transfer; return the answer's code, empty when it is done."""
    seen = village.as_(who).api("POST", path, body or {})
    village.settle()
    return "" if seen.status == 201 else seen.code


def line(village: Village, to_jean: str) -> dict[str, Any]:
    plan = to_jean.partition("/transfers/")[0]
    return transfers(village, plan)[str(village.member("Jean"))]


def owed(village: Village, who: str) -> int:
    return int(village.ask(balance, COOP, village.member(who)))


def test_what_was_said_to_be_paid_is_undone_by_who_said_so(village: Village, to_jean: str) -> None:
    assert said(village, "Nadia", f"{to_jean}/payment") == ""
    assert said(village, "Jean", f"{to_jean}/payment/undo") == "not-yours"
    assert said(village, "Nadia", f"{to_jean}/payment/undo") == ""
    assert said(village, "Nadia", f"{to_jean}/payment/undo") == ""
    now = line(village, to_jean)
    assert (now["state"], now["said_cents"], now["declared_at"]) == ("to_pay", 0, None)
    assert said(village, "Nadia", f"{to_jean}/payment", {"cents": 500}) == ""
    assert said(village, "Nadia", f"{to_jean}/payment", {"cents": 700}) == ""
    assert said(village, "Nadia", f"{to_jean}/payment/undo") == ""
    assert line(village, to_jean)["said_cents"] == 500


def test_that_it_has_come_is_undone_with_its_entry_and_said_again(village: Village, to_jean: str) -> None:
    before, cents = owed(village, "Nadia"), line(village, to_jean)["cents"]
    assert said(village, "Nadia", f"{to_jean}/payment") == ""
    assert said(village, "Jean", f"{to_jean}/receipt") == ""
    assert owed(village, "Nadia") == before + cents
    assert said(village, "Nadia", f"{to_jean}/payment/undo") == "acted-on-since"
    assert said(village, "Jean", f"{to_jean}/receipt/undo") == ""
    assert said(village, "Jean", f"{to_jean}/receipt/undo") == ""
    assert village.as_("Nadia").api("GET", f"{HERE}/burdens").json() == []
    now = line(village, to_jean)
    assert (now["state"], now["said_cents"], now["received_cents"]) == ("declared", cents, 0)
    assert (now["entry_id"], now["undone_payment"], owed(village, "Nadia")) == (None, None, before)
    assert said(village, "Jean", f"{to_jean}/receipt") == ""
    assert owed(village, "Nadia") == before + cents


def test_a_plan_that_it_had_completed_is_open_again(village: Village, to_jean: str) -> None:
    plan = to_jean.partition("/transfers/")[0]
    for receiver, transfer in transfers(village, plan).items():
        who = "Claire" if receiver == str(COOP) else "Jean"
        assert said(village, who, f"{plan}/transfers/{transfer['line_id']}/receipt") == ""
    assert village.as_("Nadia").api("GET", plan).json()["state"] == "complete"
    last = f"{plan}/transfers/{transfer['line_id']}/receipt"
    assert said(village, who, f"{last}/undo") == ""
    assert village.as_("Nadia").api("GET", plan).json()["state"] == "open"
    assert said(village, who, last) == ""
    spent(village, "Jean", 4000, "Nadia")
    plan_issued(village)
    assert said(village, who, f"{last}/undo") == "plan-still-open"


def test_of_two_parts_the_last_is_undone(village: Village, to_jean: str) -> None:
    assert said(village, "Jean", f"{to_jean}/receipt", {"cents": 1000}) == ""
    first = line(village, to_jean)["entry_id"]
    assert said(village, "Jean", f"{to_jean}/receipt", {"cents": 1500}) == ""
    assert said(village, "Jean", f"{to_jean}/receipt/undo") == ""
    now = line(village, to_jean)
    assert (now["received_cents"], now["entry_id"], now["state"]) == (1000, first, "to_pay")
    assert said(village, "Jean", f"{to_jean}/receipt/undo") == ""  # asked twice


def test_that_it_has_not_come_is_undone_and_waits_again(village: Village, to_jean: str) -> None:
    assert said(village, "Nadia", f"{to_jean}/payment", {"cents": 900}) == ""
    assert said(village, "Jean", f"{to_jean}/denial") == ""
    village.letters()
    assert said(village, "Jean", f"{to_jean}/denial/undo") == ""
    now = line(village, to_jean)
    assert (now["state"], now["said_cents"], now["declared_at"] is not None) == ("declared", 900, True)
    for name in ("Nadia", "Jean"):
        assert village.letters_to(name)[0].subject.endswith("waits for an answer again")


def test_after_ten_minutes_it_stands(village: Village, to_jean: str) -> None:
    assert said(village, "Nadia", f"{to_jean}/payment") == ""
    village.pass_time(minutes=10)
    assert said(village, "Nadia", f"{to_jean}/payment/undo") == "too-late-to-undo"
    assert said(village, "Jean", f"{to_jean}/receipt") == ""
    village.pass_time(minutes=10)
    assert said(village, "Jean", f"{to_jean}/receipt/undo") == "too-late-to-undo"
    assert village.as_("Nadia").api("GET", HERE + "/plans").status == 200

"""12 and 14 November: what the Kangoo's owners paid is shared to the cent."""

from datetime import date
from typing import Any

from demo.cast.receipts import draw_receipt
from tests.places.month.neighbours import Neighbours
from tests.places.month.program import refused
from tests.places.month.vehicles import KANGOO_PARTS


def share_expenses(neighbours: Neighbours) -> None:
    """480.00 € over twelve months by shares 2/2/1, and 96.35 € in three equal parts."""
    neighbours.at(12, 18)
    _insure(neighbours)
    neighbours.at(14, 18)
    _repair(neighbours)


def _insure(neighbours: Neighbours) -> None:
    ids = neighbours.ids
    shares = {ids[name]: parts for name, parts in KANGOO_PARTS}
    body = _paid(neighbours, "Amina", "insurance", 480_00, 12) | {"split": "shares", "among": shares, "months": 12}
    expense = neighbours.do("Amina", "/expenses", body)
    assert neighbours.ask("Lucie", f"/expenses/{expense}")["waiting"]
    neighbours.do("Lucie", f"/expenses/{expense}/agreement", {})
    shown = neighbours.ask("Lucie", f"/expenses/{expense}")
    assert (shown["cents"], shown["months"], shown["posted"], shown["weights"]) == (480_00, 12, 1, shares)
    entry = _entry_of(neighbours, expense)
    because = entry["because"]
    assert (because["part"], because["parts"], because["cents"], because["whole_cents"]) == (1, 12, 40_00, 480_00)
    assert _borne(entry, ids["Amina"], 40_00) == {ids["Amina"]: 16_00, ids["Paul"]: 16_00, ids["Lucie"]: 8_00}


def _repair(neighbours: Neighbours) -> None:
    """Two bear 32.12 € and one 32.11 €: which one is drawn by lot, and told in the proof."""
    ids = neighbours.ids
    receipt = neighbours.photograph("Paul", draw_receipt(date(2026, 11, 14), 96_35))
    among = {ids[name]: 1 for name, _ in KANGOO_PARTS}
    more = {"split": "equal", "among": among, "receipt": receipt, "note": "Plaquettes de frein"}
    body = _paid(neighbours, "Paul", "repair", 96_35, 14) | more
    stranger = neighbours.send("Paul", "/expenses", body | {"among": {receipt: 1}})
    assert refused(stranger) == (409, "not-an-account")
    expense = neighbours.do("Paul", "/expenses", body)
    entry = _entry_of(neighbours, expense)
    assert entry["words"] == "Plaquettes de frein"
    borne = _borne(entry, ids["Paul"], 96_35)
    assert sorted(borne.values()) == [32_11, 32_12, 32_12]
    assert {account for account, cents in borne.items() if cents == 32_12} == {
        *entry["because"]["borne"]["spare_cents"]
    }
    _contest(neighbours, expense, borne[ids["Lucie"]])
    _read_balances(neighbours, borne)


def _contest(neighbours: Neighbours, expense: str, cents: int) -> None:
    """Lucie says that her part is not hers, looks again, and bears it."""
    contest = neighbours.do("Lucie", f"/burdens/{expense}/contest", {"reason": "Je n'ai pas roulé en novembre."})
    assert neighbours.ask("Lucie", "/balance")["apart_cents"] == -cents
    neighbours.do("Lucie", f"/contests/{contest}/withdrawal", {})
    assert neighbours.ask("Lucie", "/balance")["apart_cents"] == 0


def _read_balances(neighbours: Neighbours, borne: dict[str, int]) -> None:
    ids = neighbours.ids
    expected = dict.fromkeys((ids[name] for name in ("Claire", "Karim", "Odile", "Mathieu")), 0)
    expected |= {ids["Sophie"]: 30_00, ids["Jean"]: -30_00, neighbours.purse: 10_20}
    expected[ids["Amina"]] = 24_00 - borne[ids["Amina"]]
    expected[ids["Paul"]] = 96_35 - 16_00 - borne[ids["Paul"]]
    expected[ids["Lucie"]] = -10_20 - 8_00 - borne[ids["Lucie"]]
    assert neighbours.balances() == expected
    for name in neighbours.programs:
        assert neighbours.ask(name, "/balance")["cents"] == expected[ids[name]]


def _paid(neighbours: Neighbours, by: str, kind: str, cents: int, day: int) -> dict[str, Any]:
    paid = {neighbours.ids[by]: cents}
    return {"kind": kind, "paid_on": f"2026-11-{day}", "paid": paid, "vehicle_id": neighbours.ids["Kangoo"]}


def _entry_of(neighbours: Neighbours, expense: str) -> Any:
    """Return the one entry an expense has in the books so far."""
    journal = neighbours.ask("Sophie", "/entries?since=2026-11-12")["items"]
    (entry,) = [line for line in journal if line["because"].get("expense_id") == expense]
    return entry


def _borne(entry: Any, payer: str, cents: int) -> dict[str, int]:
    """Return what each bears of an entry; its sides sum to zero, and one says who paid."""
    sides = [(posting["account"], posting["cents"]) for posting in entry["postings"]]
    assert [side for side in sides if side[1] > 0] == [(payer, cents)]
    assert sum(side for _, side in sides) == 0
    return {account: -side for account, side in sides if side < 0}

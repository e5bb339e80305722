"""15 November: Karim draws up who pays whom; who owes says it is paid, who is owed that it came."""

from typing import Any

from tests.places.month.neighbours import Neighbours
from tests.places.month.program import refused

IBANS = {
    "Sophie": "FR7630006000011234567890189",
    "Paul": "FR1420041010050500013M02606",
    "co-op": "FR7612345987650123456789014",
}


def settle(neighbours: Neighbours) -> None:
    """From the plan to the confirmed transfers: everyone is even."""
    neighbours.at(15, 19)
    before = neighbours.balances()
    _say_where_one_is_paid(neighbours)
    assert refused(neighbours.send("Sophie", "/plans", {"as_of": "2026-11-14"})) == (403, "not-your-role")
    plan = f"/plans/{neighbours.do('Karim', '/plans', {'as_of': '2026-11-14'})}"
    _read_the_draft(neighbours, plan)
    _read_the_plan(neighbours, plan, before)
    for transfer in neighbours.ask("Karim", plan)["transfers"]:
        _pay(neighbours, plan, transfer)
        _receive(neighbours, plan, transfer)
    assert neighbours.ask("Karim", plan)["state"] == "complete"
    assert set(neighbours.balances().values()) == {0}


def close_november(neighbours: Neighbours) -> None:
    """7 December: the month is over, the treasurer closes its books."""
    neighbours.at(7, 19, month=12)
    assert refused(neighbours.send("Karim", "/months", {"month": "2026-12-01"})) == (409, "month-not-over")
    neighbours.do("Karim", "/months", {"month": "2026-11-01"})
    closed = {row["month"]: row["closed"] for row in neighbours.ask("Claire", "/months")}
    assert closed == {"2026-12-01": False, "2026-11-01": True}


def _say_where_one_is_paid(neighbours: Neighbours) -> None:
    for name in ("Sophie", "Paul"):
        profile = {"name": name, "language": "fr", "iban": IBANS[name], "iban_holder": f"{name} Lambert"}
        assert neighbours.programs[name].send("PUT", "/me", profile).json()["iban"] == IBANS[name]
    account = {"holder": "Les Voisins du Diois", "iban": IBANS["co-op"]}
    neighbours.do("Karim", "/bank-account", account, method="PUT")


def _read_the_draft(neighbours: Neighbours, plan: str) -> None:
    """For two days all look at it, and nobody pays; on the evening of the 17th it is issued by itself."""
    assert neighbours.letters_to("Jean")[0].subject.endswith("qui devrait combien à qui, un brouillon")
    shown = neighbours.ask("Jean", plan)
    assert (shown["state"], shown["issue_at"]) == ("draft", "2026-11-17T18:00:00Z")
    mine = next(line for line in shown["transfers"] if line["debtor"] == neighbours.ids["Jean"])
    payment = neighbours.send("Jean", f"{plan}/transfers/{mine['line_id']}/payment")
    assert refused(payment) == (409, "plan-still-draft")
    neighbours.at(17, 18, 59)
    assert neighbours.ask("Jean", plan)["state"] == "draft"
    neighbours.at(17, 19)
    assert neighbours.ask("Jean", plan)["transfers"][0]["line_id"] == shown["transfers"][0]["line_id"]


def _read_the_plan(neighbours: Neighbours, plan: str, before: dict[str, int]) -> None:
    """Four transfers settle seven accounts, the fewest: Jean and Sophie are a pair, the others need three."""
    shown = neighbours.ask("Mathieu", plan)
    assert (shown["as_of"], shown["method"], shown["state"]) == ("2026-11-14", "exact", "open")
    moved = dict.fromkeys(before, 0)
    for transfer in shown["transfers"]:
        moved[transfer["debtor"]] -= transfer["cents"]
        moved[transfer["receiver"]] += transfer["cents"]
        assert (transfer["iban"], transfer["epc"]) == (None, None)
    assert (len(shown["transfers"]), moved) == (4, before)
    _read_the_code(neighbours, plan)


def _read_the_code(neighbours: Neighbours, plan: str) -> None:
    """Jean, who pays, has all that his bank asks for."""
    assert neighbours.letters_to("Jean")[0].subject.endswith("qui doit combien à qui")
    mine = [line for line in neighbours.ask("Jean", plan)["transfers"] if line["can_be_declared"]]
    ((cents, receiver),) = [(line["cents"], line["receiver"]) for line in mine]
    assert (cents, receiver) == (30_00, neighbours.ids["Sophie"])
    lines = mine[0]["epc"].split("\n")
    assert lines[:8] == ["BCD", "002", "1", "SCT", "", "Sophie Lambert", IBANS["Sophie"], "EUR30.00"]
    assert lines[9] == mine[0]["reference"]


def _pay(neighbours: Neighbours, plan: str, transfer: Any) -> None:
    """Only who owes says that it is paid; no balance moves by that."""
    debtor, here = _name(neighbours, transfer["debtor"]), f"{plan}/transfers/{transfer['line_id']}"
    balances = neighbours.balances()
    assert refused(neighbours.send("Mathieu", f"{here}/payment")) == (403, "not-yours")
    neighbours.do(debtor, f"{here}/payment")
    assert neighbours.balances() == balances


def _receive(neighbours: Neighbours, plan: str, transfer: Any) -> None:
    """Who is owed, the treasurer for the co-op, says that it came: the books hold it from then on."""
    here = f"{plan}/transfers/{transfer['line_id']}"
    to_purse = transfer["receiver"] == neighbours.purse
    assert refused(neighbours.send("Mathieu", f"{here}/receipt")) == (403, "not-yours")
    neighbours.do("Karim" if to_purse else _name(neighbours, transfer["receiver"]), f"{here}/receipt")
    confirmed = {line["line_id"]: line for line in neighbours.ask("Sophie", plan)["transfers"]}[transfer["line_id"]]
    assert confirmed["state"] == "confirmed"
    because = neighbours.ask("Sophie", f"/entries/{confirmed['entry_id']}")["because"]
    assert (because["of"], because["reference"]) == ("settlement", transfer["reference"])


def _name(neighbours: Neighbours, member: str) -> str:
    return next(name for name, known in neighbours.ids.items() if known == member)

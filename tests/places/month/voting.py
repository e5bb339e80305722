"""17 to 24 November: Lucie proposes 0.34 €/km from the first of December; the vote closes at its hour by itself."""

from tests.places.month.booking import hold
from tests.places.month.neighbours import Neighbours, hours
from tests.places.month.program import refused

WHY = "Le carburant a pris dix pour cent depuis l’an dernier."
PRICE = {"parameter": "price_per_km", "value": "0.34", "effective_from": "2026-12-01", "rationale": WHY}
VOTES = {"Sophie": "yes", "Jean": "yes", "Claire": "yes", "Amina": "yes", "Paul": "no"}


def propose(neighbours: Neighbours) -> str:
    """Put the price to the vote and vote it; return the proposal's address."""
    neighbours.at(17, 19)
    proposal = f"/proposals/{neighbours.do('Lucie', '/proposals', PRICE)}"
    neighbours.at(18, 8, 15)
    _see_what_it_changes(neighbours, proposal)
    for name, choice in VOTES.items():
        assert any(letter.subject.endswith("un vote est ouvert") for letter in neighbours.letters_to(name))
        _vote(neighbours, name, proposal, choice)
    shown = neighbours.ask("Mathieu", proposal)
    assert (shown["state"], shown["voted"], shown["needed"], shown["registered"]) == ("open", 5, 3, 9)
    assert (shown["count"], shown["explained"], shown["my_choice"]) == (None, [], None)
    return proposal


def book_before_it_changes(neighbours: Neighbours) -> str:
    """22 November: Karim books the Kangoo for 5 December, at the price of the day."""
    neighbours.at(22, 20)
    return hold(neighbours, "Karim", "Kangoo", hours(5, 8, 18, month=12))


def read_the_result(neighbours: Neighbours, proposal: str) -> None:
    """24 November: the vote closed by itself; everyone reads how it was counted."""
    neighbours.at(24, 18, 59)
    assert neighbours.ask("Lucie", proposal)["state"] == "open"
    neighbours.at(24, 19, 0)
    shown = neighbours.ask("Lucie", proposal)
    count = shown["count"]
    assert shown["state"] == "passed"
    assert (count["registered"], count["cast"], count["in_favour"], count["against"]) == (9, 5, 4, 1)
    assert (count["quorum_needed"], count["favour_needed"]) == (3, 3)
    assert shown["explained"][-1]["template"] == "The proposal passes."
    assert neighbours.letters_to("Lucie")[0].subject.endswith("la proposition passe")
    late = neighbours.send("Mathieu", f"{proposal}/ballots", {"choice": "no"})
    assert refused(late) == (409, "vote-closed")
    assert _price(neighbours, "") == ("0.30", None)


def see_it_in_force(neighbours: Neighbours, proposal: str) -> None:
    """1 December: the rule changed by itself, and says by which vote."""
    neighbours.at(30, 23, 59)
    assert neighbours.ask("Lucie", proposal)["state"] == "passed"
    neighbours.at(1, 0, 0, month=12)
    assert neighbours.ask("Lucie", proposal)["state"] == "enacted"
    assert _price(neighbours, "") == ("0.34", proposal.removeprefix("/proposals/"))
    assert _price(neighbours, "?on=2026-11-30") == ("0.30", None)
    dated = neighbours.ask("Mathieu", "/rules/price_per_km/history")
    assert [row["value"] for row in dated] == ["0.34", "0.30"]


def _see_what_it_changes(neighbours: Neighbours, proposal: str) -> None:
    """Sophie's 100 km would have cost her 4.00 € more, and brought them to Jean; Karim drove nothing."""
    sophie, jean, karim = (neighbours.ask(name, proposal)["for_me"] for name in ("Sophie", "Jean", "Karim"))
    assert (sophie["trips"], sophie["km"]) == (1, 100)
    assert (sophie["today"]["cents"], sophie["proposed"]["cents"]) == (30_00, 34_00)
    assert (jean["received_today"]["cents"], jean["received_proposed"]["cents"]) == (30_00, 34_00)
    assert karim is None


def _vote(neighbours: Neighbours, name: str, proposal: str, choice: str) -> None:
    shown = neighbours.ask(name, proposal)
    assert (shown["proposer_name"], shown["rationale"]) == ("Lucie", WHY)
    assert (shown["standing"], shown["value"], shown["may_vote"]) == ("0.30", "0.34", True)
    neighbours.do(name, f"{proposal}/ballots", {"choice": choice})
    assert neighbours.ask(name, proposal)["my_choice"] == choice


def _price(neighbours: Neighbours, on: str) -> tuple[str, str | None]:
    """Return the price of a kilometre, and the proposal it comes from."""
    rules = {rule["parameter"]: rule for rule in neighbours.ask("Mathieu", f"/rules{on}")}
    return rules["price_per_km"]["value"], rules["price_per_km"]["proposal_id"]

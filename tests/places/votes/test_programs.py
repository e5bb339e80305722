"""What pages do about rules and votes, programs do too, by the same doors."""

from uuid import UUID

import pytest

from tests.kit.browser import Seen
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
PRICE = {
    "parameter": "price_per_km",
    "value": "0.34",
    "effective_from": "2026-12-01",
    "rationale": "Le carburant coûte plus cher.",
}


def propose(village: Village, **changes: object) -> Seen:
    return village.as_("Amina").api("POST", f"{HERE}/proposals", PRICE | changes)


def test_a_rule_is_proposed_voted_and_in_force(village: Village) -> None:
    proposal_id = propose(village).json()["id"]
    ballots = f"{HERE}/proposals/{proposal_id}/ballots"
    for name in ("Amina", "Paul"):
        assert village.as_(name).api("POST", ballots, {"choice": "yes"}).status == 201
    shown = village.as_("Paul").api("GET", f"{HERE}/proposals/{proposal_id}").json()
    assert (shown["state"], shown["voted"], shown["needed"], shown["my_choice"]) == ("open", 2, 2, "yes")
    assert (shown["rationale"], shown["count"]) == (PRICE["rationale"], None)
    village.pass_time(days=7, minutes=1)
    (counted,) = village.as_("Paul").api("GET", f"{HERE}/proposals").json()["items"]
    assert (counted["state"], counted["explained"][-1]["template"]) == ("passed", "The proposal passes.")
    assert counted["explained"][0]["values"]["in_favour"] == counted["count"]["in_favour"] == 2
    assert village.as_("Luc").api("POST", ballots, {"choice": "no"}).code == "vote-closed"
    village.pass_time(days=30)
    history = village.as_("Luc").api("GET", f"{HERE}/rules/price_per_km/history").json()
    assert [row["value"] for row in history] == ["0.34", "0.30"]
    then = village.as_("Luc").api("GET", f"{HERE}/rules?on=2026-11-30").json()
    assert next(row["value"] for row in then if row["parameter"] == "price_per_km") == "0.30"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parameter": "colour"}, "unknown-rule"),
        ({"value": "cheap"}, "not-a-value"),
        ({"value": "0.80"}, "out-of-bounds"),
        ({"value": "0.30"}, "nothing-to-change"),
        ({"value": None}, "rule-needed"),
        ({"vehicle_id": str(UUID(int=9))}, "vehicle-unknown-here"),
        ({"effective_from": "2026-11-03"}, "too-soon"),
        ({"effective_from": "2030-01-01"}, "too-far-away"),
        ({"rationale": ""}, "unreadable"),
        ({"value": 1}, "unreadable"),
        ({"mood": "good"}, "unreadable"),
    ],
)
def test_what_cannot_be_proposed_has_its_code(village: Village, changes: dict[str, object], code: str) -> None:
    assert propose(village, **changes).code == code


def test_rules_are_asked_strictly(village: Village) -> None:
    nadia = village.as_("Nadia")
    assert nadia.api("GET", f"{HERE}/rules?on=yesterday").status == 422
    assert nadia.api("GET", f"{HERE}/rules/colour/history").status == 404
    own = nadia.api("GET", f"{HERE}/rules?vehicle_id={village.vehicle('Kangoo')}").json()
    assert next(row["value"] for row in own if row["parameter"] == "price_per_km") == "0.35"
    assert len(village.anyone().api("GET", "/rules").json()) == 24


def test_proposals_come_in_slices_newest_first(village: Village) -> None:
    ids = [propose(village, value=f"0.4{number}").json()["id"] for number in range(3)]
    nadia = village.as_("Nadia")
    first = nadia.api("GET", f"{HERE}/proposals?limit=2").json()
    rest = nadia.api("GET", f"{HERE}/proposals?limit=2&after={first['after']}").json()
    shown = [proposal["proposal_id"] for proposal in (*first["items"], *rest["items"])]
    assert (sorted(shown), len(first["items"]), rest["after"]) == (sorted(ids), 2, None)
    assert nadia.api("GET", f"{HERE}/proposals?after=nowhere").code == "unreadable"
    assert nadia.api("GET", f"{HERE}/proposals?limit=0").status == 422


def test_a_proposal_is_taken_back_until_another_has_voted(village: Village) -> None:
    first = f"{HERE}/proposals/{propose(village).json()['id']}"
    amina, paul = village.as_("Amina"), village.as_("Paul")
    assert amina.api("POST", f"{first}/ballots", {"choice": "yes"}).status == 201
    assert paul.api("POST", f"{first}/withdrawal").code == "not-yours"
    village.settle()
    village.letters()
    assert [amina.api("POST", f"{first}/withdrawal").status for _ in range(2)] == [201, 201]
    village.settle()
    assert amina.api("GET", first).json()["state"] == "withdrawn"
    assert village.letters_to("Paul")[0].subject == "Les Voisins du Diois: a proposal was taken back"
    assert paul.api("POST", f"{first}/ballots", {"choice": "no"}).code == "vote-closed"
    second = f"{HERE}/proposals/{propose(village).json()['id']}"
    assert paul.api("POST", f"{second}/ballots", {"choice": "no"}).status == 201
    assert amina.api("POST", f"{second}/withdrawal").code == "acted-on-since"
    village.pass_time(days=8)
    assert amina.api("GET", first).json()["state"] == "withdrawn"
    assert amina.api("GET", second).json()["state"] == "failed"


def test_after_ten_minutes_a_proposal_stands(village: Village) -> None:
    path = f"{HERE}/proposals/{propose(village).json()['id']}"
    village.pass_time(minutes=10)
    assert village.as_("Amina").api("POST", f"{path}/withdrawal").code == "too-late-to-undo"

"""What pages do about members, rules and votes, programs do too, by the same doors."""

from uuid import UUID

import pytest

from governance.charter import VERSION
from governance.events import InvitationKind
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


def test_an_invitation_is_taken_back(village: Village) -> None:
    claire, invited = village.as_("Claire"), village.invitation(InvitationKind.POSTER)
    assert claire.api("POST", f"{HERE}/invitations/{invited}/revocation", {}).status == 201
    states = {row["invitation_id"]: row["state"] for row in claire.api("GET", f"{HERE}/invitations").json()}
    assert states[str(invited)] == "revoked"
    path = f"/invitations/{invited}/acceptance"
    assert village.as_("Sacha").api("POST", path, {"charter_version": VERSION}).code == "invitation-taken-back"
    assert village.anyone().api("GET", f"/invitations/{COOP}").status == 404


def test_roles_are_given_and_ended(village: Village) -> None:
    claire, member = village.as_("Claire"), f"{HERE}/members/{village.member('Paul')}"
    assert claire.api("POST", f"{member}/roles", {"role": "treasurer", "until": "2027-06-30"}).status == 201
    assert claire.api("GET", member).json()["roles"] == ["treasurer"]
    assert claire.api("POST", f"{member}/roles", {"role": "steward", "until": "2030-01-01"}).code == "mandate-too-long"
    assert village.as_("Nadia").api("POST", f"{member}/roles/end", {"role": "treasurer"}).code == "not-yours"
    assert village.as_("Paul").api("POST", f"{member}/roles/end", {"role": "treasurer"}).status == 201
    own = f"{HERE}/members/{village.member('Claire')}/roles/end"
    assert claire.api("POST", own, {"role": "referent"}).code == "last-referent"
    assert village.as_("Nadia").api("POST", f"{member}/roles", {"role": "treasurer"}).code == "not-your-role"


def test_the_bank_account_is_the_treasurers(village: Village) -> None:
    body = {"holder": "Voisins", "iban": "FR76 3000 6000 0112 3456 7890 189"}
    assert village.as_("Claire").api("PUT", f"{HERE}/bank-account", body).status == 201
    assert village.as_("Nadia").api("GET", HERE).json()["iban"] == "FR7630006000011234567890189"
    assert village.as_("Nadia").api("PUT", f"{HERE}/bank-account", body).code == "not-yours"
    assert village.as_("Claire").api("PUT", f"{HERE}/bank-account", body | {"iban": "FR761"}).code == "not-an-iban"


def test_a_rule_is_proposed_voted_and_in_force(village: Village) -> None:
    proposal_id = propose(village).json()["id"]
    ballots = f"{HERE}/proposals/{proposal_id}/ballots"
    for name in ("Amina", "Paul"):
        assert village.as_(name).api("POST", ballots, {"choice": "yes"}).status == 201
    shown = village.as_("Paul").api("GET", f"{HERE}/proposals/{proposal_id}").json()
    assert (shown["state"], shown["voted"], shown["needed"], shown["my_choice"]) == ("open", 2, 2, "yes")
    assert (shown["rationale"], shown["count"]) == (PRICE["rationale"], None)
    village.pass_time(days=7, minutes=1)
    (counted,) = village.as_("Paul").api("GET", f"{HERE}/proposals").json()
    assert (counted["state"], counted["explained"][-1]) == ("passed", "The proposal passes.")
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
    assert len(village.anyone().api("GET", "/rules").json()) == 17


def test_the_members_of_another_co_op_see_nothing(village: Village) -> None:
    olga = village.as_("Olga")
    for path in ("", "/members", "/rules", "/proposals", "/invitations"):
        assert olga.api("GET", f"{HERE}{path}").status == 403
        assert village.anyone().api("GET", f"{HERE}{path}").status == 401

"""The same for programs: what one still lacks, a young co-op's first steps, who joined lately."""

from typing import Any

from tests.kit.money import HERE, lent, plan_issued
from tests.kit.village import Village
from tests.places.home.test_ready import IBAN, say_all

READY = f"{HERE}/to-be-ready"
NEWCOMERS = f"{HERE}/newcomers"


def ready(village: Village, who: str) -> dict[str, Any]:
    found: dict[str, Any] = village.as_(who).api("GET", READY).json()
    return found


def undone(village: Village) -> list[str]:
    steps = ready(village, "Claire")["first_steps"]
    return [row["step"] for row in steps["steps"] if not row["done"]] if steps else []


def test_a_member_asks_what_she_still_lacks(village: Village) -> None:
    new = ready(village, "Nadia")
    assert (new["lacks"], new["vehicles"], new["first_steps"], new["never_booked"]) == (
        ["phone", "place"],
        [],
        None,
        True,
    )
    lent(village, "Nadia")
    assert ready(village, "Nadia")["never_booked"] is False
    say_all(village, "Jean")
    owed = ready(village, "Jean")
    assert (owed["lacks"], owed["owed_cents"], owed["currency"]) == (["iban"], 3000, "EUR")


def test_who_looks_after_a_vehicle_asks_which_paper_ran_out_and_when(village: Village) -> None:
    late = {"kind": "inspection", "inspection_until": "2026-10-21", "confirmed_inspection": "2026-10-21"}
    village.as_("Jean").post(f"{HERE}/vehicles/{village.vehicle('Clio')}/papers", **late)
    for who in ("Jean", "Claire"):
        (clio,) = ready(village, who)["vehicles"]
        assert (clio["name"], clio["papers"], clio["until"]) == ("Clio", ["inspection"], None)
        assert clio["ended"] == {"kind": "inspection", "valid_until": "2026-10-21", "days": 12}
    assert ready(village, "Nadia")["vehicles"] == []


def test_a_referent_asks_which_first_steps_are_done(village: Village) -> None:
    claire = village.as_("Claire")
    assert undone(village) == ["poster", "bank_account", "first_booking", "settlement"]
    assert claire.api("POST", f"{HERE}/invitations", {"kind": "poster", "days_valid": 90}).status == 201
    assert claire.api("PUT", f"{HERE}/bank-account", IBAN).status == 201
    assert undone(village) == ["first_booking", "settlement"]
    village.drove("Nadia", "Zoé", 40)
    assert undone(village) == ["settlement"]
    plan_issued(village)
    assert ready(village, "Claire")["first_steps"] is None


def test_a_member_asks_who_joined_lately(village: Village) -> None:
    names = [row["name"] for row in village.as_("Nadia").api("GET", NEWCOMERS).json()]
    assert (len(names), "Nadia" in names, "Claire" in names) == (3, False, False)
    village.pass_time(days=7)
    zoe = village.join("Zoé")
    (row,) = village.as_("Nadia").api("GET", NEWCOMERS).json()
    assert (row["name"], row["member_id"]) == ("Zoé", str(zoe))
    village.leave("Zoé")
    assert village.as_("Nadia").api("GET", NEWCOMERS).json() == []


def test_only_members_ask(village: Village) -> None:
    for path in (READY, NEWCOMERS):
        assert village.as_("Olga").api("GET", path).status == 403
        assert village.anyone().api("GET", path).status == 401

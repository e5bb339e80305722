"""Odd readings for programs: confirmed by repeating them, accepted by another, set right, with why."""

from datetime import datetime
from uuid import uuid4

import pytest

from governance.roles import Role
from ledger.entries.queries import balance
from tests.kit.databases import on_both
from tests.kit.erasing import erased
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import enter
from tests.processes.acts import propose, wait_until_december

PATH = f"/coops/{COOP}/bookings"

pytestmark = on_both


def test_what_looks_odd_is_confirmed_by_repeating_it_and_accepted_by_another(village: Village) -> None:
    here = f"{PATH}/{enter(village, 12_345)}"
    nadia, claire = village.as_("Nadia"), village.as_("Claire")
    nadia.api("POST", f"{here}/keys", {"odometer_km": 12_345, "level_percent": 75})
    village.pass_time(hours=1)
    back = {"odometer_km": 123_460, "level_percent": 50}
    seen = nadia.api("POST", f"{here}/return", back)
    assert (seen.status, seen.code) == (409, "unlikely")
    assert "123,460 km? It showed 12,345 km" in seen.json()["detail"]
    assert nadia.api("POST", f"{here}/return", back | {"confirmed": 123_461}).code == "unlikely"
    key, once = uuid4(), uuid4()
    for _ in range(3):
        assert nadia.api("POST", f"{here}/return", back | {"confirmed": 123_460}, key=key).status == 201
    village.settle()
    assert nadia.api("GET", here).json()["odd"]
    assert village.ask(balance, COOP, village.member("Nadia")) == 0
    assert nadia.api("POST", f"{here}/readings/acceptance", {}).status == 403
    right = {"odometer_out_km": 12_345, "odometer_in_km": 12_360, "reason": "Un chiffre de trop."}
    assert village.as_("Paul").api("POST", f"{here}/readings", right).status == 403
    assert claire.api("POST", f"{here}/readings/acceptance", {}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Nadia")) == -3_777_910
    for _ in range(3):
        assert nadia.api("POST", f"{here}/readings", right, key=once).status == 201
        village.settle()
    assert village.ask(balance, COOP, village.member("Nadia")) == -510
    shown = nadia.api("GET", here).json()
    assert (shown["odd"], shown["revision"], shown["odometer_in_km"]) == (False, 2, 12_360)


def test_a_slip_at_the_start_is_set_right_with_the_return(village: Village) -> None:
    here = f"{PATH}/{enter(village, 160_449)}"
    nadia = village.as_("Nadia")
    taken = {"odometer_km": 1_604_490, "level_percent": 75}
    assert nadia.api("POST", f"{here}/keys", taken).code == "unlikely"
    assert nadia.api("POST", f"{here}/keys", taken | {"confirmed": 1_604_490}).status == 201
    village.pass_time(hours=1)
    back = {"odometer_km": 160_489, "level_percent": 50}
    asked = nadia.api("POST", f"{here}/return", back)
    assert (asked.code, "At the start you typed 1,604,490 km" in asked.text) == ("unlikely", True)
    assert nadia.api("POST", f"{here}/return", back | {"odometer_out_km": 160_449}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Nadia")) == -1_360


def test_what_is_dear_for_its_hours_is_confirmed_by_repeating_it_and_charged_at_once(village: Village) -> None:
    enter(village, 12_345)
    for _ in range(5):
        village.drove("Paul", "Zoé", 2)
    village.pass_time(hours=1)
    here, nadia = f"{PATH}/{village.booked('Nadia', 'Twingo')}", village.as_("Nadia")
    nadia.api("POST", f"{here}/keys", {"odometer_km": 12_345, "level_percent": 75})
    village.pass_time(hours=1)
    back = {"odometer_km": 12_385, "level_percent": 50}
    seen = nadia.api("POST", f"{here}/return", back)
    assert (seen.status, seen.code) == (409, "unlikely")
    assert "€13.60: the same hours usually cost €0.68 here" in seen.json()["detail"]
    assert nadia.api("POST", f"{here}/return", back | {"confirmed": 12_384}).code == "unlikely"
    assert nadia.api("POST", f"{here}/return", back | {"confirmed": 12_385}).status == 201
    village.settle()
    assert not nadia.api("GET", here).json()["odd"]
    assert village.ask(balance, COOP, village.member("Nadia")) == -1_360


@pytest.mark.parametrize(("cents", "asked"), [(20_000, False), (20_001, True), (65_000, True)])
def test_energy_no_tank_holds_is_confirmed_by_repeating_it(village: Village, cents: int, *, asked: bool) -> None:
    propose(village, "steward_spend_limit", "1000.00")
    wait_until_december(village)
    here, nadia = f"{PATH}/{village.booked('Nadia', 'Kangoo')}", village.as_("Nadia")
    nadia.api("POST", f"{here}/keys", {"odometer_km": 10_000, "level_percent": 75})
    village.pass_time(hours=1)
    paid = {"energy_paid": {"cents": cents, "currency": "EUR"}}
    back = {"odometer_km": 10_010, "level_percent": 100} | paid
    if asked:
        seen = nadia.api("POST", f"{here}/return", back)
        assert (seen.status, seen.code) == (409, "unlikely")
        assert "Hardly any tank takes more than €200.00." in seen.json()["detail"]
        assert nadia.api("GET", here).json()["status"] == "under_way"
        assert nadia.api("POST", f"{here}/return", back | {"confirmed_energy": cents - 1}).code == "unlikely"
    assert nadia.api("POST", f"{here}/return", back | {"confirmed_energy": cents if asked else None}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Nadia")) == cents - 350  # 10 km at 0.35


def test_nothing_more_is_put_on_who_was_erased_and_can_contest_nothing(village: Village) -> None:
    booking_id = village.drove("Nadia", "Zoé", 20)  # 5.00
    here, start = f"{PATH}/{booking_id}", village.odometer("Zoé") - 20
    village.leave("Nadia")
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    village.settle()
    claire = village.as_("Claire")
    right = {"odometer_out_km": start, "odometer_in_km": start + 21, "reason": "La photo le dit."}
    seen = claire.api("POST", f"{here}/readings", right)
    assert (seen.status, seen.code) == (409, "nobody-to-contest")
    assert "at most 20 km" in seen.json()["detail"]
    assert claire.api("POST", f"{here}/readings", right | {"odometer_in_km": start + 10}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Nadia")) == -250


def test_nor_is_what_others_set_right_for_her_accepted_once_she_is_erased(village: Village) -> None:
    booking_id = village.drove("Nadia", "Zoé", 20)  # 5.00
    here, start = f"{PATH}/{booking_id}", village.odometer("Zoé") - 20
    right = {"odometer_out_km": start, "odometer_in_km": start + 1_500, "reason": "La photo le dit."}
    assert village.as_("Claire").api("POST", f"{here}/readings", right | {"confirmed": start + 1_500}).status == 201
    village.settle()
    village.leave("Nadia")
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    village.give_role("Amina", Role.REFERENT)
    amina = village.as_("Amina")
    seen = amina.api("POST", f"{here}/readings/acceptance", {})
    assert (seen.status, seen.code) == (409, "nobody-to-contest")
    assert "at most 20 km" in seen.json()["detail"]
    assert amina.api("POST", f"{here}/readings", right | {"odometer_in_km": start + 21}).code == "nobody-to-contest"
    assert amina.api("POST", f"{here}/readings", right | {"odometer_in_km": start + 20}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Nadia")) == -500


def test_in_a_co_op_of_one_what_looks_odd_is_asked_and_waits_for_nobody(village: Village) -> None:
    for name in ("Jean", "Amina", "Paul", "Luc", "Nadia"):
        village.leave(name)
    claire, here = village.as_("Claire"), f"{PATH}/{village.booked('Claire', 'Zoé')}"
    start = village.odometer("Zoé")
    assert claire.api("POST", f"{here}/keys", {"odometer_km": start, "level_percent": 75}).status == 201
    village.pass_time(hours=1)
    back = {"odometer_km": start + 500, "level_percent": 50}
    assert claire.api("POST", f"{here}/return", back).code == "unlikely"
    assert claire.api("POST", f"{here}/return", back | {"confirmed": start + 500}).status == 201
    village.settle()
    assert not claire.api("GET", here).json()["odd"]
    assert village.ask(balance, COOP, village.member("Claire")) == -12_500  # 500 km at 0.25


def test_where_all_with_a_role_typed_any_other_member_accepts(village: Village) -> None:
    here, start = f"{PATH}/{village.booked('Claire', 'Zoé')}", village.odometer("Zoé")
    claire, jean = village.as_("Claire"), village.as_("Jean")
    claire.api("POST", f"{here}/keys", {"odometer_km": start, "level_percent": 75})
    village.pass_time(hours=1)
    back = {"odometer_km": start + 500, "level_percent": 50, "confirmed": start + 500}
    assert claire.api("POST", f"{here}/return", back).status == 201
    assert claire.api("POST", f"{here}/readings/acceptance", {}).status == 403
    assert jean.api("POST", f"{here}/readings/acceptance", {}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Claire")) == -12_500
    assert jean.api("GET", here).status == 403


def test_what_becomes_dear_for_its_hours_as_it_is_set_right_is_asked_back(village: Village) -> None:
    enter(village, 12_345)
    for _ in range(5):
        village.drove("Paul", "Zoé", 2)
    nadia, here = village.as_("Nadia"), f"{PATH}/{village.drove('Nadia', 'Twingo', 15)}"
    km = nadia.api("GET", here).json()["odometer_out_km"]
    right = {"odometer_out_km": km, "odometer_in_km": km + 40, "reason": "Mal lu."}
    seen = nadia.api("POST", f"{here}/readings", right)
    assert (seen.status, seen.code) == (409, "unlikely")
    assert "€13.60: the same hours usually cost €0.68 here" in seen.json()["detail"]
    assert nadia.api("POST", f"{here}/readings", right | {"confirmed": km + 40}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Nadia")) == -1_360


def test_where_the_only_one_with_a_role_typed_it_any_other_member_accepts_it(village: Village) -> None:
    claire, paul = village.as_("Claire"), village.as_("Paul")  # Claire is treasurer and référent, as any founder
    here = f"{PATH}/{village.drove('Claire', 'Zoé', 15)}"  # the group's
    assert paul.api("GET", here).code == "not-yours"
    km = claire.api("GET", here).json()["odometer_out_km"]
    odd = {"odometer_out_km": km, "odometer_in_km": km + 2_000, "reason": "Mal lu.", "confirmed": km + 2_000}
    assert claire.api("POST", f"{here}/readings", odd).status == 201
    village.settle()
    assert "is what Claire read right?" in village.letters_to("Paul")[-1].subject
    assert claire.api("POST", f"{here}/readings/acceptance", {}).status == 403
    assert paul.api("GET", here).json()["odd"]
    assert paul.api("POST", f"{here}/readings/acceptance", {}).status == 201
    village.settle()
    assert village.ask(balance, COOP, village.member("Claire")) == -50_000  # 2,000 km at 0.25


def test_what_was_set_right_is_told_with_what_was_typed_by_whom_and_why(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 40)
    here = f"{PATH}/{booking_id}"
    ended = village.now
    village.pass_time(hours=1)
    right = {"odometer_out_km": 10_000, "odometer_in_km": 10_020, "reason": "La photo le dit."}
    assert village.as_("Paul").api("POST", f"{here}/readings", right).status == 201
    village.settle()
    booked, taken, returned, corrected = village.as_("Nadia").api("GET", f"{here}/story").json()
    assert [step["kind"] for step in (booked, taken, returned)] == ["booked", "keys_taken", "returned"]
    assert (taken["km"], returned["km"], returned["set_right"]) == (10_000, 10_040, None)
    assert datetime.fromisoformat(returned["at"]) == ended
    assert datetime.fromisoformat(corrected.pop("at")) == village.now
    assert corrected == {
        "kind": "corrected",
        "by": str(village.member("Paul")),
        "km": None,
        "note": "La photo le dit.",
        "seen": None,
        "set_right": {"was_out_km": 10_000, "was_in_km": 10_040, "out_km": 10_000, "in_km": 10_020},
    }
    village.leave("Paul")
    erased(village.site.history, COOP, village.member("Paul"), village.now)
    village.settle()
    assert village.as_("Nadia").api("GET", f"{here}/story").json()[-1]["note"] is None


def test_who_reads_the_page_of_a_trip_reads_its_story(village: Village) -> None:
    story = f"{PATH}/{village.drove('Nadia', 'Kangoo', 40)}/story"
    village.give_role("Jean", Role.STEWARD)
    page = story.removesuffix("/story")
    for who in ("Nadia", "Paul", "Claire", "Jean", "Amina", "Luc", "Olga", "Sacha"):
        assert village.as_(who).api("GET", story).status == village.as_(who).get(page).status
    assert village.as_("Olga").api("GET", story).status == 403
    assert village.as_("Nadia").api("GET", f"{PATH}/{uuid4()}/story").status == 404


def test_beside_a_trip_that_waits_what_no_trip_tells_of_is_told(village: Village) -> None:
    booking_id = enter(village, 12_345)
    here, nadia = f"{PATH}/{booking_id}", village.as_("Nadia")
    gaps = f"/coops/{COOP}/vehicles/{nadia.api('GET', here).json()['vehicle_id']}/gaps"
    nadia.api("POST", f"{here}/keys", {"odometer_km": 12_360, "level_percent": 75})
    village.pass_time(hours=1)
    far = {"odometer_km": 123_460, "level_percent": 50, "confirmed": 123_460}
    assert nadia.api("POST", f"{here}/return", far).status == 201
    village.settle()
    assert nadia.api("GET", here).json()["odd"]
    [gap] = nadia.api("GET", gaps).json()["gaps"]
    assert (gap["km"], gap["booking_id"]) == (15, str(booking_id))

"""Energy over the voted limit that others bear is no return's matter: as an expense it waits for a yes."""

from typing import Any
from uuid import UUID

import pytest

from ledger.entries.queries import journal
from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.money import HERE
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import at, owed, row
from tests.processes.acts import propose, wait_until_december

SAID = "Over €150.00, what you paid for energy waits for a yes: end the trip without it, then note it as an expense."


def on_the_road(village: Village, who: str, vehicle: str) -> UUID:
    """Let someone take the keys and drive for an hour."""
    booking_id = village.booked(who, vehicle)
    village.taken(who, booking_id, 10_000)
    village.pass_time(hours=1)
    return booking_id


def bring_back(village: Village, booking_id: UUID, paid: str, who: str = "Nadia", **more: Any) -> Seen:
    back = {"odometer_km": 10_010, "level_percent": 98, "energy_paid": paid} | more
    return village.as_(who).post(f"{at(booking_id)}/return", **back)


@pytest.mark.parametrize("vehicle", ["Kangoo", "Zoé"])
def test_up_to_the_limit_it_is_given_back_at_once(village: Village, vehicle: str) -> None:
    booking_id = on_the_road(village, "Nadia", vehicle)
    assert "Returned. Thank you." in bring_back(village, booking_id, "150,00").text
    assert len(village.ask(journal, COOP)) == 2  # the price, and the energy given back


@pytest.mark.parametrize("vehicle", ["Kangoo", "Zoé"])
def test_over_it_the_return_is_refused_and_what_was_typed_kept(village: Village, vehicle: str) -> None:
    booking_id = on_the_road(village, "Nadia", vehicle)
    seen = bring_back(village, booking_id, "150,01", part="left", sentence="A dent", files={"receipt": jpeg()})
    assert (seen.status, SAID in seen.text) == (409, True)
    for typed in ('value="10010"', 'value="150,01"', "A dent", 'name="kept_receipt"'):
        assert typed in seen.html
    assert (row(village, booking_id).status, village.ask(journal, COOP)) == ("under_way", [])


def test_it_is_told_in_french(village: Village) -> None:
    booking_id = on_the_road(village, "Nadia", "Kangoo")
    village.as_("Nadia").post("/language", lang="fr")
    seen = bring_back(village, booking_id, "650")
    assert "Au-dessus de 150,00\u00a0€, ce que vous avez payé" in seen.html
    assert "attend un oui\u00a0: terminez le trajet" in seen.html


def test_without_it_the_trip_ends_and_its_kept_receipt_keeps_nobody(village: Village) -> None:
    booking_id = on_the_road(village, "Nadia", "Kangoo")
    refused = bring_back(village, booking_id, "150,01", files={"receipt": jpeg()})
    kept = refused.html.split('name="kept_receipt" value="')[1].split('"')[0]
    assert "Returned. Thank you." in bring_back(village, booking_id, "", kept_receipt=kept).text
    assert owed(village, "Nadia") == -350  # 10 km at 0.35


def test_a_trip_told_later_asks_the_same(village: Village) -> None:
    booking_id = village.booked("Nadia", "Kangoo")
    village.pass_time(days=1)
    taken = {"odometer_km": 10_000, "level_percent": 75, "seen": "nothing_new"}
    hour = {"taken_at_day": "2026-11-02", "taken_at_hour": "09:30"}
    assert village.as_("Nadia").post(f"{at(booking_id)}/keys", **taken, **hour).status == 200
    back = {"returned_at_day": "2026-11-02", "returned_at_hour": "10:30"}
    assert SAID in bring_back(village, booking_id, "150,01", **back).text
    assert "Returned. Thank you." in bring_back(village, booking_id, "150", **back).text


def test_where_nobody_else_bears_it_only_a_tank_is_asked(village: Village) -> None:
    booking_id = on_the_road(village, "Jean", "Clio")
    seen = bring_back(village, booking_id, "650", "Jean")
    assert (seen.status, "€650.00? Hardly any tank takes more than €200.00." in seen.text) == (409, True)
    assert '<a class="button" href="#energy_paid">Correct it</a>' in seen.html
    assert 'name="confirmed_energy" value="65000">It is so</button>' in seen.html
    assert "Returned. Thank you." in bring_back(village, booking_id, "200", "Jean").text
    assert village.ask(journal, COOP) == []


@on_both
@pytest.mark.parametrize("vehicle", ["Kangoo", "Zoé"])
def test_for_programs_too_and_as_an_expense_it_waits_for_a_yes(village: Village, vehicle: str) -> None:
    here, nadia = at(on_the_road(village, "Nadia", vehicle)), village.as_("Nadia")
    back = {"odometer_km": 10_010, "level_percent": 98}
    paid = back | {"energy_paid": {"cents": 15_001, "currency": "EUR"}}
    for confirmed in ({}, {"confirmed_energy": 15_001}):
        seen = nadia.api("POST", f"{here}/return", paid | confirmed)
        assert (seen.status, seen.code, seen.json()["detail"]) == (409, "energy-needs-yes", SAID)
    assert nadia.api("POST", f"{here}/return", back).status == 201
    village.settle()
    owes = owed(village, "Nadia")
    bearers = ("Amina", "Paul", "Luc") if vehicle == "Kangoo" else ()
    among = {str(village.member(name)): 1 for name in bearers} or {str(COOP): 1}
    spent = {"kind": "fuel", "paid_on": "2026-11-02", "paid": {str(village.member("Nadia")): 15_001}}
    of_it = {"split": "shares", "among": among, "vehicle_id": str(village.vehicle(vehicle))}
    expense = f"{HERE}/expenses/{nadia.api('POST', f'{HERE}/expenses', spent | of_it).json()['id']}"
    assert (nadia.api("GET", expense).json()["waiting"], owed(village, "Nadia")) == (True, owes)
    assert village.as_("Claire").api("POST", f"{expense}/agreement", {}).status == 201
    assert owed(village, "Nadia") == owes + 15_001


@on_both
@pytest.mark.parametrize(("who", "vehicle", "cents"), [("Nadia", "Kangoo", 15_000), ("Jean", "Clio", 15_001)])
def test_for_programs_the_limit_passes_and_so_does_what_one_bears_alone(
    village: Village, who: str, vehicle: str, cents: int
) -> None:
    here = at(on_the_road(village, who, vehicle))
    back = {"odometer_km": 10_010, "level_percent": 98, "energy_paid": {"cents": cents, "currency": "EUR"}}
    assert village.as_(who).api("POST", f"{here}/return", back).status == 201


@on_both
def test_the_limit_is_the_one_that_was_voted(village: Village) -> None:
    propose(village, "steward_spend_limit", "80.00")
    wait_until_december(village)
    here = at(on_the_road(village, "Nadia", "Kangoo"))
    back = {"odometer_km": 10_010, "level_percent": 98}
    for cents, status in ((8_001, 409), (8_000, 201)):
        paid = {"energy_paid": {"cents": cents, "currency": "EUR"}}
        assert village.as_("Nadia").api("POST", f"{here}/return", back | paid).status == status

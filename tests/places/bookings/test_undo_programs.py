"""What was done to a booking a moment ago is undone, for ten minutes, while nobody has acted on it; by programs."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from booking.queries import booking as booking_row
from kernel.money import Money
from ledger.entries.queries import balance
from tests.kit.databases import on_both
from tests.kit.village import COOP, Village

pytestmark = on_both

HERE = f"/coops/{COOP}/bookings"
READ = {"odometer_km": 10_000, "level_percent": 80}


def act(village: Village, who: str, booking_id: UUID, path: str, body: Any = None) -> str:
    """Ask for an act at a booking; return its answer's code, empty when it is done."""
    seen = village.as_(who).api("POST", f"{HERE}/{booking_id}/{path}", body or {})
    village.settle()
    return "" if seen.status == 201 else seen.code


def status(village: Village, booking_id: UUID) -> str:
    return str(village.ask(booking_row, village.site.keyring, COOP, booking_id).status)


def owed(village: Village, who: str) -> int:
    return int(village.ask(balance, COOP, village.member(who)))


def request(village: Village) -> UUID:
    return village.booked("Nadia", "Clio", village.now + timedelta(days=2))


def test_a_cancellation_is_undone_and_the_hours_are_held_again(village: Village) -> None:
    booked = village.booked("Nadia", "Zoé", village.now + timedelta(hours=3))
    assert act(village, "Nadia", booked, "cancellation") == ""
    assert act(village, "Paul", booked, "cancellation/undo") == "not-yours"
    assert act(village, "Nadia", booked, "cancellation/undo") == ""
    assert act(village, "Nadia", booked, "cancellation/undo") == ""
    assert status(village, booked) == "confirmed"
    body = {"vehicle_id": str(village.vehicle("Zoé")), "period": {"start": "2026-11-02T12:00:00+01:00"}}
    body["period"]["end"] = "2026-11-02T13:00:00+01:00"  # type: ignore[index]
    assert village.as_("Paul").api("POST", HERE, body).code == "vehicle-taken"


def test_hours_that_another_took_meanwhile_stay_with_her(village: Village) -> None:
    start = village.now + timedelta(hours=3)
    booked = village.booked("Nadia", "Zoé", start)
    assert act(village, "Nadia", booked, "cancellation") == ""
    village.booked("Paul", "Zoé", start + timedelta(hours=1))
    assert act(village, "Nadia", booked, "cancellation/undo") == "vehicle-taken"
    assert status(village, booked) == "cancelled"


def test_after_ten_minutes_it_stands(village: Village) -> None:
    booked = village.booked("Nadia", "Zoé", village.now + timedelta(hours=3))
    assert act(village, "Nadia", booked, "cancellation") == ""
    village.pass_time(minutes=10)
    assert act(village, "Nadia", booked, "cancellation/undo") == "too-late-to-undo"


def test_what_was_not_done_last_is_not_undone(village: Village) -> None:
    booked = village.booked("Nadia", "Zoé", village.now + timedelta(hours=3))
    for path in ("cancellation", "approval", "refusal", "not-driven", "keys", "return"):
        who = "Claire" if path in ("approval", "refusal") else "Nadia"
        assert act(village, who, booked, f"{path}/undo") in ("acted-on-since", "not-yours", "unknown"), path
    assert act(village, "Nadia", uuid4(), "cancellation/undo") == "unknown"
    assert status(village, booked) == "confirmed"


@pytest.mark.parametrize(("answer", "then"), [("approval", "confirmed"), ("refusal", "refused")])
def test_a_yes_and_a_no_are_undone_by_who_said_them(village: Village, answer: str, then: str) -> None:
    booked = request(village)
    assert act(village, "Jean", booked, answer) == ""
    assert status(village, booked) == then
    assert act(village, "Nadia", booked, f"{answer}/undo") == "not-yours"
    assert act(village, "Jean", booked, f"{answer}/undo") == ""
    assert status(village, booked) == "requested"
    assert act(village, "Jean", booked, "approval") == ""


def test_a_yes_stands_once_the_driver_has_acted_on_it(village: Village) -> None:
    booked = village.booked("Nadia", "Clio")
    assert act(village, "Jean", booked, "approval") == ""
    assert act(village, "Nadia", booked, "keys", READ) == ""
    assert act(village, "Jean", booked, "approval/undo") == "keys-taken-since"
    other = request(village)
    assert act(village, "Jean", other, "approval") == ""
    assert act(village, "Nadia", other, "cancellation") == ""
    assert act(village, "Jean", other, "approval/undo") == "acted-on-since"


def test_a_yes_is_not_undone_past_the_time_to_answer_it(village: Village) -> None:
    booked = village.booked("Nadia", "Clio", village.now + timedelta(minutes=4))
    village.clock.now += timedelta(minutes=3)
    assert act(village, "Jean", booked, "approval") == ""
    village.clock.now += timedelta(minutes=2)
    assert act(village, "Jean", booked, "approval/undo") == "yes-stands"


def test_keys_are_put_back_and_taken_again(village: Village) -> None:
    booked = village.booked("Nadia", "Zoé")
    assert act(village, "Nadia", booked, "keys", READ | {"odometer_km": 10_001}) == ""
    assert act(village, "Nadia", booked, "keys/undo") == ""
    assert (status(village, booked), village.odometer("Zoé")) == ("confirmed", 10_000)
    assert act(village, "Nadia", booked, "keys", READ) == ""
    village.pass_time(hours=1)
    assert act(village, "Nadia", booked, "return", READ | {"odometer_km": 10_010}) == ""
    assert owed(village, "Nadia") == -250  # 10 km at 0.25


def test_a_return_is_undone_and_told_anew_with_its_energy(village: Village) -> None:
    booked = village.booked("Nadia", "Zoé")
    assert act(village, "Nadia", booked, "keys", READ) == ""
    village.pass_time(hours=1)
    paid = {"energy_paid": {"cents": 1000, "currency": "EUR"}}
    assert act(village, "Nadia", booked, "return", READ | {"odometer_km": 10_100} | paid) == ""
    assert owed(village, "Nadia") == -2500 + 1000
    assert act(village, "Nadia", booked, "return/undo") == ""
    assert (status(village, booked), owed(village, "Nadia"), village.odometer("Zoé")) == ("under_way", 0, 10_000)
    village.pass_time(minutes=20)
    more = {"energy_paid": {"cents": 1200, "currency": "EUR"}}
    assert act(village, "Nadia", booked, "return", READ | {"odometer_km": 10_140} | more) == ""
    assert owed(village, "Nadia") == -3500 + 1200
    assert village.odometer("Zoé") == 10_140
    assert act(village, "Nadia", booked, "return/undo") == ""
    assert owed(village, "Nadia") == 0
    assert act(village, "Nadia", booked, "return", READ | {"odometer_km": 10_120}) == ""
    assert owed(village, "Nadia") == -3000
    corrected = {"odometer_out_km": 10_000, "odometer_in_km": 10_200, "reason": "Un chiffre"}
    assert act(village, "Nadia", booked, "readings", corrected) == ""
    assert owed(village, "Nadia") == -5000


def test_a_return_stands_once_its_hours_or_keys_are_anothers(village: Village) -> None:
    booked = village.booked("Nadia", "Zoé", hours=4)
    assert act(village, "Nadia", booked, "keys", READ) == ""
    village.pass_time(hours=1)
    assert act(village, "Nadia", booked, "return", READ | {"odometer_km": 10_010}) == ""
    pauls = village.booked("Paul", "Zoé", hours=1)
    assert act(village, "Nadia", booked, "return/undo") == "vehicle-taken"
    assert act(village, "Paul", pauls, "keys", READ | {"odometer_km": 10_010}) == ""
    assert act(village, "Nadia", booked, "return/undo") == "next-has-keys"
    assert owed(village, "Nadia") == -250


def test_keys_given_from_hand_to_hand_go_back_to_who_gave_them(village: Village) -> None:
    pauls = village.booked("Paul", "Zoé", hours=0.5)
    nadias = village.booked("Nadia", "Zoé", village.now + timedelta(minutes=30), hours=1)
    village.taken("Paul", pauls, 10_000)
    village.pass_time(minutes=25)
    given = READ | {"odometer_km": 10_050, "given_by": str(village.member("Paul"))}
    assert act(village, "Nadia", nadias, "keys", given) == ""
    assert (status(village, pauls), owed(village, "Paul")) == ("over", -1250)
    assert act(village, "Nadia", nadias, "keys/undo") == ""
    assert (status(village, pauls), status(village, nadias)) == ("under_way", "confirmed")
    assert (owed(village, "Paul"), village.odometer("Zoé")) == (0, 10_000)
    village.returned("Paul", pauls, 10_060)
    assert owed(village, "Paul") == -1500


def test_that_nobody_drove_is_undone(village: Village) -> None:
    booked = village.booked("Nadia", "Zoé")
    village.pass_time(hours=3)
    assert act(village, "Nadia", booked, "not-driven") == ""
    assert act(village, "Nadia", booked, "not-driven/undo") == ""
    assert status(village, booked) == "confirmed"


def test_what_was_just_booked_is_never_given_back_late(village: Village) -> None:
    for minutes, late in ((9, False), (10, True)):
        booked = village.booked("Nadia", "Zoé", village.now + timedelta(hours=3))
        village.clock.now += timedelta(minutes=minutes)
        assert act(village, "Nadia", booked, "cancellation") == ""
        assert village.ask(booking_row, village.site.keyring, COOP, booked).cancelled_late is late


def test_what_a_trip_cost_is_zero_for_all_once_its_return_is_undone(village: Village) -> None:
    booked = village.booked("Nadia", "Kangoo")
    assert act(village, "Nadia", booked, "keys", READ) == ""
    village.pass_time(hours=1)
    village.returned("Nadia", booked, 10_100, Money(2000))
    assert owed(village, "Amina") == 2 * (3500 - 2000) // 5
    assert act(village, "Nadia", booked, "return/undo") == ""
    assert {owed(village, who) for who in ("Nadia", "Amina", "Paul", "Luc")} == {0}
    assert village.as_("Amina").api("GET", f"/coops/{COOP}/burdens").json() == []

"""A trip is charged at the price agreed, and the fuel paid on it is credited."""

from threading import Thread
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.log.history import History
from kernel.money import Money
from kernel.refused import CommandReused
from ledger.entries import queries
from ledger.entries.causes.fuel import FuelPaid, fuel_credit, fuel_id
from ledger.entries.causes.trip import TripCharge, charge_id, trip_charge
from ledger.entries.posting import balanced
from ledger.pricing.tariff import NoPrice, Tariff
from tests.ledger.given import (
    ANNA,
    BEN,
    CLIO,
    COOP,
    DAVID,
    KANGOO,
    KANGOO_TARIFF,
    TODAY,
    ZOE,
    asked,
    balances,
    books,
    open_tariffs,
    total,
    trip,
)

KANGOO_OPEN = Tariff().after(Tariff().open(KANGOO_TARIFF))


def test_a_hundred_km_with_sixty_euros_of_fuel_leave_thirty_owed_to_the_driver(history: History) -> None:
    ledger = open_tariffs(history)
    ledger.charge_trip(trip(fuel_paid=Money(6000), receipt=uuid4()), asked(None))
    assert books(history) == [
        "2026-05-04 trip: David -30.00, Anna +30.00",
        "2026-05-04 fuel: David +60.00, Anna -60.00",
    ]
    assert balances(history) == {"David": 3000, "Anna": -3000}


def test_a_shared_vehicle_pays_its_owners_by_shares(history: History) -> None:
    open_tariffs(history).charge_trip(trip(KANGOO, 100, fuel_paid=Money(1000)), asked(None))
    assert books(history) == [
        "2026-05-04 trip: David -30.00, Anna +12.00, Ben +12.00, Chloé +6.00",
        "2026-05-04 fuel: David +10.00, Anna -4.00, Ben -4.00, Chloé -2.00",
    ]


def test_the_groups_vehicle_pays_the_co_op_for_km_and_hours(history: History) -> None:
    open_tariffs(history).charge_trip(trip(ZOE, 10), asked(None))
    assert books(history) == ["2026-05-04 trip: David -6.00, coop +6.00"]


def test_cost_shares_and_a_lenders_fee_are_kept_apart(history: History) -> None:
    ledger = open_tariffs(history)
    for vehicle in (CLIO, KANGOO, ZOE):
        ledger.charge_trip(trip(vehicle), asked(None))
    with history.engine.connect() as connection:
        natures = {entry.vehicle_id: entry.legal_nature for entry in queries.journal(connection, COOP)}
    assert natures == {CLIO: "loan_fee_to_owner", KANGOO: "co_owner_cost_share", ZOE: "coop_service"}


def test_a_charge_explains_itself(history: History) -> None:
    command = trip(fuel_paid=Money(6000), receipt=uuid4())
    open_tariffs(history).charge_trip(command, asked(None))
    with history.engine.connect() as connection:
        charge = queries.entry(connection, COOP, charge_id(command.trip_id))
        fuel = queries.entry(connection, COOP, fuel_id(command.trip_id))
    assert charge is not None
    assert isinstance(charge.because, TripCharge)
    why = charge.because
    assert (why.odometer_out_km, why.odometer_in_km, why.km, why.minutes) == (84_000, 84_100, 100, 120)
    assert (why.rate.rulebook_version, why.exact_cents, why.cents) == (1, "3000", 3000)
    assert fuel is not None
    assert isinstance(fuel.because, FuelPaid)
    assert fuel.because.receipt == command.receipt


@given(st.integers(0, 2000), st.integers(0, 20_000), st.sampled_from([ANNA, BEN, DAVID]))
def test_every_charge_and_credit_sums_to_zero(km: int, fuel: int, driver: object) -> None:  # property M1
    command = trip(KANGOO, km, by=driver, fuel_paid=Money(fuel))  # type: ignore[arg-type]
    for entry in (decide(command, KANGOO_OPEN, TODAY) for decide in (trip_charge, fuel_credit)):
        assert entry is None or balanced(entry.postings)


def test_the_spare_cent_has_a_name() -> None:
    entry = trip_charge(trip(KANGOO, 1, by=DAVID), KANGOO_OPEN, TODAY)
    assert entry is not None
    assert isinstance(entry.because, TripCharge)
    assert {line.amount.cents for line in entry.postings} == {-30, 12, 6}
    odd = trip_charge(trip(KANGOO, 0), KANGOO_OPEN, TODAY)
    assert odd is None


def test_an_owner_owes_herself_nothing(history: History) -> None:
    open_tariffs(history).charge_trip(trip(by=ANNA), asked(None))
    assert books(history) == []


def test_a_trip_sent_three_times_is_charged_once(history: History) -> None:
    ledger, command, once = open_tariffs(history), trip(fuel_paid=Money(500)), asked(None)
    answers = [ledger.charge_trip(command, once) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(books(history)) == 2


def test_a_trip_charged_by_another_command_is_not_charged_again(history: History) -> None:
    ledger, command = open_tariffs(history), trip(fuel_paid=Money(500))
    for _ in range(3):
        ledger.charge_trip(command, asked(None))
    assert len(books(history)) == 2


def test_the_same_id_with_another_trip_is_refused(history: History) -> None:  # property E3
    ledger, once = open_tariffs(history), asked(None)
    ledger.charge_trip(trip(), once)
    with pytest.raises(CommandReused):
        ledger.charge_trip(trip(km=7), once)


def test_a_vehicle_without_price_cannot_be_charged(history: History) -> None:
    ledger = open_tariffs(history)
    with pytest.raises(NoPrice):
        ledger.charge_trip(trip(uuid4()), asked(None))


def test_charged_by_many_at_once_it_is_charged_once(history: History) -> None:
    ledger, command = open_tariffs(history), trip(fuel_paid=Money(500))
    threads = [Thread(target=ledger.charge_trip, args=(command, asked(None))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(books(history)) == 2
    assert total(history) == 0

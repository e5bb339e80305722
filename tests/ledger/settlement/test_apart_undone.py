"""What is contested is undone, and so is that: it stands apart again with what is given back; nobody is asked to pay.

Ben paid 10.00 for Chloé.
"""

import pytest
from msgspec.structs import asdict

from kernel.log.history import History
from kernel.money import Money
from ledger.entries.causes.fuel import fuel_id
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ChargeTripAnew
from tests.ledger.contesting.given import give_time
from tests.ledger.given import ANNA, BEN, CHLOE, CLIO, DAVID, EVE, asked, open_tariffs, total, trip
from tests.ledger.settlement.quarrel import Quarrel

HERS = {"Chloé": -1000, "Ben": 1000}


@pytest.mark.parametrize("end", ["agreed", "dropped", "borne", "taken back"])
def test_what_she_contests_stands_apart_again_as_it_is_given_back(history: History, end: str) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    hers = quarrel.contest(expense_id, CHLOE)
    undone = quarrel.undo_expense(expense_id)
    assert quarrel.apart() == {}
    quarrel.decide(quarrel.contest(undone, BEN), "dropped")
    quarrel.lift()
    assert quarrel.held() == quarrel.apart() == HERS
    assert (quarrel.next(), quarrel.spared()) == (set(), {"Chloé": 1000})
    match end:
        case "agreed":
            quarrel.agree(hers)
        case "taken back":
            quarrel.take_back(hers, CHLOE)
        case _:
            quarrel.decide(hers, "borne" if end == "borne" else "dropped")
    quarrel.lift()
    bears = end in ("borne", "taken back")
    assert (quarrel.held(), quarrel.apart()) == (HERS if bears else {}, {})
    assert quarrel.next() == ({("Chloé", "Ben", 1000)} if bears else set())
    assert total(history) == 0


def test_what_was_dropped_while_it_was_undone_is_taken_off_as_it_is_given_back(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    hers = quarrel.contest(expense_id, CHLOE)
    undone = quarrel.undo_expense(expense_id)
    quarrel.agree(hers)
    quarrel.lift()
    assert quarrel.held() == {}
    quarrel.decide(quarrel.contest(undone, BEN), "dropped")
    quarrel.lift()
    assert (quarrel.held(), quarrel.apart(), quarrel.next()) == ({}, {}, set())


def test_of_several_payers_she_bears_again_what_is_given_back_to_each(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.noted({ANNA: 600, BEN: 1400}, (CHLOE, DAVID), BEN)
    hers = quarrel.contest(expense_id, CHLOE)
    undone = quarrel.undo_expense(expense_id)
    quarrel.decide(quarrel.contest(undone, ANNA), "dropped")
    quarrel.lift()
    assert quarrel.held() == quarrel.apart() == {"Chloé": -600, "Anna": 600}  # hers were laid beside Chloé's 10.00
    quarrel.decide(quarrel.contest(undone, BEN), "dropped")
    quarrel.lift()
    assert quarrel.held() == {"Anna": 600, "Ben": 1400, "Chloé": -1000, "David": -1000}
    assert quarrel.apart() == {"Chloé": -1000, "Anna": 600, "Ben": 400}
    quarrel.agree(hers)
    quarrel.lift()
    assert (quarrel.held(), quarrel.apart()) == ({"Ben": 1000, "David": -1000}, {})


def test_fuel_given_back_is_contested_still(history: History) -> None:
    quarrel = Quarrel(history)
    open_tariffs(history)
    driven = trip(CLIO, 0, by=DAVID, fuel_paid=Money(3000))  # the Clio is Anna's
    quarrel.ledger.charge_trip(driven, asked(DAVID))
    fuel = fuel_id(driven.trip_id)
    give_time(quarrel.ledger, fuel)
    hers = quarrel.contest(fuel, ANNA)
    undone = quarrel.undo(fuel)
    assert quarrel.known(hers).gone
    quarrel.decide(quarrel.contest(undone, DAVID), "dropped")
    quarrel.lift()
    assert quarrel.held() == quarrel.apart() == {"Anna": -3000, "David": 3000}
    assert not quarrel.known(hers).gone
    quarrel.agree(hers)
    quarrel.lift()
    assert (quarrel.held(), quarrel.apart(), quarrel.known(hers).gone) == ({}, {}, True)


def test_who_was_paid_for_what_is_undone_is_asked_nothing_while_she_contests_that(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    quarrel.plan()
    quarrel.pay(CHLOE, BEN)
    undone = quarrel.undo_expense(expense_id)
    assert quarrel.held() == {"Ben": -1000, "Chloé": 1000}
    his = quarrel.contest(undone, BEN)
    assert quarrel.apart() == {"Ben": -1000, "Chloé": 1000}
    assert (quarrel.next(), quarrel.spared()) == (set(), {"Ben": 1000})
    quarrel.decide(his, "borne")
    assert (quarrel.apart(), quarrel.next()) == ({}, {("Ben", "Chloé", 1000)})


def test_nor_is_who_owes_for_something_else_asked_to_pay_what_the_books_do_not_ask(history: History) -> None:
    """Ben owes Eve 10.00 and was owed as much by Chloé: it is undone, so he owes it, and Chloé owes nobody."""
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    quarrel.spent(EVE, 1000, BEN)
    quarrel.contest(quarrel.undo_expense(expense_id), BEN)
    assert quarrel.held() == {"Ben": -1000, "Eve": 1000}
    assert (quarrel.apart(), quarrel.next()) == ({}, {("Ben", "Eve", 1000)})


def test_of_a_trip_given_back_only_what_it_costs_more_is_contested(history: History) -> None:
    """David drove 15 km for 4.50, set right to 150 km, 45.00: Anna, who owns the Clio, contests the undoing."""
    quarrel = Quarrel(history)
    open_tariffs(history)
    driven = trip(CLIO, 15, by=DAVID)
    quarrel.ledger.charge_trip(driven, asked(DAVID))
    facts = asdict(driven) | {"odometer_in_km": driven.odometer_out_km + 150}
    anew = ChargeTripAnew(**facts, revision=2, due=True, since=1, corrected_by=ANNA)
    quarrel.ledger.charge_trip_anew(anew, asked(ANNA))
    charge = charge_id(driven.trip_id, 2)
    give_time(quarrel.ledger, charge)
    his = quarrel.contest(charge, DAVID)
    assert quarrel.apart() == {"David": -4050, "Anna": 4050}
    quarrel.decide(quarrel.contest(quarrel.undo(charge), ANNA), "dropped")
    quarrel.lift()
    assert quarrel.held() == {"David": -4500, "Anna": 4500}
    assert quarrel.apart() == {"David": -4050, "Anna": 4050}
    quarrel.decide(his, "dropped")
    quarrel.lift()
    assert (quarrel.held(), quarrel.apart()) == ({"David": -450, "Anna": 450}, {})

"""What was set right or undone by another's hand is contested by whoever ends up owing more by it, so much of it.

The Clio is Anna's. David drove it 15 km at 0.34, which is 5.10; of 150 km it would be 51.00.
"""

from decimal import Decimal
from uuid import UUID

import pytest
from msgspec.structs import asdict, replace

from kernel.log.history import History
from kernel.money import Money
from kernel.refused import Unknown
from ledger.application import Ledger
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.fuel import fuel_id
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ChargeTrip, ChargeTripAnew, LiftPart, ReverseEntry
from ledger.entries.queries import journal
from tests.ledger.contesting.given import apart, asked_for, contests, decides, known
from tests.ledger.given import (
    ANNA,
    BEN,
    CHLOE,
    CLIO,
    CLIO_TARIFF,
    COOP,
    DAVID,
    DIE,
    asked,
    balances,
    owe,
    total,
    trip,
)
from tests.ledger.settlement.given import ISSUE, confirm

DRIVEN = trip(CLIO, 15, odometer_out_km=12_345)
MORE = replace(DRIVEN, odometer_in_km=12_495)
TRIP = DRIVEN.trip_id


def charged(history: History, first: ChargeTrip) -> Ledger:
    ledger = Ledger(history, DIE, "EUR")
    ledger.open_tariff(replace(CLIO_TARIFF, per_km=Decimal("0.34")), asked(None))
    ledger.charge_trip(first, asked(None))
    return ledger


def set_right(ledger: Ledger, to: ChargeTrip, by: UUID, revision: int = 2, since: int = 1) -> UUID:
    """Let somebody set its readings right; return the new charge."""
    command = ChargeTripAnew(**asdict(to), revision=revision, since=since, corrected_by=by, due=True)
    ledger.charge_trip_anew(command, asked(by))
    return charge_id(TRIP, revision)


def drop(ledger: Ledger, contest_id: UUID, entry_id: UUID, account: UUID) -> None:
    """Let Ben decide that she does not bear it, and let it be taken off her."""
    ledger.decide_contest(decides(contest_id), asked(BEN))
    lift = LiftPart(coop_id=COOP, entry_id=entry_id, account=account, contest_id=contest_id)
    ledger.lift_part(lift, asked(None))


def test_what_it_costs_her_more_stands_apart_and_no_plan_asks_for_it(history: History) -> None:
    ledger = charged(history, DRIVEN)
    contest_id = contests(ledger, set_right(ledger, MORE, ANNA), DAVID)
    assert balances(history) == {"David": -5100, "Anna": 5100}
    assert apart(history) == {"David": -4590, "Anna": 4590}
    assert asked_for(history) == {"David": -510, "Anna": 510}
    row = known(history, contest_id)
    assert (row.cause, row.cents, row.across, row.put_by) == ("trip", 4590, {ANNA: 4590}, ANNA)


def test_dropped_it_costs_what_it_did(history: History) -> None:
    ledger = charged(history, DRIVEN)
    anew = set_right(ledger, MORE, ANNA)
    drop(ledger, contests(ledger, anew, DAVID), anew, DAVID)
    assert balances(history) == {"David": -510, "Anna": 510}
    assert (apart(history), total(history)) == ({}, 0)


def test_who_receives_less_contests_it_and_nobody_is_asked_for_it_meanwhile(history: History) -> None:
    ledger = charged(history, MORE)
    anew = set_right(ledger, DRIVEN, DAVID)
    contest_id = contests(ledger, anew, ANNA)
    assert (known(history, contest_id).cents, known(history, contest_id).across) == (4590, {DAVID: 4590})
    assert (apart(history), asked_for(history)) == ({}, {"David": -510, "Anna": 510})
    drop(ledger, contest_id, anew, ANNA)
    assert balances(history) == {"David": -5100, "Anna": 5100}


def test_what_one_set_right_oneself_one_does_not_contest(history: History) -> None:
    ledger = charged(history, DRIVEN)
    anew = set_right(ledger, MORE, DAVID)
    with pytest.raises(Unknown):
        contests(ledger, anew, DAVID)


def test_set_right_twice_what_may_still_be_contested_is_told_from_the_first_charge(history: History) -> None:
    ledger = charged(history, DRIVEN)
    set_right(ledger, MORE, ANNA)
    last = set_right(ledger, replace(MORE, odometer_in_km=12_496), ANNA, revision=3, since=1)  # 51.34
    assert known(history, contests(ledger, last, DAVID)).cents == 4624


def test_what_was_dropped_of_it_stays_so_as_it_is_set_right_again(history: History) -> None:
    ledger = charged(history, DRIVEN)
    anew = set_right(ledger, MORE, ANNA)
    drop(ledger, contests(ledger, anew, DAVID), anew, DAVID)
    last = set_right(ledger, MORE, ANNA, revision=3, since=2)
    assert balances(history) == {"David": -5100, "Anna": 5100}
    assert known(history, contests(ledger, last, DAVID)).cents == 4590


def undo(ledger: Ledger, entry_id: UUID) -> UUID:
    """Let Chloé undo an entry; return what undoes it."""
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=entry_id), asked(CHLOE))
    return reversal_id(entry_id)


def test_a_credit_that_another_undid_is_contested_and_dropped_it_counts_again(history: History) -> None:
    ledger = charged(history, replace(DRIVEN, odometer_in_km=12_345, fuel_paid=Money(4_500)))
    undone = undo(ledger, fuel_id(TRIP))
    contest_id = contests(ledger, undone, DAVID)
    assert (balances(history), apart(history), asked_for(history)) == ({}, {}, {})
    assert known(history, contest_id).across == {ANNA: 4500}
    drop(ledger, contest_id, undone, DAVID)
    assert balances(history) == {"David": 4500, "Anna": -4500}
    assert total(history) == 0


def test_a_payment_that_another_undid_is_not_asked_again_while_it_is_contested(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, DAVID, ANNA, 3000)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    confirm(history, ledger, plan_id, DAVID)
    with history.engine.connect() as connection:
        paid = next(row for row in journal(connection, COOP) if row.kind == "settlement")
    contests(ledger, undo(ledger, paid.entry_id), DAVID)
    assert balances(history) == {"David": -3000, "Anna": 3000}
    assert (apart(history), asked_for(history)) == ({"David": -3000, "Anna": 3000}, {})


@pytest.mark.parametrize("end", ["open", "dropped"])
def test_a_charge_undone_and_contested_is_charged_once_as_its_trip_is_set_right(history: History, end: str) -> None:
    ledger = charged(history, MORE)
    undone = undo(ledger, charge_id(TRIP))
    contest_id = contests(ledger, undone, ANNA)
    if end == "dropped":
        drop(ledger, contest_id, undone, ANNA)
        assert balances(history) == {"David": -5100, "Anna": 5100}
    set_right(ledger, DRIVEN, DAVID)
    assert balances(history) == {"David": -510, "Anna": 510}
    assert (apart(history), total(history)) == ({}, 0)
    assert known(history, contest_id).gone
    lift = LiftPart(coop_id=COOP, entry_id=undone, account=ANNA, contest_id=contest_id)
    ledger.lift_part(lift, asked(None))
    assert balances(history) == {"David": -510, "Anna": 510}


def test_what_was_set_right_since_is_contested_no_more(history: History) -> None:
    ledger = charged(history, DRIVEN)
    contest_id = contests(ledger, set_right(ledger, MORE, ANNA), DAVID)
    set_right(ledger, DRIVEN, ANNA, revision=3)
    assert (apart(history), known(history, contest_id).gone) == ({}, True)
    assert balances(history) == {"David": -510, "Anna": 510}

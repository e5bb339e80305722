"""A trip whose readings were set right is charged anew: the former charge is undone as if it had never been."""

from datetime import date, timedelta

from msgspec.structs import asdict, replace

from kernel.log.history import History
from kernel.money import Money
from ledger.application import Ledger
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ChargeTrip, ChargeTripAnew, ClosePeriod, ReverseEntry
from tests.ledger.given import ANNA, CLIO, NOON, asked, balances, books, open_tariffs, total, trip

WRONG = trip(CLIO, 111_115)  # a digit too many
RIGHT = replace(WRONG, odometer_in_km=84_015)


def anew(command: ChargeTrip = RIGHT, *, revision: int = 2, due: bool = True) -> ChargeTripAnew:
    return ChargeTripAnew(**asdict(command), revision=revision, due=due)


def charged(history: History) -> Ledger:
    ledger = open_tariffs(history)
    ledger.charge_trip(WRONG, asked(None))
    return ledger


def test_the_former_charge_is_undone_and_the_right_one_posted(history: History) -> None:
    charged(history).charge_trip_anew(anew(), asked(ANNA, at=NOON + timedelta(days=3)))
    assert books(history) == [
        "2026-05-04 trip: David -33334.50, Anna +33334.50",
        "2026-05-04 reversal: David +33334.50, Anna -33334.50",
        "2026-05-04 trip: David -4.50, Anna +4.50",
    ]
    assert balances(history, on=NOON.date()) == {"David": -450, "Anna": 450}
    assert total(history) == 0


def test_of_a_closed_month_both_count_on_the_first_open_day(history: History) -> None:
    ledger, june = charged(history), NOON + timedelta(days=35)
    ledger.close_period(ClosePeriod(coop_id=WRONG.coop_id, month=NOON.date()), asked(at=june))
    ledger.charge_trip_anew(anew(), asked(ANNA, at=june))
    assert books(history)[1:] == [
        "2026-06-01 reversal: David +33334.50, Anna -33334.50",
        "2026-06-01 trip: David -4.50, Anna +4.50",
    ]
    assert balances(history, on=date(2026, 5, 31)) == {"David": -3_333_450, "Anna": 3_333_450}


def test_what_is_not_due_is_undone_and_waits(history: History) -> None:
    ledger = charged(history)
    ledger.charge_trip_anew(anew(due=False), asked(ANNA))
    assert balances(history) == {}
    ledger.charge_trip_anew(anew(), asked(None))
    assert balances(history) == {"David": -450, "Anna": 450}


def test_the_first_charge_of_a_trip_that_waited_brings_its_fuel(history: History) -> None:
    ledger = open_tariffs(history)
    ledger.charge_trip_anew(anew(replace(RIGHT, fuel_paid=Money(6000)), revision=1), asked(None))
    assert balances(history) == {"David": 5550, "Anna": -5550}


def test_what_was_undone_by_hand_before_is_not_undone_again(history: History) -> None:
    ledger = charged(history)
    ledger.reverse_entry(ReverseEntry(coop_id=WRONG.coop_id, entry_id=charge_id(WRONG.trip_id)), asked())
    ledger.charge_trip_anew(anew(), asked(ANNA))
    assert balances(history) == {"David": -450, "Anna": 450}


def test_fuel_is_given_back_once_however_often_it_is_charged(history: History) -> None:
    ledger, filled = open_tariffs(history), replace(WRONG, fuel_paid=Money(6000))
    ledger.charge_trip(filled, asked(None))
    for revision, km in ((2, 84_015), (3, 84_016)):
        ledger.charge_trip_anew(anew(replace(filled, odometer_in_km=km), revision=revision), asked(ANNA))
    assert balances(history) == {"David": 5520, "Anna": -5520}


def test_asked_twice_it_happens_once(history: History) -> None:
    ledger, once = charged(history), asked(ANNA)
    for _ in range(3):
        ledger.charge_trip_anew(anew(), once)
    assert len(books(history)) == 3

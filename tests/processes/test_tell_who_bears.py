"""Who is made to bear much by another's hand is told at once; who is asked for a yes or to decide is told too."""

from uuid import UUID

import pytest

from kernel.money import Money
from ledger.contesting.commands import ContestBurden, DecideContest, TakeContestBack
from ledger.entries.commands import ReverseEntry
from ledger.spending.commands import AgreeToExpense, RecordExpense, RefuseExpense, WithdrawExpense
from tests.kit.money import charged, ledger_in, spent
from tests.kit.village import COOP, Village


def told(village: Village, about: str) -> set[str]:
    """Return who was sent a letter whose subject says something."""
    village.settle()
    return {kept.address.split("@")[0].capitalize() for kept in village.letters() if about in kept.subject}


PUT = "something was put on your account"


@pytest.mark.parametrize(
    ("cents", "among", "who"),
    [
        (6_000, ("Paul", "Nadia", "Luc"), {"Nadia", "Luc"}),  # 20.00 each
        (5_997, ("Paul", "Nadia", "Luc"), set()),  # 19.99 each
        (3_000, ("Nadia",), {"Nadia"}),
        (500, ("Nadia",), {"Nadia"}),  # more than half of it
        (500, ("Nadia", "Luc"), set()),  # half of it
    ],
)
def test_from_20_or_beyond_half_of_it_a_letter_goes(
    village: Village, cents: int, among: tuple[str, ...], who: set[str]
) -> None:
    spent(village, "Paul", cents, *among)
    assert told(village, PUT) == who


def test_what_one_noted_oneself_sends_one_no_letter(village: Village) -> None:
    paid = RecordExpense(
        coop_id=COOP,
        kind="repair",
        paid_on=village.now.date(),
        paid={village.member("Paul"): 9_000},
        split="equal",
        among={village.member("Nadia"): 1, village.member("Luc"): 1},
    )
    ledger_in(village).record_expense(paid, village.asked("Nadia"))
    assert told(village, PUT) == {"Luc"}


def test_fuel_on_a_trip_is_told_to_those_who_bear_it(village: Village) -> None:
    village.drove("Nadia", "Kangoo", 100, paid=Money(5_100))  # Amina and Paul 20.40, Luc 10.20
    assert told(village, PUT) == {"Amina", "Paul"}


def test_who_loses_by_what_another_undid_is_told(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 200)  # 60.00: Amina and Paul lose 24.00 each, Luc 12.00
    undo = ReverseEntry(coop_id=COOP, entry_id=charged(booking_id), reason="Misread")
    ledger_in(village).reverse_entry(undo, village.asked("Claire"))
    assert told(village, PUT) == {"Amina", "Paul"}


def test_who_paid_is_told_that_another_took_her_expense_back(village: Village) -> None:
    for by, who in (("Claire", {"Paul"}), ("Paul", set[str]())):
        expense_id = spent(village, "Paul", 900, "Nadia")
        back = WithdrawExpense(coop_id=COOP, expense_id=expense_id)
        before = len(village.letters_to("Paul"))
        ledger_in(village).withdraw_expense(back, village.asked(by))
        village.settle()
        assert len(village.letters_to("Paul")) - before == len(who)


def contested(village: Village, noted_by: str = "Paul") -> UUID:
    expense_id = spent(village, noted_by, 600, "Nadia", "Luc")
    contest = ContestBurden(coop_id=COOP, burden_id=expense_id, reason="Not mine")
    return ledger_in(village).contest_burden(contest, village.asked("Nadia")).stream_id


def test_a_contest_is_told_to_who_noted_it_and_to_the_treasurer(village: Village) -> None:
    contested(village)
    assert told(village, "a neighbour contests") == {"Paul", "Claire"}


def test_how_it_ended_is_told_to_the_sides_but_who_ended_it(village: Village) -> None:
    ledger = ledger_in(village)
    ledger.take_contest_back(TakeContestBack(coop_id=COOP, contest_id=contested(village)), village.asked("Nadia"))
    assert told(village, "a contest has ended") == {"Paul"}
    decide = DecideContest(coop_id=COOP, contest_id=contested(village), outcome="borne", reason="So it is")
    ledger.decide_contest(decide, village.asked("Claire"))
    assert told(village, "a contest has ended") == {"Paul", "Nadia"}


def waits(village: Village) -> UUID:
    paid = RecordExpense(
        coop_id=COOP,
        kind="repair",
        paid_on=village.now.date(),
        paid={village.member("Paul"): 20_000},
        split="equal",
        among={village.member(name): 1 for name in ("Paul", "Nadia", "Luc")},
    )
    return ledger_in(village).record_expense(paid, village.asked("Paul"), waits=True).stream_id


def test_those_who_may_say_yes_are_asked_and_nobody_is_told_yet_that_she_bears_it(village: Village) -> None:
    expense_id = waits(village)
    assert told(village, "an expense waits for a yes") == {"Nadia", "Luc", "Claire"}
    assert told(village, PUT) == set()
    agree = AgreeToExpense(coop_id=COOP, expense_id=expense_id)
    ledger_in(village).agree_to_expense(agree, village.asked("Nadia"))
    assert told(village, PUT) == {"Luc"}


def test_a_no_is_told_to_who_noted_it(village: Village) -> None:
    refuse = RefuseExpense(coop_id=COOP, expense_id=waits(village), reason="Too dear")
    ledger_in(village).refuse_expense(refuse, village.asked("Luc"))
    assert told(village, "an expense was refused") == {"Paul"}

"""What somebody bears no more is taken off her in each entry it stands in, and in those still to come, once."""

from uuid import UUID

import pytest

from kernel.log.follower import Follower
from ledger.contesting.commands import AgreeToContest, ContestBurden, DecideContest
from ledger.entries.queries import balance, books_total
from ledger.settlement.apart import standing_apart
from ledger.spending.commands import WithdrawExpense
from processes import PROCESSES
from tests.kit.money import ledger_in, spent
from tests.kit.village import COOP, Village
from tests.processes.acts import count


def dropped(village: Village, months: int) -> UUID:
    """Let Paul note a year's tax that Nadia bears half of, and agree that she does not once some months have come."""
    ledger = ledger_in(village)
    expense_id = spent(village, "Paul", 12_000, "Paul", "Nadia", kind="tax", months=12)
    contest = ContestBurden(coop_id=COOP, burden_id=expense_id, reason="Not mine")
    contest_id = ledger.contest_burden(contest, village.asked("Nadia")).stream_id
    village.pass_time(days=31 * (months - 1))
    agree = AgreeToContest(coop_id=COOP, contest_id=contest_id)
    ledger.agree_to_contest(agree, village.asked("Paul"), village.member("Paul"))
    village.settle()
    return expense_id


def owed(village: Village, *names: str) -> list[int]:
    return [village.ask(balance, COOP, village.member(name)) for name in names]


def test_nothing_is_left_of_it_nor_stands_apart(village: Village) -> None:
    dropped(village, months=3)
    assert count(village, "ledger.PartLifted") == 3
    assert owed(village, "Nadia", "Paul") == [0, 0]
    assert village.ask(standing_apart, COOP) == {}
    assert village.ask(books_total, COOP) == 0


def test_what_is_still_to_come_is_taken_off_as_it_comes(village: Village) -> None:
    dropped(village, months=1)
    village.pass_time(days=40)
    assert count(village, "ledger.SpreadPartPosted") == count(village, "ledger.PartLifted") > 1
    assert owed(village, "Nadia", "Paul") == [0, 0]


def test_taken_back_all_the_same_nobody_owes_anything(village: Village) -> None:
    expense_id = dropped(village, months=2)
    back = WithdrawExpense(coop_id=COOP, expense_id=expense_id)
    ledger_in(village).withdraw_expense(back, village.asked("Paul"))
    village.settle()
    assert owed(village, "Nadia", "Paul") == [0, 0]
    assert village.ask(standing_apart, COOP) == {}


def test_each_part_is_taken_off_once_however_often_the_log_is_followed(village: Village) -> None:
    dropped(village, months=2)
    Follower("processes", village.site.history, PROCESSES, village.clock).catch_up()
    assert count(village, "ledger.PartLifted") == 2


@pytest.mark.parametrize(("outcome", "left"), [("borne", -500), ("dropped", 0)])
def test_a_decision_counts_as_it_says(village: Village, outcome: str, left: int) -> None:
    ledger, expense_id = ledger_in(village), spent(village, "Paul", 1_000, "Paul", "Nadia")
    contest = ContestBurden(coop_id=COOP, burden_id=expense_id, reason="Not mine")
    contest_id = ledger.contest_burden(contest, village.asked("Nadia")).stream_id
    decide = DecideContest(coop_id=COOP, contest_id=contest_id, outcome=outcome, reason="So it is")  # type: ignore[arg-type]
    ledger.decide_contest(decide, village.asked("Claire"))
    village.settle()
    assert owed(village, "Nadia", "Paul") == [left, -left]

"""An expense taken back leaves nothing in the books: each of its parts is undone, once, in the name of who did it."""

from uuid import UUID

from kernel.log.follower import Follower
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.expense import part_id
from ledger.entries.queries import balance, books_total, entry
from ledger.spending.commands import RecordExpense, WithdrawExpense
from processes import PROCESSES
from tests.kit.money import ledger_in
from tests.kit.village import COOP, Village
from tests.processes.acts import count

MONTHS = 3


def taken_back(village: Village) -> UUID:
    """Let Paul record a year's insurance that three months of have come, and take it back; return the expense."""
    bearers = {village.member(name): 1 for name in ("Amina", "Paul")}
    spent = RecordExpense(
        coop_id=COOP,
        kind="insurance",
        paid_on=village.now.date(),
        paid={village.member("Paul"): 48_000},
        split="equal",
        among=bearers,
        months=12,
    )
    ledger = ledger_in(village)
    expense_id = ledger.record_expense(spent, village.asked("Paul")).stream_id
    village.pass_time(days=62)
    assert count(village, "ledger.SpreadPartPosted") == MONTHS
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id), village.asked("Paul"))
    return expense_id


def test_nobody_owes_anything_for_it_any_more(village: Village) -> None:
    expense_id = taken_back(village)
    village.settle()
    assert [village.ask(balance, COOP, village.member(name)) for name in ("Amina", "Paul")] == [0, 0]
    assert village.ask(books_total, COOP) == 0
    undone = village.ask(entry, COOP, reversal_id(part_id(expense_id, MONTHS)))
    assert undone.posted_by == village.member("Paul")


def test_each_part_is_undone_once_however_often_the_log_is_followed(village: Village) -> None:
    taken_back(village)
    other = Follower("processes", village.site.history, PROCESSES, village.clock)
    for follower in (village.site.follower, other):
        follower.catch_up()
    assert count(village, "ledger.EntryReversed") == MONTHS

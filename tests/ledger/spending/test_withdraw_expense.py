"""An expense recorded by mistake is taken back."""

from datetime import date

import pytest
from msgspec.structs import replace

from kernel.log.history import History
from kernel.log.mapper import EventMapper
from ledger.spending import queries
from ledger.spending.commands import PostSpreadPart, WithdrawExpense
from ledger.spending.events import SpreadPartWithdrawn
from ledger.spending.expense import ExpenseGone
from ledger.spending.queries import spread_parts_due
from tests.kit.plans import counted
from tests.ledger.given import COOP, INSURANCE, asked, open_tariffs


def test_each_of_its_parts_is_named_and_no_other_follows(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=2), asked(None))
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id, reason="Paid twice"), asked())
    assert named(history) == [1, 2]
    with history.engine.connect() as connection:
        assert spread_parts_due(connection, [COOP], date(2040, 1, 1)) == []
        assert [row.withdrawn for row in queries.expenses_slice(connection, COOP, most=2).items] == [True]


def test_five_years_of_parts_are_taken_back_by_as_many_statements_as_two_months_of_them(history: History) -> None:
    ledger, counts = open_tariffs(history), set()
    for months in (2, 60):
        expense_id = ledger.record_expense(replace(INSURANCE, months=months), asked()).stream_id
        for part in range(2, months + 1):
            ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=part), asked(None))
        with counted(history.engine) as statements:
            ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id, reason="Paid twice"), asked())
        counts.add(len(statements))
    assert len(counts) == 1
    assert max(counts) <= 30


def named(history: History) -> list[int]:
    """Return the parts that were taken back, as the log names them."""
    mapper = EventMapper()
    events = [mapper.to_domain_event(stored).event for stored in history.log.select_notifications(1, 1_000)]
    return [event.part for event in events if isinstance(event, SpreadPartWithdrawn)]


def test_it_is_taken_back_once(history: History) -> None:
    ledger, once = open_tariffs(history), asked()
    command = WithdrawExpense(coop_id=COOP, expense_id=ledger.record_expense(INSURANCE, asked()).stream_id)
    assert len({ledger.withdraw_expense(command, once) for _ in range(3)}) == 1
    with pytest.raises(ExpenseGone):
        ledger.withdraw_expense(command, asked())


def test_none_of_its_parts_can_be_posted_any_more(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id), asked())
    with pytest.raises(ExpenseGone):
        ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=2), asked(None))

"""An expense recorded by mistake is taken back."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from kernel.log.history import History
from kernel.log.mapper import EventMapper
from kernel.log.remembered import commands
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import ReverseEntry
from ledger.spending import queries
from ledger.spending.commands import PostSpreadPart, WithdrawExpense
from ledger.spending.expense import ExpenseGone
from ledger.spending.queries import spread_parts_due
from tests.kit.plans import counted
from tests.ledger.given import COOP, INSURANCE, asked, balances, books, open_tariffs


def test_its_parts_are_reversed_and_no_other_follows(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=2), asked(None))
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id, reason="Paid twice"), asked())
    assert len(books(history)) == 4
    assert balances(history) == {}
    with history.engine.connect() as connection:
        assert spread_parts_due(connection, date(2040, 1, 1)) == []
        assert [row.withdrawn for row in queries.expenses_slice(connection, COOP, most=2).items] == [True]


def test_a_part_already_undone_is_not_undone_again(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=part_id(expense_id, 1)), asked())
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id), asked())
    assert len(books(history)) == 2
    assert balances(history) == {}


def test_five_years_of_parts_are_undone_by_as_many_statements_as_two_months_of_them(history: History) -> None:
    ledger, counts = open_tariffs(history), set()
    for months in (2, 60):
        expense_id = ledger.record_expense(replace(INSURANCE, months=months), asked()).stream_id
        for part in range(2, months + 1):
            ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=part), asked(None))
        with counted(history.engine) as statements:
            ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id, reason="Paid twice"), asked())
        counts.add(len(statements))
    assert balances(history) == {}
    assert len(books(history)) == 2 * 62
    assert len(counts) == 1
    assert max(counts) <= 30
    assert commands_of_events(history) <= commands_kept(history)


def test_sent_again_it_reads_no_part_again(history: History) -> None:
    ledger, once = open_tariffs(history), asked()
    command = WithdrawExpense(coop_id=COOP, expense_id=ledger.record_expense(INSURANCE, asked()).stream_id)
    first = ledger.withdraw_expense(command, once)
    with counted(history.engine) as statements:
        assert ledger.withdraw_expense(command, once) == first
    assert [one for one in statements if one.startswith(("INSERT", "UPDATE"))] == []


def commands_of_events(history: History) -> set[UUID]:
    mapper = EventMapper()
    return {mapper.to_domain_event(stored).command_id for stored in history.log.select_notifications(1, 1_000)}


def commands_kept(history: History) -> set[UUID]:
    with history.engine.connect() as connection:
        return {*connection.execute(select(commands.c.command_id)).scalars()}


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

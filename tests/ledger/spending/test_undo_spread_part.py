"""The parts of an expense that was taken back are undone, each by itself."""

from uuid import UUID

import pytest

from kernel.log.history import History
from ledger.application import Ledger
from ledger.entries.causes.correction import Corrected, reversal_id
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import ReverseEntry
from ledger.entries.entry import AlreadyReversed
from ledger.entries.queries import entry
from ledger.spending.commands import PostSpreadPart, UndoSpreadPart, WithdrawExpense
from tests.ledger.given import COOP, INSURANCE, asked, balances, books, open_tariffs

FIRST, SECOND = 1, 2


@pytest.fixture
def ledger(history: History) -> Ledger:
    """The ledger of a co-op with its tariffs."""
    return open_tariffs(history)


@pytest.fixture
def insurance(ledger: Ledger) -> UUID:
    """The year's insurance, two months of it posted."""
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=SECOND), asked(None))
    return expense_id


def withdraw(ledger: Ledger, expense_id: UUID) -> None:
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id, reason="Paid twice"), asked())


def undo(expense_id: UUID, part: int) -> UndoSpreadPart:
    return UndoSpreadPart(coop_id=COOP, expense_id=expense_id, part=part)


def test_it_is_undone_and_nobody_owes_anything_for_it(ledger: Ledger, insurance: UUID, history: History) -> None:
    withdraw(ledger, insurance)
    for part in (FIRST, SECOND):
        assert ledger.undo_spread_part(undo(insurance, part), asked()).changed
    assert len(books(history)) == 4
    assert balances(history) == {}


def test_a_part_of_an_expense_that_stands_is_not(ledger: Ledger, insurance: UUID, history: History) -> None:
    assert not ledger.undo_spread_part(undo(insurance, FIRST), asked()).changed
    assert len(books(history)) == 2


def test_nor_one_that_nobody_posted(ledger: Ledger, insurance: UUID) -> None:
    withdraw(ledger, insurance)
    assert not ledger.undo_spread_part(undo(insurance, 3), asked()).changed


def test_asked_twice_it_happens_once(ledger: Ledger, insurance: UUID, history: History) -> None:
    withdraw(ledger, insurance)
    once = asked()
    assert len({ledger.undo_spread_part(undo(insurance, FIRST), once) for _ in range(2)}) == 1
    assert not ledger.undo_spread_part(undo(insurance, FIRST), asked()).changed
    assert len(books(history)) == 3


def test_when_someone_undid_it_first_it_stays_undone_once(ledger: Ledger, insurance: UUID, history: History) -> None:
    entry_id = part_id(insurance, FIRST)
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=entry_id), asked())
    withdraw(ledger, insurance)
    assert not ledger.undo_spread_part(undo(insurance, FIRST), asked()).changed
    assert len(books(history)) == 3
    with pytest.raises(AlreadyReversed):
        ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=entry_id), asked())


def test_it_is_undone_for_the_reason_the_expense_was_taken_back_for(
    ledger: Ledger, insurance: UUID, history: History
) -> None:
    withdraw(ledger, insurance)
    ledger.undo_spread_part(undo(insurance, FIRST), asked())
    with history.engine.connect() as connection:
        reversal = entry(connection, COOP, reversal_id(part_id(insurance, FIRST)))
        assert reversal
        assert isinstance(reversal.because, Corrected)
        assert history.keyring.open(connection, reversal.because.reason) == "Paid twice"

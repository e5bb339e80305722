"""An expense that waits for a yes ends by a no, for a reason: it never counts."""

from uuid import UUID

import pytest

from kernel.log.history import History
from kernel.refused import NotYours
from ledger.spending.commands import RefuseExpense
from ledger.spending.expense import ExpenseGone
from ledger.spending.queries import ExpenseRow, expense
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, asked, books
from tests.ledger.spending.test_agree_to_expense import waiting


def no(expense_id: UUID) -> RefuseExpense:
    return RefuseExpense(coop_id=COOP, expense_id=expense_id, reason="Too dear")


def known(history: History, expense_id: UUID) -> ExpenseRow:
    with history.engine.connect() as connection:
        row = expense(connection, COOP, expense_id)
    assert row is not None
    return row


def test_it_never_counts(history: History) -> None:
    ledger, expense_id = waiting(history)
    ledger.refuse_expense(no(expense_id), asked(CHLOE))
    row = known(history, expense_id)
    assert (row.waiting, row.withdrawn, row.refused_by) == (False, True, CHLOE)
    with history.engine.connect() as connection:
        assert history.keyring.open(connection, row.refusal) == "Too dear"
    assert books(history) == []


def test_who_typed_it_takes_it_back_instead(history: History) -> None:
    ledger, expense_id = waiting(history)
    with pytest.raises(NotYours):
        ledger.refuse_expense(no(expense_id), asked(ANNA))


def test_it_is_refused_once(history: History) -> None:
    ledger, expense_id = waiting(history)
    once = asked(CHLOE)
    assert len({ledger.refuse_expense(no(expense_id), once) for _ in range(3)}) == 1
    with pytest.raises(ExpenseGone):
        ledger.refuse_expense(no(expense_id), asked(BEN))

"""An expense that waits counts for nobody until another than who typed it says yes."""

from datetime import date
from uuid import UUID

import pytest

from kernel.log.history import History
from kernel.refused import NotYours, Unknown
from ledger.application import Ledger
from ledger.spending.commands import AgreeToExpense, PostSpreadPart, RefuseExpense, WithdrawExpense
from ledger.spending.expense import CountsAlready, ExpenseGone, StillWaits
from ledger.spending.queries import expense, spread_parts_due, waiting_expenses
from tests.ledger.contesting.given import apart, contests
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, INSURANCE, asked, balances, books, open_tariffs

LATER = date(2040, 1, 1)


def waiting(history: History) -> tuple[Ledger, UUID]:
    ledger = open_tariffs(history)
    return ledger, ledger.record_expense(INSURANCE, asked(ANNA), waits=True).stream_id


def yes(expense_id: UUID) -> AgreeToExpense:
    return AgreeToExpense(coop_id=COOP, expense_id=expense_id)


def test_until_then_nothing_of_it_is_in_the_books(history: History) -> None:
    ledger, expense_id = waiting(history)
    assert books(history) == []
    with history.engine.connect() as connection:
        assert [row.expense_id for row in waiting_expenses(connection, COOP)] == [expense_id]
        assert spread_parts_due(connection, [COOP], LATER) == []
    with pytest.raises(StillWaits):
        ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=1), asked(None))
    with pytest.raises(Unknown):
        contests(ledger, expense_id)


def test_with_the_yes_its_first_part_counts_and_the_others_follow(history: History) -> None:
    ledger, expense_id = waiting(history)
    ledger.agree_to_expense(yes(expense_id), asked(BEN))
    assert balances(history) == {"Anna": 2400, "Ben": -1600, "Chloé": -800}
    with history.engine.connect() as connection:
        assert [due.part for due in spread_parts_due(connection, [COOP], LATER)] == [*range(2, 13)]
        row = expense(connection, COOP, expense_id)
    assert row is not None
    assert (row.waiting, row.agreed_by, row.posted) == (False, BEN, 1)


def test_who_said_yes_contests_it_no_more_and_the_others_may(history: History) -> None:
    ledger, expense_id = waiting(history)
    ledger.agree_to_expense(yes(expense_id), asked(BEN))
    with pytest.raises(Unknown):
        contests(ledger, expense_id, BEN)
    contests(ledger, expense_id, CHLOE)
    assert apart(history) == {"Anna": 800, "Chloé": -800}


def test_who_typed_it_does_not_say_yes(history: History) -> None:
    ledger, expense_id = waiting(history)
    for by in (ANNA, None):
        with pytest.raises(NotYours):
            ledger.agree_to_expense(yes(expense_id), asked(by))


def test_a_yes_counts_once(history: History) -> None:
    ledger, expense_id = waiting(history)
    once = asked(BEN)
    assert len({ledger.agree_to_expense(yes(expense_id), once) for _ in range(3)}) == 1
    assert not ledger.agree_to_expense(yes(expense_id), asked(CHLOE)).changed
    assert len(books(history)) == 1


def test_after_a_no_or_once_it_is_taken_back_no_yes_helps(history: History) -> None:
    ledger, refused = waiting(history)
    ledger.refuse_expense(RefuseExpense(coop_id=COOP, expense_id=refused, reason="Too dear"), asked(CHLOE))
    taken_back = ledger.record_expense(INSURANCE, asked(ANNA), waits=True).stream_id
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=taken_back), asked(ANNA))
    for expense_id in (refused, taken_back):
        with pytest.raises(ExpenseGone):
            ledger.agree_to_expense(yes(expense_id), asked(BEN))
    with history.engine.connect() as connection:
        assert waiting_expenses(connection, COOP) == []
        assert spread_parts_due(connection, [COOP], LATER) == []


def test_what_counts_already_is_not_refused(history: History) -> None:
    ledger, expense_id = waiting(history)
    ledger.agree_to_expense(yes(expense_id), asked(BEN))
    with pytest.raises(CountsAlready):
        ledger.refuse_expense(RefuseExpense(coop_id=COOP, expense_id=expense_id), asked(CHLOE))

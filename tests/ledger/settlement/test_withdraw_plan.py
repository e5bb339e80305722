"""The treasurer gives up a plan; what was paid stays paid."""

import pytest

from kernel.log.history import History
from ledger.settlement import queries
from ledger.settlement.commands import WithdrawPlan
from ledger.settlement.plan import PlanClosed
from tests.ledger.given import BEN, CHLOE, COOP, asked, balances
from tests.ledger.settlement.given import ISSUE, confirm, declare, lines, planned


def test_a_paid_line_stays_good_and_a_declared_one_can_still_be_confirmed(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, CHLOE)
    confirm(history, ledger, plan_id, BEN)
    ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked())
    assert balances(history) == {"Chloé": -2000, "David": 2000}
    confirm(history, ledger, plan_id, CHLOE)
    assert balances(history) == {}
    with history.engine.connect() as connection:
        assert [plan.state for plan in queries.plans(connection, COOP)] == ["withdrawn"]


def test_what_was_neither_declared_nor_paid_can_no_longer_be(history: History) -> None:
    ledger, plan_id = planned(history)
    ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked())
    with pytest.raises(PlanClosed):
        confirm(history, ledger, plan_id, BEN)
    assert not any(line.can_be_declared for line in lines(history, plan_id, BEN, CHLOE).values())


def test_the_next_plan_does_not_ask_again_what_was_paid(history: History) -> None:
    ledger, plan_id = planned(history)
    confirm(history, ledger, plan_id, BEN)
    ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked())
    assert list(lines(history, ledger.issue_plan(ISSUE, asked()).stream_id)) == [CHLOE]


def test_withdrawing_twice_changes_nothing(history: History) -> None:
    ledger, plan_id = planned(history)
    for _ in range(2):
        ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked())
    with history.engine.connect() as connection:
        assert queries.open_plan(connection, COOP) is None


def test_a_plan_all_paid_cannot_be_withdrawn(history: History) -> None:
    ledger, plan_id = planned(history)
    for debtor in (BEN, CHLOE):
        confirm(history, ledger, plan_id, debtor)
    with pytest.raises(PlanClosed):
        ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked())

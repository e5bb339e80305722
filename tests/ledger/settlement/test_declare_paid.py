"""A debtor says that she made her transfer."""

from uuid import uuid4

import pytest

from kernel.log.history import History
from kernel.refused import NotYours, Unknown
from ledger.settlement.commands import DeclarePaid, WithdrawPlan
from ledger.settlement.plan import PlanClosed
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, asked, books
from tests.ledger.settlement.given import declare, lines, planned


def test_her_line_is_declared_and_nothing_is_posted_yet(history: History) -> None:
    ledger, plan_id = planned(history)
    before = books(history)
    declare(history, ledger, plan_id, BEN)
    assert {debtor: line.state for debtor, line in lines(history, plan_id).items()} == {
        BEN: "declared",
        CHLOE: "to_pay",
    }
    assert books(history) == before


@pytest.mark.parametrize("someone", [ANNA, CHLOE, DAVID, None])
def test_only_the_debtor_can_say_so(history: History, someone: object) -> None:
    ledger, plan_id = planned(history)
    command = DeclarePaid(coop_id=COOP, plan_id=plan_id, line_id=lines(history, plan_id)[BEN].line_id)
    with pytest.raises(NotYours):
        ledger.declare_paid(command, asked(someone))  # type: ignore[arg-type]


def test_pages_know_who_can_do_what(history: History) -> None:
    _, plan_id = planned(history)
    assert lines(history, plan_id, BEN)[BEN].can_be_declared
    assert not lines(history, plan_id, BEN)[BEN].can_be_confirmed
    assert lines(history, plan_id, ANNA)[BEN].can_be_confirmed
    assert not lines(history, plan_id, DAVID)[BEN].can_be_confirmed


def test_saying_it_again_changes_nothing(history: History) -> None:
    ledger, plan_id = planned(history)
    for _ in range(2):
        declare(history, ledger, plan_id, BEN)
    assert lines(history, plan_id)[BEN].state == "declared"


def test_a_withdrawn_plan_takes_no_more_word(history: History) -> None:
    ledger, plan_id = planned(history)
    ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked())
    with pytest.raises(PlanClosed):
        declare(history, ledger, plan_id, BEN)


def test_a_line_of_no_plan_is_unknown(history: History) -> None:
    ledger, plan_id = planned(history)
    for plan, line in ((plan_id, uuid4()), (uuid4(), lines(history, plan_id)[BEN].line_id)):
        with pytest.raises(Unknown):
            ledger.declare_paid(DeclarePaid(coop_id=COOP, plan_id=plan, line_id=line), asked(BEN))

"""The treasurer says that the co-op made its transfer."""

from uuid import UUID, uuid4

import pytest

from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.refused import NotYours, Unknown
from ledger.application import Ledger
from ledger.settlement.commands import DeclareCoopPaid, WithdrawPlan
from ledger.settlement.plan import PlanClosed
from tests.kit.races import refused_at_once
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, asked, books, owe
from tests.ledger.settlement.given import ISSUE, lines


def owing(history: History) -> tuple[Ledger, UUID]:
    """The co-op owes Anna 10.00, and Chloé owes Ben 5.00."""
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, COOP, ANNA, 1000)
    owe(ledger, CHLOE, BEN, 500)
    return ledger, ledger.issue_plan(ISSUE, asked()).stream_id


def declare(history: History, ledger: Ledger, plan_id: UUID, debtor: UUID = COOP, again: Asked | None = None) -> Done:
    line_id = lines(history, plan_id)[debtor].line_id
    command = DeclareCoopPaid(coop_id=COOP, plan_id=plan_id, line_id=line_id)
    return ledger.declare_coop_paid(command, again or asked(DAVID))


def test_what_the_co_op_owes_is_declared_for_it(history: History) -> None:
    ledger, plan_id = owing(history)
    before = books(history)
    declare(history, ledger, plan_id)
    assert {debtor: line.state for debtor, line in lines(history, plan_id).items()} == {
        COOP: "declared",
        CHLOE: "to_pay",
    }
    assert books(history) == before


def test_what_a_member_owes_is_not_declared_for_her(history: History) -> None:
    ledger, plan_id = owing(history)
    with pytest.raises(NotYours):
        declare(history, ledger, plan_id, CHLOE)
    assert lines(history, plan_id)[CHLOE].state == "to_pay"


def test_a_line_of_no_plan_is_unknown(history: History) -> None:
    ledger, plan_id = owing(history)
    with pytest.raises(Unknown):
        ledger.declare_coop_paid(DeclareCoopPaid(coop_id=COOP, plan_id=plan_id, line_id=uuid4()), asked(DAVID))


def test_asked_twice_it_is_declared_once(history: History) -> None:
    (ledger, plan_id), again = owing(history), asked(DAVID)
    first = declare(history, ledger, plan_id, again=again)
    assert declare(history, ledger, plan_id, again=again) == first
    assert not declare(history, ledger, plan_id).changed


def test_declared_as_the_plan_is_given_up_it_is_said_or_too_late(history: History) -> None:
    ledger, plan_id = owing(history)
    late, given_up = refused_at_once(
        lambda: declare(history, ledger, plan_id),
        lambda: ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id), asked()),
    )
    assert given_up is None
    assert late is None or isinstance(late, PlanClosed)

"""A plan is issued while what it is drawn from is undone or paid: it says what was so, and nobody is asked twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest

from kernel.log.history import History
from ledger.application import Ledger
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import ReverseEntry
from ledger.entries.queries import balances
from ledger.settlement import queries
from ledger.settlement.commands import ConfirmPaid, DeclarePaid, IssueDraft, WithdrawPlan
from ledger.settlement.plan import PlanClosed
from ledger.settlement.queries import PlanLineRow
from tests.kit.races import at_once, refused_at_once
from tests.kit.scale import ROUNDS
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, asked, owe
from tests.ledger.settlement.given import ISSUE, confirm, declare, lines, withdraw

pytestmark = pytest.mark.parametrize("drafted", [True, False])


def begin(history: History) -> tuple[Ledger, UUID, UUID]:
    """Let Chloé owe David, and Ben owe Anna what he says he has paid; return a mistaken expense and Ben's plan too."""
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, BEN, ANNA, 3000)
    owe(ledger, CHLOE, DAVID, 2000)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    declare(history, ledger, plan_id, BEN)
    withdraw(ledger, plan_id)
    return ledger, owe(ledger, DAVID, ANNA, 700), plan_id


def issuing(ledger: Ledger, *, drafted: bool) -> Callable[[], object]:
    """Return the issuing of a plan: of a draft that is there, or at once."""
    if not drafted:
        return lambda: ledger.issue_plan(ISSUE, asked())
    command = IssueDraft(coop_id=COOP, plan_id=ledger.issue_plan(ISSUE, asked(), draft_hours=48).stream_id)
    return lambda: ledger.issue_draft(command, asked())


def end(history: History, ledger: Ledger) -> list[PlanLineRow]:
    """Pay all that the open plan asks for and what is said paid; the books hold nothing more. Return its transfers."""
    with history.engine.connect() as connection:
        plan = queries.open_plan(connection, COOP)
        assert plan is not None
        asked_for = queries.plan_lines(connection, COOP, plan.plan_id)
        waiting = queries.said_paid(connection, COOP)
    for line in (*asked_for, *waiting):
        command = ConfirmPaid(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id)
        ledger.confirm_paid(command, asked(line.receiver))
    return asked_for


def left(history: History) -> dict[UUID, int]:
    with history.engine.connect() as connection:
        return {account: cents for account, cents in balances(connection, COOP).items() if cents}


def test_what_is_undone_as_it_is_issued_is_not_in_it_or_it_says_so(history: History, *, drafted: bool) -> None:
    for _ in range(ROUNDS):
        ledger, mistaken, _ = begin(history)
        undoing = ReverseEntry(coop_id=COOP, entry_id=part_id(mistaken, 1))
        at_once(issuing(ledger, drafted=drafted), partial(ledger.reverse_entry, undoing, asked()))
        with history.engine.connect() as connection:
            plan = queries.open_plan(connection, COOP)
            assert plan is not None
            late = queries.undone_since(connection, COOP, plan.plan_id)
        asked_for = end(history, ledger)
        stands = left(history)
        assert late == ({} if not stands else dict.fromkeys((DAVID, ANNA), (part_id(mistaken, 1),)))
        assert stands == ({} if not late else {DAVID: 700, ANNA: -700})
        assert all(line.debtor in (CHLOE, DAVID) for line in asked_for)
        if stands:  # settled by the next plan, so that every round begins even
            ledger.issue_plan(ISSUE, asked())
            end(history, ledger)


def test_what_comes_as_it_is_issued_is_asked_once(history: History, *, drafted: bool) -> None:
    for _ in range(ROUNDS):
        ledger, _, earlier = begin(history)
        at_once(issuing(ledger, drafted=drafted), partial(confirm, history, ledger, earlier, BEN))
        asked_for = end(history, ledger)
        assert BEN not in {line.debtor for line in asked_for}
        assert left(history) == {}


def test_what_is_said_otherwise_as_it_is_issued_is_asked_or_said_paid(history: History, *, drafted: bool) -> None:
    for _ in range(ROUNDS):
        ledger, _, earlier = begin(history)
        at_once(issuing(ledger, drafted=drafted), partial(declare, history, ledger, earlier, BEN, 1000))
        end(history, ledger)
        stands = Counter(left(history))
        assert stands in (Counter(), Counter({BEN: -2000, ANNA: 2000}))  # issued just before: the next plan asks
        if stands:
            ledger.issue_plan(ISSUE, asked())
            end(history, ledger)


def test_what_is_said_paid_as_it_is_withdrawn_counts_or_is_refused(history: History, *, drafted: bool) -> None:
    for _ in range(ROUNDS):
        ledger = Ledger(history, DIE, "EUR")
        owe(ledger, BEN, ANNA, 3000)
        plan_id = ledger.issue_plan(ISSUE, asked(), draft_hours=48 if drafted else 0).stream_id
        if drafted:
            ledger.issue_draft(IssueDraft(coop_id=COOP, plan_id=plan_id), asked())
        line_id = lines(history, plan_id)[BEN].line_id
        saying = DeclarePaid(coop_id=COOP, plan_id=plan_id, line_id=line_id, cents=1000)
        giving_up = WithdrawPlan(coop_id=COOP, plan_id=plan_id)
        refusals = refused_at_once(
            partial(ledger.declare_paid, saying, asked(BEN)), partial(ledger.withdraw_plan, giving_up, asked())
        )
        assert [type(refusal) for refusal in refusals] in ([type(None)] * 2, [PlanClosed, type(None)])
        following = ledger.issue_plan(ISSUE, asked()).stream_id
        assert lines(history, following)[BEN].cents == (3000 if refusals[0] else 2000)
        end(history, ledger)
        assert left(history) == {}

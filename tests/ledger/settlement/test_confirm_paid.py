"""A receiver says that the money has come, and the books follow."""

from threading import Thread
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.log.history import History
from kernel.refused import NotYours
from ledger.entries.causes.transfer import PlanLinePaid, payment_id
from ledger.entries.queries import entry
from ledger.settlement.commands import ConfirmPaid
from ledger.settlement.events import PlanCompleted
from ledger.settlement.plan import SettlementPlan, drawn_up
from ledger.settlement.transfers import settle
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, EVE, TODAY, asked, balances, books, total
from tests.ledger.settlement.given import confirm, declare, lines, planned


def test_the_debt_is_gone_from_both_accounts(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    confirm(history, ledger, plan_id, BEN)
    assert books(history)[-1] == "2026-05-04 settlement: Ben +30.00, Anna -30.00"
    assert balances(history) == {"Chloé": -2000, "David": 2000}


def test_the_entry_names_plan_line_and_reference(history: History) -> None:
    ledger, plan_id = planned(history)
    line = lines(history, plan_id)[BEN]
    confirm(history, ledger, plan_id, BEN)
    with history.engine.connect() as connection:
        posted = entry(connection, COOP, payment_id(line.line_id))
    assert posted is not None
    assert posted.because == PlanLinePaid(
        true_day=TODAY, plan_id=plan_id, line_id=line.line_id, reference=line.reference
    )
    assert lines(history, plan_id)[BEN].entry_id == posted.entry_id


def test_the_money_may_come_before_the_debtor_says_so(history: History) -> None:
    ledger, plan_id = planned(history)
    confirm(history, ledger, plan_id, BEN)
    assert lines(history, plan_id)[BEN].state == "confirmed"


@pytest.mark.parametrize("someone", [BEN, CHLOE, DAVID, None])
def test_only_the_receiver_can_say_so(history: History, someone: object) -> None:
    ledger, plan_id = planned(history)
    command = ConfirmPaid(coop_id=COOP, plan_id=plan_id, line_id=lines(history, plan_id)[BEN].line_id)
    with pytest.raises(NotYours):
        ledger.confirm_paid(command, asked(someone))  # type: ignore[arg-type]


def test_confirmed_by_many_at_once_it_counts_once(history: History) -> None:
    ledger, plan_id = planned(history)
    threads = [Thread(target=confirm, args=(history, ledger, plan_id, BEN)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert balances(history) == {"Chloé": -2000, "David": 2000}
    assert total(history) == 0


SIXTH = UUID(int=6)
owed = st.lists(st.integers(-900, 900), min_size=2, max_size=6).filter(any)


@given(owed, st.data())
def test_paying_any_lines_leaves_the_others_as_they_were(cents: list[int], data: st.DataObject) -> None:  # property T6
    left = dict(zip([ANNA, BEN, CHLOE, DAVID, EVE, COOP], cents, strict=False))
    left[SIXTH] = -sum(cents)
    issued = SettlementPlan().after(
        SettlementPlan().issue(drawn_up(COOP, TODAY, settle(left)), another_is_open=False, currency="EUR")
    )
    paid = data.draw(st.permutations(list(issued.lines)))
    plan = issued
    for line_id in paid:
        events = plan.confirm(line_id, by=plan.lines[line_id].receiver, currency="EUR")
        plan = plan.after(events)
        assert plan.lines == issued.lines
        for posting in plan.payment(COOP, line_id, today=TODAY, currency="EUR").postings:
            left[posting.account] += posting.amount.cents
        assert (PlanCompleted() in events) == (line_id == paid[-1])
    assert not any(left.values())

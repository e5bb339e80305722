"""A part of a transfer is paid: the rest stays, and the other transfers as they were."""

from collections import Counter
from collections.abc import Callable
from threading import Thread
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.log.history import History
from ledger.application import Ledger
from ledger.entries.causes.transfer import payment_id
from ledger.entries.commands import ReverseEntry
from ledger.settlement import queries
from ledger.settlement.across import across
from ledger.settlement.commands import ConfirmByProof, ConfirmCoopPaid, DeclareCoopPaid
from ledger.settlement.events import PlanCompleted
from ledger.settlement.plan import (
    AlreadyReceived,
    MoreThanAsked,
    NotSaidPaid,
    PlanClosed,
    SettlementPlan,
    drawn_up,
)
from ledger.settlement.transfers import settle
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, EVE, TODAY, asked, balances, books, owe, total
from tests.ledger.settlement.given import ISSUE, confirm, declare, lines, planned, withdraw


def standing(history: History, plan_id: UUID) -> tuple[str, int, int, int]:
    """Return how Ben's transfer of 30.00 to Anna stands: its state, what is received, said to be paid and left."""
    line = lines(history, plan_id)[BEN]
    return line.state, line.received_cents, line.said_cents, line.left_cents


def test_what_is_said_paid_is_confirmed_and_the_rest_is_left(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    assert standing(history, plan_id) == ("declared", 0, 1000, 2000)
    confirm(history, ledger, plan_id, BEN)
    assert standing(history, plan_id) == ("to_pay", 1000, 0, 2000)
    assert books(history)[-1] == "2026-05-04 settlement: Ben +10.00, Anna -10.00"
    assert balances(history) == {"Ben": -2000, "Anna": 2000, "Chloé": -2000, "David": 2000}


def test_it_is_done_once_all_of_it_has_come(history: History) -> None:
    ledger, plan_id = planned(history)
    confirm(history, ledger, plan_id, CHLOE)
    for in_all in (1000, 1850, None):
        declare(history, ledger, plan_id, BEN, in_all)
        with history.engine.connect() as connection:
            assert queries.open_plan(connection, COOP)
        confirm(history, ledger, plan_id, BEN)
    assert standing(history, plan_id) == ("confirmed", 3000, 0, 0)
    assert [line.split(": ")[1] for line in books(history)[-3:]] == [
        "Ben +10.00, Anna -10.00",
        "Ben +8.50, Anna -8.50",
        "Ben +11.50, Anna -11.50",
    ]
    assert balances(history) == {}
    with history.engine.connect() as connection:
        assert [plan.state for plan in queries.plans(connection, COOP)] == ["complete"]
        (settled,) = queries.plans(connection, COOP)
        assert across(connection, COOP, BEN, settled) == {}


def test_what_is_said_can_be_said_otherwise_until_it_is_answered(history: History) -> None:
    ledger, plan_id = planned(history)
    known = {None: ("declared", 0, 3000, 0), 500: ("declared", 0, 500, 2500), 0: ("to_pay", 0, 0, 3000)}
    for in_all, stands in known.items():
        declare(history, ledger, plan_id, BEN, in_all)
        assert standing(history, plan_id) == stands
    declare(history, ledger, plan_id, BEN, 500)
    confirm(history, ledger, plan_id, BEN)
    declare(history, ledger, plan_id, BEN, 3000)
    declare(history, ledger, plan_id, BEN, 500)
    assert standing(history, plan_id) == ("to_pay", 500, 0, 2500)
    with pytest.raises(AlreadyReceived, match=r"5\.00 EUR of it has come"):
        declare(history, ledger, plan_id, BEN, 499)


def test_the_receiver_may_say_that_less_or_more_came(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    confirm(history, ledger, plan_id, BEN, 400)
    assert standing(history, plan_id) == ("declared", 400, 600, 2000)
    confirm(history, ledger, plan_id, BEN, 2500)
    assert standing(history, plan_id) == ("to_pay", 2500, 0, 500)
    with pytest.raises(AlreadyReceived):
        confirm(history, ledger, plan_id, BEN, 2400)
    assert balances(history)["Ben"] == -500


def test_a_receiver_is_asked_of_what_is_said_alone_and_a_payer_for_the_rest(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    line = lines(history, plan_id, BEN, ANNA)[BEN]
    assert (line.can_be_declared, line.can_be_corrected, line.can_be_confirmed) == (True, True, True)
    with history.engine.connect() as connection:
        for account in (BEN, ANNA):
            assert [row.line_id for row in queries.lines_asked_of(connection, COOP, account)] == [line.line_id]
    confirm(history, ledger, plan_id, BEN)
    with history.engine.connect() as connection:
        assert queries.lines_asked_of(connection, COOP, ANNA) == []
        assert [row.left_cents for row in queries.lines_asked_of(connection, COOP, BEN)] == [2000]


def test_a_transfer_is_open_until_all_of_it_has_come(history: History) -> None:
    def open_of(account: UUID) -> list[tuple[str, int]]:
        with history.engine.connect() as connection:
            found = queries.open_lines_of(connection, COOP, account)
        return [(line.state, line.received_cents) for line in found]

    ledger, plan_id = planned(history)
    assert open_of(BEN) == open_of(ANNA) == [("to_pay", 0)]
    declare(history, ledger, plan_id, BEN, 1000)
    confirm(history, ledger, plan_id, BEN)
    assert open_of(BEN) == open_of(ANNA) == [("to_pay", 1000)]
    confirm(history, ledger, plan_id, BEN, 3000)
    assert open_of(BEN) == open_of(ANNA) == []
    assert open_of(CHLOE) == [("to_pay", 0)]


@pytest.mark.parametrize("act", [declare, confirm])
def test_nobody_pays_more_than_is_asked(history: History, act: Callable[..., None]) -> None:
    ledger, plan_id = planned(history)
    with pytest.raises(MoreThanAsked, match=r"30\.00 EUR"):
        act(history, ledger, plan_id, BEN, 3001)
    assert standing(history, plan_id) == ("to_pay", 0, 0, 3000)


def test_said_or_confirmed_again_from_an_old_page_nothing_is_added(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    for _ in range(3):
        confirm(history, ledger, plan_id, BEN, 1000)
        declare(history, ledger, plan_id, BEN, 1000)
    assert standing(history, plan_id) == ("to_pay", 1000, 0, 2000)
    assert sum("settlement" in line for line in books(history)) == 1


def test_unless_told_it_is_what_waits_and_then_all_that_is_left(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    for stands in (("to_pay", 1000, 0, 2000), ("confirmed", 3000, 0, 0), ("confirmed", 3000, 0, 0)):
        confirm(history, ledger, plan_id, BEN)
        assert standing(history, plan_id) == stands
    assert [line.split(": ")[1] for line in books(history) if "settlement" in line] == [
        "Ben +10.00, Anna -10.00",
        "Ben +20.00, Anna -20.00",
    ]
    assert balances(history) == {"Chloé": -2000, "David": 2000}


def test_of_a_plan_that_was_withdrawn_nothing_comes_that_nobody_said_was_paid(history: History) -> None:
    ledger, plan_id = planned(history)
    confirm(history, ledger, plan_id, BEN, 1000)
    withdraw(ledger, plan_id)
    with pytest.raises(PlanClosed):
        confirm(history, ledger, plan_id, BEN)
    assert balances(history)["Ben"] == -2000


def test_confirmed_by_many_at_once_a_part_counts_once(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    threads = [Thread(target=confirm, args=(history, ledger, plan_id, BEN, 1000)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (balances(history)["Ben"], total(history)) == (-2000, 0)


def test_withdrawn_what_was_said_of_it_counts_in_the_next_plan_and_the_rest_is_asked(history: History) -> None:
    ledger, plan_id = planned(history)
    confirm(history, ledger, plan_id, BEN, 700)
    declare(history, ledger, plan_id, BEN, 1500)
    withdraw(ledger, plan_id)
    assert standing(history, plan_id) == ("declared", 700, 800, 1500)
    for act in (declare, confirm):
        with pytest.raises(PlanClosed):
            act(history, ledger, plan_id, BEN, 1501)
    following = ledger.issue_plan(ISSUE, asked()).stream_id
    assert lines(history, following)[BEN].cents == 1500
    confirm(history, ledger, plan_id, BEN)
    confirm(history, ledger, following, BEN)
    assert balances(history) == {"Chloé": -2000, "David": 2000}


def test_withdrawn_she_may_still_say_that_she_had_not_paid(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    withdraw(ledger, plan_id)
    declare(history, ledger, plan_id, BEN, 0)
    assert lines(history, ledger.issue_plan(ISSUE, asked()).stream_id)[BEN].cents == 3000


def test_the_treasurer_proves_what_is_said_and_no_more(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    command = ConfirmByProof(coop_id=COOP, plan_id=plan_id, line_id=lines(history, plan_id)[BEN].line_id, proof="Bank")
    ledger.confirm_by_proof(command, asked(EVE))
    assert standing(history, plan_id) == ("to_pay", 1000, 0, 2000)
    assert [proven.proven_by for proven in lines(history, plan_id)[BEN].proofs] == [EVE]
    with pytest.raises(NotSaidPaid):
        ledger.confirm_by_proof(command, asked(EVE))


def test_the_co_op_pays_in_parts_too(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, COOP, ANNA, 3000)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    line_id = lines(history, plan_id)[COOP].line_id
    command = DeclareCoopPaid(coop_id=COOP, plan_id=plan_id, line_id=line_id, cents=1000)
    ledger.declare_coop_paid(command, asked(EVE))
    assert lines(history, plan_id)[COOP].said_cents == 1000


def test_the_co_op_receives_in_parts_too(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, BEN, COOP, 5000)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    line_id = lines(history, plan_id)[BEN].line_id
    command = ConfirmCoopPaid(coop_id=COOP, plan_id=plan_id, line_id=line_id, cents=100)
    ledger.confirm_coop_paid(command, asked(EVE))
    assert (standing(history, plan_id), total(history)) == (("to_pay", 100, 0, 4900), 0)


def test_a_part_that_was_undone_in_the_books_is_told(history: History) -> None:
    ledger, plan_id = planned(history)
    for in_all in (1000, 3000):
        confirm(history, ledger, plan_id, BEN, in_all)
    first = payment_id(lines(history, plan_id)[BEN].line_id)
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=first), asked())
    line = lines(history, plan_id)[BEN]
    assert (line.undone_payment, line.entry_id) == (first, payment_id(line.line_id, 2))


owed = st.lists(st.integers(-900, 900), min_size=2, max_size=6).filter(any)


@given(owed, st.data())
def test_paying_any_parts_in_any_order_leaves_the_others_as_they_were(cents: list[int], data: st.DataObject) -> None:
    left = Counter(dict(zip([ANNA, BEN, CHLOE, DAVID, EVE, COOP], cents, strict=False)))  # property T6
    left[UUID(int=6)] = -sum(cents)
    issued = SettlementPlan().after(
        SettlementPlan().issue(drawn_up(COOP, TODAY, settle(left)), another_is_open=False, currency="EUR")
    )
    plan, paid = issued, Counter[UUID]()
    while not plan.is_complete:
        line = plan.lines[data.draw(st.sampled_from([key for key in plan.lines if paid[key] < plan.lines[key].cents]))]
        in_all = data.draw(st.integers(paid[line.line_id] + 1, line.cents))
        plan = plan.after(plan.declare(line.line_id, by=line.debtor, currency="EUR", cents=in_all))
        events = plan.confirm(line.line_id, by=line.receiver, currency="EUR")
        plan = plan.after(events)
        for posting in plan.payment(COOP, line.line_id, today=TODAY, currency="EUR").postings:
            left[posting.account] += posting.amount.cents
        paid[line.line_id] = in_all
        assert plan.lines == issued.lines
        assert (PlanCompleted() in events) == all(paid[key] == line.cents for key, line in plan.lines.items())
    assert not any(left.values())

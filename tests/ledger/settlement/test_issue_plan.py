"""A settlement plan is issued: few transfers, one plan at a time."""

from threading import Thread
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import Connection

from kernel.log.history import History
from kernel.refused import Refused
from ledger.application import Ledger
from ledger.entries.books import DayToCome
from ledger.settlement import drawing, queries
from ledger.settlement.commands import IssuePlan
from ledger.settlement.events import PlanIssued
from ledger.settlement.plan import AllCarriedOver, NothingToSettle, PlanStillOpen, SettlementPlan, drawn_up
from ledger.settlement.transfers import EXACT_LIMIT, settle
from tests.kit.payment import reference_is_sound
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DAY, DIE, EVE, OTHER_COOP, TODAY, asked, owe
from tests.ledger.settlement.given import ISSUE, confirm, indebted, lines, planned


def test_each_debtor_has_a_line_with_its_reference(history: History) -> None:
    _, plan_id = planned(history)
    found = lines(history, plan_id)
    assert {debtor: (line.receiver, line.cents, line.state) for debtor, line in found.items()} == {
        BEN: (ANNA, 3000, "to_pay"),
        CHLOE: (DAVID, 2000, "to_pay"),
    }
    assert all(reference_is_sound(line.reference) for line in found.values())
    with history.engine.connect() as connection:
        plan = queries.open_plan(connection, COOP)
    assert plan is not None
    assert (plan.plan_id, plan.as_of, plan.method, plan.state) == (plan_id, TODAY, "exact", "open")


@pytest.mark.parametrize(("accounts", "method"), [(EXACT_LIMIT, "exact"), (EXACT_LIMIT + 1, "greedy")])
def test_beyond_twenty_nobody_is_told_that_its_transfers_are_the_fewest(
    history: History, accounts: int, method: str
) -> None:
    ledger = Ledger(history, DIE, "EUR")
    for number in range(accounts - 1):
        owe(ledger, UUID(int=0x100 + number), ANNA, 1_000)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    assert EXACT_LIMIT == 20
    with history.engine.connect() as connection:
        plan = queries.plan(connection, COOP, plan_id)
    assert plan is not None
    assert plan.method == method


def test_a_plan_is_found_by_its_id_in_its_own_co_op(history: History) -> None:
    _, plan_id = planned(history)
    with history.engine.connect() as connection:
        assert queries.plan(connection, COOP, plan_id) == queries.open_plan(connection, COOP)
        assert queries.plan(connection, OTHER_COOP, plan_id) is None
        assert queries.plan(connection, COOP, uuid4()) is None


def test_it_settles_the_balances_of_its_day(history: History) -> None:
    ledger = indebted(history)
    owe(ledger, BEN, ANNA, 500, on=TODAY - DAY)
    plan_id = ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=TODAY - DAY), asked()).stream_id
    assert [(debtor, line.cents) for debtor, line in lines(history, plan_id).items()] == [(BEN, 500)]


def test_through_the_purse_each_has_a_line_with_the_co_op(history: History) -> None:
    command = IssuePlan(coop_id=COOP, as_of=TODAY, through_purse=True)
    plan_id = indebted(history).issue_plan(command, asked()).stream_id
    with history.engine.connect() as connection:
        found = {(line.debtor, line.receiver, line.cents) for line in queries.plan_lines(connection, COOP, plan_id)}
        assert [plan.method for plan in queries.plans(connection, COOP)] == ["purse"]
    assert found == {(BEN, COOP, 3000), (CHLOE, COOP, 2000), (COOP, ANNA, 3000), (COOP, DAVID, 2000)}


@pytest.mark.parametrize("times", [1, 9])
def test_transfers_computed_while_someone_posts_are_computed_again(
    history: History, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    ledger, real, left = indebted(history), drawing.draw, [300] * times

    def draw(connection: Connection, terms: drawing.PlanTerms, plan_id: UUID) -> drawing.Drawn:
        found = real(connection, terms, plan_id)
        if left and not connection.get_execution_options().get("writes"):
            owe(ledger, BEN, ANNA, left.pop(), on=TODAY)
        return found

    monkeypatch.setattr(drawing, "draw", draw)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    posted = 300 * (times - len(left))
    assert posted >= 300
    assert lines(history, plan_id)[BEN].cents == 3000 + posted


def test_nothing_owed_is_nothing_to_settle() -> None:
    with pytest.raises(NothingToSettle):
        SettlementPlan().issue(drawn_up(COOP, TODAY, settle({ANNA: 0})), another_is_open=False, currency="EUR")


def test_a_second_plan_is_refused_while_one_is_open(history: History) -> None:
    ledger, _ = planned(history)
    with pytest.raises(PlanStillOpen):
        ledger.issue_plan(ISSUE, asked())


def test_once_all_is_paid_another_can_be_issued(history: History) -> None:
    ledger, plan_id = planned(history)
    for debtor in (BEN, CHLOE):
        confirm(history, ledger, plan_id, debtor)
    owe(ledger, BEN, ANNA, 100)
    assert lines(history, ledger.issue_plan(ISSUE, asked()).stream_id)[BEN].cents == 100
    with history.engine.connect() as connection:
        assert sorted(plan.state for plan in queries.plans(connection, COOP)) == ["complete", "open"]


def test_a_day_to_come_is_refused(history: History) -> None:
    with pytest.raises(DayToCome):
        indebted(history).issue_plan(IssuePlan(coop_id=COOP, as_of=TODAY + DAY), asked())


def test_sent_three_times_it_counts_once(history: History) -> None:
    ledger, once = indebted(history), asked()
    assert len({ledger.issue_plan(ISSUE, once) for _ in range(3)}) == 1


def test_the_same_balances_give_the_same_lines() -> None:
    owed = {ANNA: 3000, BEN: -3000}
    (one,), (other,) = (
        SettlementPlan().issue(drawn_up(COOP, TODAY, settle(owed)), another_is_open=False, currency="EUR")
        for _ in range(2)
    )
    assert isinstance(one, PlanIssued)
    assert one == other


def test_of_many_at_once_one_is_issued(history: History) -> None:
    ledger, refused = indebted(history), []

    def issue() -> None:
        try:
            ledger.issue_plan(ISSUE, asked())
        except Refused as refusal:
            refused.append(type(refusal))

    threads = [Thread(target=issue) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [PlanStillOpen] * 4


def test_what_is_under_the_floor_is_carried_over_and_settled_once_it_is_more(history: History) -> None:
    ledger = indebted(history)
    owe(ledger, EVE, COOP, 30)
    plan_id = ledger.issue_plan(ISSUE, asked(), floor_cents=100).stream_id
    assert set(lines(history, plan_id)) == {BEN, CHLOE}
    with history.engine.connect() as connection:
        assert queries.carried_over(connection, COOP, plan_id) == {COOP: 30, EVE: -30}
    for debtor in (BEN, CHLOE):
        confirm(history, ledger, plan_id, debtor)
    owe(ledger, EVE, COOP, 70)
    following = ledger.issue_plan(ISSUE, asked(), floor_cents=100).stream_id
    assert {debtor: line.cents for debtor, line in lines(history, following).items()} == {EVE: 100}
    with history.engine.connect() as connection:
        assert queries.carried_over(connection, COOP, following) == {}


def test_a_plan_of_nothing_but_what_is_carried_over_is_refused(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, EVE, COOP, 99)
    with pytest.raises(AllCarriedOver):
        ledger.issue_plan(ISSUE, asked(), floor_cents=100)


def test_a_plan_issued_before_there_was_a_floor_carries_nothing_over() -> None:
    stored = msgspec.json.encode({"as_of": "2026-05-04", "method": "exact", "lines": []})
    issued = msgspec.json.decode(stored, type=PlanIssued)
    assert (issued.floor_cents, issued.carried) == (0, {})

"""A plan is first a draft, drawn as of an instant: only what is undone, contested or paid of that changes it."""

from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.log.history import History
from kernel.refused import Unknown
from ledger.application import Ledger
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import ReverseEntry
from ledger.entries.queries import balances as balances_of
from ledger.settlement import drawing, queries
from ledger.settlement.across import across
from ledger.settlement.commands import DeclarePaid, IssueDraft, IssuePlan
from ledger.settlement.events import PlanIssued
from ledger.settlement.plan import AllCarriedOver, NothingToSettle, PlanClosed, PlanStillDraft, PlanStillOpen
from tests.kit.scale import scaled
from tests.ledger.given import (
    ANNA,
    BEN,
    CHLOE,
    COOP,
    DAVID,
    DAY,
    DIE,
    EVE,
    NOON,
    OTHER_COOP,
    TODAY,
    asked,
    balances,
    owe,
)
from tests.ledger.settlement.given import ISSUE, confirm, declare, indebted, lines, planned, withdraw

HOURS = 48


def drafted(history: History, ledger: Ledger | None = None, floor_cents: int = 0) -> tuple[Ledger, UUID]:
    ledger = ledger or indebted(history)
    return ledger, ledger.issue_plan(ISSUE, asked(), floor_cents, draft_hours=HOURS).stream_id


def shown(history: History, plan_id: UUID) -> dict[UUID, int]:
    """Return what a draft asks for now, by debtor."""
    with history.engine.connect() as connection:
        drawn = drawing.as_drafted(connection, COOP, plan_id)
    assert drawn is not None
    return {line.debtor: line.cents for line in drawn.lines}


def issue(ledger: Ledger, plan_id: UUID) -> None:
    ledger.issue_draft(IssueDraft(coop_id=COOP, plan_id=plan_id), asked())


def issued(history: History, ledger: Ledger, plan_id: UUID) -> dict[UUID, int]:
    """Issue a draft; return what it asks for, by debtor."""
    issue(ledger, plan_id)
    return {debtor: line.cents for debtor, line in lines(history, plan_id).items()}


def undo(ledger: Ledger, expense_id: UUID) -> None:
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=part_id(expense_id, 1)), asked())


def test_all_can_look_at_it_and_nobody_pays_by_it(history: History) -> None:
    ledger, plan_id = drafted(history)
    with history.engine.connect() as connection:
        plan = queries.open_plan(connection, COOP)
        assert plan is not None
        assert (plan.plan_id, plan.state, plan.method, plan.issued_at) == (plan_id, "draft", None, None)
        assert (plan.drawn_at, plan.issue_at) == (NOON, NOON + timedelta(hours=HOURS))
        assert queries.lines_asked_of(connection, COOP, BEN) == []
        drawn = drawing.as_drafted(connection, COOP, plan_id)
        assert drawn is not None
        assert {line.state for line in drawing.draft_lines(plan_id, drawn)} == {"draft"}
    assert shown(history, plan_id) == {BEN: 3000, CHLOE: 2000}
    line = next(line for line in drawn.lines if line.debtor == BEN)
    with pytest.raises(PlanStillDraft):
        ledger.declare_paid(DeclarePaid(coop_id=COOP, plan_id=plan_id, line_id=line.line_id), asked(BEN))


def test_issued_it_is_a_plan_as_any(history: History) -> None:
    ledger, plan_id = drafted(history)
    assert issued(history, ledger, plan_id) == {BEN: 3000, CHLOE: 2000}
    with history.engine.connect() as connection:
        plan = queries.open_plan(connection, COOP)
        assert plan is not None
        assert (plan.state, plan.method, plan.issue_at, plan.issued_at) == ("open", "exact", None, NOON)
        assert drawing.as_drafted(connection, COOP, plan_id) is None
    for debtor in (BEN, CHLOE):
        declare(history, ledger, plan_id, debtor)
        confirm(history, ledger, plan_id, debtor)
    assert balances(history) == {}


def test_what_is_posted_later_waits_for_the_next_plan(history: History) -> None:
    ledger, plan_id = drafted(history)
    owe(ledger, BEN, ANNA, 500)
    owe(ledger, EVE, DAVID, 700, on=TODAY - DAY)
    assert shown(history, plan_id) == issued(history, ledger, plan_id) == {BEN: 3000, CHLOE: 2000}
    for debtor in (BEN, CHLOE):
        confirm(history, ledger, plan_id, debtor)
    with history.engine.connect() as connection:
        (settled,) = queries.plans(connection, COOP)
        assert across(connection, COOP, BEN, settled) == {ANNA: -500}
        assert across(connection, COOP, DAVID, settled) == {EVE: 700}
    assert issued(history, *drafted(history, ledger)) == {BEN: 500, EVE: 700}


def test_what_is_undone_of_that_draws_it_anew(history: History) -> None:
    ledger = indebted(history)
    mistaken = owe(ledger, BEN, ANNA, 700)
    _, plan_id = drafted(history, ledger)
    late = owe(ledger, CHLOE, BEN, 100)
    assert shown(history, plan_id)[BEN] == 3700
    undo(ledger, mistaken)
    undo(ledger, late)
    assert shown(history, plan_id) == {BEN: 3000, CHLOE: 2000}
    with history.engine.connect() as connection:
        assert queries.undone_since(connection, COOP, plan_id) == {
            BEN: (part_id(mistaken, 1),),
            ANNA: (part_id(mistaken, 1),),
        }
    assert issued(history, ledger, plan_id) == {BEN: 3000, CHLOE: 2000}
    with history.engine.connect() as connection:
        assert queries.undone_since(connection, COOP, plan_id) == {}
    for debtor in (BEN, CHLOE):
        confirm(history, ledger, plan_id, debtor)
    assert balances(history) == {}
    with history.engine.connect() as connection:
        (settled,) = queries.plans(connection, COOP)
        assert {account: across(connection, COOP, account, settled) for account in (ANNA, BEN, CHLOE)} == {
            ANNA: {},
            BEN: {},
            CHLOE: {},
        }


def test_undone_after_the_day_it_settles_it_is_asked_of_nobody(history: History) -> None:
    ledger = indebted(history)
    mistaken = owe(ledger, BEN, ANNA, 700, on=TODAY - DAY)
    owe(ledger, CHLOE, ANNA, 200, on=TODAY - DAY)
    undo(ledger, mistaken)
    command = IssuePlan(coop_id=COOP, as_of=TODAY - DAY)
    found = lines(history, ledger.issue_plan(command, asked()).stream_id)
    assert {debtor: line.cents for debtor, line in found.items()} == {CHLOE: 200}


def test_what_is_paid_meanwhile_or_was_not_after_all_draws_it_anew(history: History) -> None:
    ledger, earlier = planned(history)
    declare(history, ledger, earlier, BEN)
    withdraw(ledger, earlier)
    _, plan_id = drafted(history, ledger)
    assert shown(history, plan_id) == {CHLOE: 2000}
    declare(history, ledger, earlier, BEN, 1000)
    assert shown(history, plan_id) == {BEN: 2000, CHLOE: 2000}
    confirm(history, ledger, earlier, BEN, 1000)
    assert issued(history, ledger, plan_id) == {BEN: 2000, CHLOE: 2000}


def test_one_plan_is_under_way_at_a_time(history: History) -> None:
    ledger, plan_id = drafted(history)
    for hours in (0, HOURS):
        with pytest.raises(PlanStillOpen):
            ledger.issue_plan(ISSUE, asked(), draft_hours=hours)
    withdraw(ledger, plan_id)
    assert lines(history, ledger.issue_plan(ISSUE, asked()).stream_id)


def test_a_draft_can_be_given_up_and_is_not_issued_any_more(history: History) -> None:
    ledger, plan_id = drafted(history)
    withdraw(ledger, plan_id)
    with history.engine.connect() as connection:
        assert [plan.state for plan in queries.plans(connection, COOP)] == ["withdrawn"]
        assert queries.open_plan(connection, COOP) is None
        assert queries.drafts_due(connection, NOON + 30 * DAY) == []
    with pytest.raises(PlanClosed):
        issue(ledger, plan_id)


def test_where_nothing_is_left_to_settle_it_is_given_up(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    mistaken = owe(ledger, BEN, ANNA, 700)
    _, plan_id = drafted(history, ledger)
    undo(ledger, mistaken)
    issue(ledger, plan_id)
    with history.engine.connect() as connection:
        assert [plan.state for plan in queries.plans(connection, COOP)] == ["withdrawn"]


@pytest.mark.parametrize(("cents", "refusal"), [(0, NothingToSettle), (99, AllCarriedOver)])
def test_nothing_to_settle_is_no_draft(history: History, cents: int, refusal: type[Exception]) -> None:
    ledger = Ledger(history, DIE, "EUR")
    if cents:
        owe(ledger, BEN, ANNA, cents)
    with pytest.raises(refusal):
        drafted(history, ledger, floor_cents=100)


def test_what_is_under_the_floor_is_carried_over_as_it_was_when_it_was_drawn(history: History) -> None:
    ledger = indebted(history)
    owe(ledger, EVE, COOP, 30)
    _, plan_id = drafted(history, ledger, floor_cents=100)
    assert issued(history, ledger, plan_id) == {BEN: 3000, CHLOE: 2000}
    with history.engine.connect() as connection:
        assert queries.carried_over(connection, COOP, plan_id) == {COOP: 30, EVE: -30}


def test_through_the_purse_it_stays(history: History) -> None:
    command = IssuePlan(coop_id=COOP, as_of=TODAY, through_purse=True)
    ledger = indebted(history)
    plan_id = ledger.issue_plan(command, asked(), draft_hours=HOURS).stream_id
    issue(ledger, plan_id)
    with history.engine.connect() as connection:
        found = {(line.debtor, line.receiver) for line in queries.plan_lines(connection, COOP, plan_id)}
        assert [plan.method for plan in queries.plans(connection, COOP)] == ["purse"]
    assert found == {(BEN, COOP), (CHLOE, COOP), (COOP, ANNA), (COOP, DAVID)}


def test_it_is_due_when_its_hours_are_over(history: History) -> None:
    ledger, plan_id = drafted(history)
    with history.engine.connect() as connection:
        assert queries.drafts_due(connection, NOON + timedelta(hours=HOURS, seconds=-1)) == []
        assert queries.drafts_due(connection, NOON + timedelta(hours=HOURS)) == [(COOP, plan_id)]
    issue(ledger, plan_id)
    with history.engine.connect() as connection:
        assert queries.drafts_due(connection, NOON + 30 * DAY) == []


def test_issued_twice_it_is_issued_once(history: History) -> None:
    (ledger, plan_id), again = drafted(history), asked()
    command = IssueDraft(coop_id=COOP, plan_id=plan_id)
    first = ledger.issue_draft(command, again)
    assert ledger.issue_draft(command, again) == first
    assert not ledger.issue_draft(command, asked()).changed


def test_a_draft_of_nobody_or_of_another_co_op_is_unknown(history: History) -> None:
    ledger, plan_id = drafted(history)
    for coop_id, unknown in ((COOP, uuid4()), (OTHER_COOP, plan_id)):
        with pytest.raises(Unknown):
            ledger.issue_draft(IssueDraft(coop_id=coop_id, plan_id=unknown), asked())


def test_a_plan_of_before_there_were_drafts_was_none() -> None:
    assert not PlanIssued(as_of=TODAY, method="exact", lines=()).was_draft


bills = st.lists(st.tuples(st.sampled_from([ANNA, BEN, CHLOE]), st.integers(1, 900)), min_size=1, max_size=4)


@settings(max_examples=scaled(15))
@given(before=bills, after=bills, undone=st.sets(st.integers(0, 7)), floor=st.sampled_from([0, 100]))
def test_issued_it_settles_what_stood_when_it_was_drawn_less_what_was_undone(
    history: History, before: list[tuple[UUID, int]], after: list[tuple[UUID, int]], undone: set[int], floor: int
) -> None:
    ledger = Ledger(history, DIE, "EUR")  # property T1, up to what is carried over
    with history.engine.connect() as connection:
        if under_way := queries.open_plan(connection, COOP):
            withdraw(ledger, under_way.plan_id)
        left = Counter(balances_of(connection, COOP))
    spent = [(owe(ledger, debtor, DAVID, cents), debtor, cents) for debtor, cents in before]
    try:
        _, plan_id = drafted(history, ledger, floor)
    except (AllCarriedOver, NothingToSettle):
        return
    late = [owe(ledger, debtor, DAVID, cents) for debtor, cents in after]
    for number in undone:
        if number < len(spent):
            undo(ledger, spent[number][0])
        elif number - len(spent) < len(late):
            undo(ledger, late[number - len(spent)])
    for number, (_, debtor, cents) in enumerate(spent):
        if number not in undone:
            left.update({debtor: -cents, DAVID: cents})
    issue(ledger, plan_id)
    for line in lines(history, plan_id).values():
        left.update({line.debtor: line.cents, line.receiver: -line.cents})
    with history.engine.connect() as connection:
        carried = queries.carried_over(connection, COOP, plan_id)
    if lines(history, plan_id):
        assert {account: cents for account, cents in left.items() if cents} == carried

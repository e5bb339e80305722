"""What another put on one's account is contested: one's own part stands apart, in the books and outside plans."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from kernel.log.history import History
from kernel.money import Money
from kernel.refused import CommandReused, Unknown
from ledger.contesting.commands import ContestBurden
from ledger.contesting.contest import AlreadyContested, TooLateToContest
from ledger.entries.causes.fuel import fuel_id
from ledger.settlement.drawing import as_drafted
from ledger.settlement.queries import plan_lines
from ledger.spending.commands import PostSpreadPart, WithdrawExpense
from tests.ledger.contesting.given import (
    TYRES,
    apart,
    asked_for,
    contested,
    contests,
    give_time,
    known,
    takes_back,
    tyres,
)
from tests.ledger.given import (
    ANNA,
    BEN,
    CHLOE,
    CLIO,
    COOP,
    DAVID,
    DAY,
    INSURANCE,
    NOON,
    asked,
    balances,
    open_tariffs,
    total,
    trip,
)
from tests.ledger.settlement.given import ISSUE


def test_her_share_only_stands_apart_and_the_books_stay(history: History) -> None:
    _, contest_id = contested(history)
    assert apart(history) == {"Chloé": -3000, "Ben": 3000}
    assert balances(history) == {"Anna": -3000, "Ben": 6000, "Chloé": -3000}
    assert asked_for(history) == {"Anna": -3000, "Ben": 3000}
    assert total(history) == 0
    row = known(history, contest_id)
    assert (row.state, row.cents, row.across, row.put_by) == ("open", 3000, {BEN: 3000}, BEN)


def test_a_plan_leaves_it_out(history: History) -> None:
    ledger, _ = contested(history)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    with history.engine.connect() as connection:
        (line,) = plan_lines(connection, COOP, plan_id)
    assert (line.debtor, line.receiver, line.cents) == (ANNA, BEN, 3000)


def test_a_draft_leaves_it_out_and_asks_for_it_again_once_it_is_taken_back(history: History) -> None:
    ledger, expense_id = tyres(history)
    plan_id = ledger.issue_plan(ISSUE, asked(), draft_hours=48).stream_id
    assert drafted(history, plan_id) == {ANNA: 3000, CHLOE: 3000}
    contest_id = contests(ledger, expense_id)
    late = ledger.record_expense(TYRES, asked(BEN)).stream_id  # waits for the next plan, contested or not
    contests(ledger, late, ANNA)
    assert drafted(history, plan_id) == {ANNA: 3000}
    ledger.take_contest_back(takes_back(contest_id), asked(CHLOE))
    assert drafted(history, plan_id) == {ANNA: 3000, CHLOE: 3000}


def drafted(history: History, plan_id: UUID) -> dict[UUID, int]:
    """Return what a draft asks for now, by debtor."""
    with history.engine.connect() as connection:
        drawn = as_drafted(connection, COOP, plan_id)
    assert drawn is not None
    return {line.debtor: line.cents for line in drawn.lines}


def test_of_what_is_spread_each_part_stands_apart_as_its_month_comes(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked(ANNA)).stream_id
    contest_id = contests(ledger, expense_id)
    assert known(history, contest_id).cents == 9600
    assert apart(history) == {"Chloé": -800, "Anna": 800}
    ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=2), asked(None))
    assert apart(history) == {"Chloé": -1600, "Anna": 1600}


def test_fuel_that_a_driver_paid_can_be_contested_by_who_bears_it(history: History) -> None:
    ledger = open_tariffs(history)
    driven = trip(CLIO, 0, by=DAVID, fuel_paid=Money(4_500))
    ledger.charge_trip(driven, asked(None))
    contests(ledger, fuel_id(driven.trip_id), by=ANNA)
    assert apart(history) == {"Anna": -4500, "David": 4500}


def test_nobody_contests_what_she_noted_herself_or_does_not_bear(history: History) -> None:
    ledger, expense_id = tyres(history)
    for by in (BEN, DAVID):
        with pytest.raises(Unknown):
            contests(ledger, expense_id, by)
    with pytest.raises(Unknown):
        contests(ledger, uuid4())


def test_what_was_taken_back_is_contested_no_more_and_nothing_of_it_stands_apart(history: History) -> None:
    ledger, expense_id = tyres(history)
    contests(ledger, expense_id)
    ledger.withdraw_expense(WithdrawExpense(coop_id=COOP, expense_id=expense_id), asked(BEN))
    with pytest.raises(Unknown):
        contests(ledger, expense_id, ANNA)


def test_it_is_contested_within_its_days(history: History) -> None:
    ledger, expense_id = tyres(history)
    give_time(ledger, expense_id)
    command = ContestBurden(coop_id=COOP, burden_id=expense_id, reason="Not mine")
    with pytest.raises(TooLateToContest):
        ledger.contest_burden(command, asked(CHLOE, NOON + 14 * DAY))
    just_before = NOON + 14 * DAY - timedelta(microseconds=1)
    assert ledger.contest_burden(command, asked(CHLOE, just_before)).changed


def test_it_is_contested_once(history: History) -> None:
    ledger, expense_id = tyres(history)
    give_time(ledger, expense_id)
    command, once = ContestBurden(coop_id=COOP, burden_id=expense_id, reason="Not mine"), asked(CHLOE)
    assert len({ledger.contest_burden(command, once) for _ in range(3)}) == 1
    with pytest.raises(AlreadyContested):
        ledger.contest_burden(command, asked(CHLOE))
    with pytest.raises(CommandReused):
        ledger.contest_burden(ContestBurden(coop_id=COOP, burden_id=expense_id, reason="Other"), once)


def test_several_contest_their_own_parts(history: History) -> None:
    ledger, expense_id = tyres(history)
    for by in (ANNA, CHLOE):
        contests(ledger, expense_id, by)
    assert apart(history) == {"Anna": -3000, "Chloé": -3000, "Ben": 6000}
    assert asked_for(history) == {}

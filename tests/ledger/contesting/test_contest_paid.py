"""What was paid by a plan is contested afterwards: what is left of it stands apart, and nobody pays back."""

import random
from uuid import UUID

import pytest

from kernel.log.history import History
from ledger.application import Ledger
from ledger.contesting.commands import AgreeToContest
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import LiftPart
from ledger.settlement.apart import contested_by
from ledger.settlement.commands import ConfirmPaid, DeclarePaid, DenyPaid, IssuePlan
from ledger.settlement.plan import NothingToSettle
from ledger.settlement.queries import PlanLineRow, plan_lines
from ledger.spending.commands import RecordExpense
from tests.ledger.contesting.given import apart, asked_for, contests, known
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, NAMES, TODAY, asked, balances, total
from tests.ledger.settlement.given import ISSUE, withdraw


def spent(ledger: Ledger, paid: dict[UUID, int], by: UUID, *among: UUID) -> UUID:
    """Let some have paid for others, each as much; return the expense."""
    command = RecordExpense(
        coop_id=COOP, kind="repair", paid_on=TODAY, paid=paid, split="equal", among=dict.fromkeys(among, 1)
    )
    return ledger.record_expense(command, asked(by)).stream_id


def issued(history: History, *, through_purse: bool = False) -> tuple[UUID, list[PlanLineRow]]:
    command = IssuePlan(coop_id=COOP, as_of=TODAY, through_purse=through_purse)
    plan_id = Ledger(history, DIE, "EUR").issue_plan(command, asked()).stream_id
    with history.engine.connect() as connection:
        return plan_id, plan_lines(connection, COOP, plan_id)


def pays(history: History, plan_id: UUID, line: PlanLineRow, cents: int | None = None) -> None:
    command = ConfirmPaid(coop_id=COOP, plan_id=plan_id, line_id=line.line_id, cents=cents)
    Ledger(history, DIE, "EUR").confirm_paid(command, asked(line.receiver))


def limits(history: History) -> dict[str, int]:
    """Return how much of each balance does not count toward the lowest one."""
    with history.engine.connect() as connection:
        return {NAMES[account]: cents for account, cents in contested_by(connection, COOP).items() if cents}


def owed(history: History) -> tuple[Ledger, UUID]:
    """Let Chloé owe Ben 90.00."""
    ledger = Ledger(history, DIE, "EUR")
    return ledger, spent(ledger, {BEN: 9_000}, BEN, CHLOE)


def test_paid_and_contested_nothing_stands_apart_and_no_plan_asks_for_it_back(history: History) -> None:
    ledger, expense_id = owed(history)
    plan_id, (line,) = issued(history)
    pays(history, plan_id, line)
    contest_id = contests(ledger, expense_id)
    assert (balances(history), apart(history), asked_for(history), limits(history)) == ({}, {}, {}, {})
    with pytest.raises(NothingToSettle):
        ledger.issue_plan(ISSUE, asked())
    ledger.agree_to_contest(AgreeToContest(coop_id=COOP, contest_id=contest_id), asked(BEN), BEN)
    assert (apart(history), asked_for(history)) == ({}, {})
    lift = LiftPart(coop_id=COOP, entry_id=part_id(expense_id, 1), account=CHLOE, contest_id=contest_id)
    ledger.lift_part(lift, asked(None))
    assert balances(history) == asked_for(history) == {"Chloé": 9000, "Ben": -9000}
    assert (apart(history), total(history)) == ({}, 0)


def test_contested_before_it_is_paid_all_of_it_stands_apart(history: History) -> None:
    ledger, expense_id = owed(history)
    contests(ledger, expense_id)
    assert apart(history) == {"Chloé": -9000, "Ben": 9000}
    assert (asked_for(history), limits(history)) == ({}, {"Chloé": 9000})
    spent(ledger, {ANNA: 500}, ANNA, DAVID)
    issued(history)  # a plan that left it out has not asked for it
    assert apart(history) == {"Chloé": -9000, "Ben": 9000}


def test_half_paid_the_other_half_stands_apart(history: History) -> None:
    ledger, expense_id = owed(history)
    plan_id, (line,) = issued(history)
    pays(history, plan_id, line, 4_500)
    withdraw(ledger, plan_id)
    contests(ledger, expense_id)
    assert balances(history) == apart(history) == {"Chloé": -4500, "Ben": 4500}
    assert (asked_for(history), limits(history)) == ({}, {"Chloé": 4500})


def test_paid_while_it_is_contested_it_stands_apart_no_more(history: History) -> None:
    ledger, expense_id = owed(history)
    plan_id, (line,) = issued(history)
    contests(ledger, expense_id)
    assert apart(history) == {"Chloé": -9000, "Ben": 9000}
    pays(history, plan_id, line, 2_000)
    assert apart(history) == {"Chloé": -7000, "Ben": 7000}
    pays(history, plan_id, line)
    assert (apart(history), asked_for(history)) == ({}, {})


def test_a_withdrawn_plan_of_which_nothing_was_paid_changes_nothing(history: History) -> None:
    ledger, expense_id = owed(history)
    plan_id, _ = issued(history)
    withdraw(ledger, plan_id)
    contests(ledger, expense_id)
    assert apart(history) == {"Chloé": -9000, "Ben": 9000}
    assert asked_for(history) == {}


def test_netted_against_what_she_was_owed_it_is_paid(history: History) -> None:
    ledger, expense_id = owed(history)
    spent(ledger, {CHLOE: 9_000}, CHLOE, DAVID)
    plan_id, (line,) = issued(history)
    assert (line.debtor, line.receiver, line.cents) == (DAVID, BEN, 9_000)
    pays(history, plan_id, line)
    contests(ledger, expense_id)
    assert (balances(history), apart(history), asked_for(history)) == ({}, {}, {})


def test_of_two_contests_together_no_more_than_is_left_stands_apart(history: History) -> None:
    ledger, expense_id = owed(history)
    second = spent(ledger, {ANNA: 3_000}, ANNA, CHLOE)
    plan_id, lines = issued(history)
    (to_ben,) = (line for line in lines if line.receiver == BEN)
    pays(history, plan_id, to_ben)
    withdraw(ledger, plan_id)
    contests(ledger, expense_id)
    contests(ledger, second)
    assert balances(history) == apart(history) == {"Chloé": -3000, "Anna": 3000}
    assert asked_for(history) == {}


def test_of_several_it_is_owed_to_who_was_paid_pays_nothing_back(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    expense_id = spent(ledger, {ANNA: 4_000, BEN: 5_000}, BEN, CHLOE)
    plan_id, lines = issued(history)
    (to_anna,) = (line for line in lines if line.receiver == ANNA)
    pays(history, plan_id, to_anna)
    withdraw(ledger, plan_id)
    contests(ledger, expense_id)
    assert balances(history) == apart(history) == {"Chloé": -5000, "Ben": 5000}
    assert asked_for(history) == {}


def test_what_was_carried_over_is_not_paid(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    expense_id = spent(ledger, {BEN: 90}, BEN, CHLOE)
    spent(ledger, {ANNA: 9_000}, ANNA, DAVID)
    ledger.issue_plan(ISSUE, asked(), 100)
    contests(ledger, expense_id)
    assert apart(history) == {"Chloé": -90, "Ben": 90}


def test_what_is_said_to_be_paid_by_a_withdrawn_plan_is_asked_of_nobody(history: History) -> None:
    ledger, expense_id = owed(history)
    plan_id, (line,) = issued(history)
    ledger.declare_paid(DeclarePaid(coop_id=COOP, plan_id=plan_id, line_id=line.line_id), asked(CHLOE))
    withdraw(ledger, plan_id)
    contests(ledger, expense_id)
    with pytest.raises(NothingToSettle):
        ledger.issue_plan(ISSUE, asked())
    ledger.deny_paid(DenyPaid(coop_id=COOP, plan_id=plan_id, line_id=line.line_id), asked(BEN), BEN)
    assert apart(history) == {"Chloé": -9000, "Ben": 9000}
    with pytest.raises(NothingToSettle):
        ledger.issue_plan(ISSUE, asked())


def test_through_the_purse_it_is_paid_too(history: History) -> None:
    ledger, expense_id = owed(history)
    plan_id, lines = issued(history, through_purse=True)
    (hers,) = (line for line in lines if line.debtor == CHLOE)
    pays(history, plan_id, hers)
    contests(ledger, expense_id)
    assert apart(history) == {}
    assert asked_for(history) == {"Ben": 9000, "coop": -9000}


@pytest.mark.parametrize("seed", range(8))
def test_however_much_was_paid_before_nobody_who_contests_is_paid_back(history: History, seed: int) -> None:
    chance, ledger, everyone = random.Random(seed), Ledger(history, DIE, "EUR"), (ANNA, BEN, CHLOE, DAVID)
    noted = dict[UUID, list[UUID]]()
    for _ in range(6):
        by, *others = chance.sample(everyone, 3)
        expense_id = spent(ledger, {by: chance.randint(100, 9_000), others[0]: chance.randint(100, 900)}, by, *others)
        noted[expense_id] = others
    owed_before = balances(history)
    plan_id, lines = issued(history)
    for line in lines:
        if cents := chance.choice((0, line.cents // 2, line.cents)):
            pays(history, plan_id, line, cents)
    if balances(history):
        withdraw(ledger, plan_id)
    held = balances(history)
    contesting = {chance.choice(others): expense_id for expense_id, others in noted.items() if chance.random() < 0.6}
    hers = {
        NAMES[account]: known(history, contests(ledger, expense_id, account)).cents
        for account, expense_id in contesting.items()
    }
    asked_then, apart_then = asked_for(history), apart(history)
    assert sum(apart_then.values()) == sum(asked_then.values()) == 0
    for name, cents in hers.items():
        most = max(0, owed_before.get(name, 0) + cents)  # what she would be owed without what she contests
        assert asked_then.get(name, 0) <= most
        assert held.get(name, 0) + limits(history).get(name, 0) <= most

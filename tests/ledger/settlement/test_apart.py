"""What of what is contested is paid: by money that came and was not undone, once in all, not by what was set off.

Where nothing else is said, Ben paid 10.00 for Chloé, who contests it.
"""

import pytest

from kernel.log.history import History
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, EVE
from tests.ledger.settlement.quarrel import Quarrel

HERS = {"Chloé": -1000, "Ben": 1000}


def paid(history: History) -> Quarrel:
    """Let the plan that asks Chloé for the 10.00 be paid."""
    quarrel = Quarrel(history)
    quarrel.expense_id = quarrel.spent(BEN, 1000, CHLOE)
    assert quarrel.plan() == {("Chloé", "Ben", 1000)}
    quarrel.payment = quarrel.pay(CHLOE, BEN)
    return quarrel


def test_a_payment_counts_again_once_its_undoing_was_lifted(history: History) -> None:
    quarrel = paid(history)
    undoing = quarrel.contest(quarrel.undo(quarrel.payment), CHLOE)
    assert (quarrel.apart(), quarrel.next()) == (HERS, set())
    quarrel.agree(undoing)
    quarrel.lift()
    assert quarrel.held() == {}
    assert all(line.undone_payment is None for line in quarrel.lines())
    quarrel.contest(quarrel.expense_id, CHLOE)
    assert (quarrel.apart(), quarrel.next(), quarrel.spared()) == ({}, set(), {})


@pytest.mark.parametrize("first", ["expense", "undoing"])
def test_an_expense_and_the_undoing_of_its_payment_stand_apart_once(history: History, first: str) -> None:
    quarrel = paid(history)
    both = [quarrel.expense_id, quarrel.undo(quarrel.payment)]
    for burden_id in both if first == "expense" else reversed(both):
        quarrel.contest(burden_id, CHLOE)
        assert quarrel.apart() == HERS == quarrel.held()
        assert (quarrel.next(), quarrel.spared()) == (set(), {"Chloé": 1000})


def test_paid_twice_and_undone_twice_it_stands_apart_once(history: History) -> None:
    quarrel = paid(history)
    undone = quarrel.undo(quarrel.payment)
    quarrel.plan()
    for burden_id in (undone, quarrel.undo(quarrel.pay(CHLOE, BEN)), quarrel.expense_id):
        quarrel.contest(burden_id, CHLOE)
        assert (quarrel.apart(), quarrel.next()) == (HERS, set())


def test_of_two_who_bear_it_each_stands_apart_with_her_own(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 2000, CHLOE, DAVID)
    quarrel.plan()
    undone = quarrel.undo(quarrel.pay(CHLOE, BEN))
    for burden_id, by in ((undone, CHLOE), (expense_id, DAVID), (expense_id, CHLOE)):
        quarrel.contest(burden_id, by)
    assert quarrel.apart() == {"Chloé": -1000, "David": -1000, "Ben": 2000}  # each owes her own 10.00 anew
    assert quarrel.next() == set()


@pytest.mark.parametrize("months", [1, 3])
def test_cut_into_months_the_same_of_it_is_paid(history: History, months: int) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1200, CHLOE, months=months)
    quarrel.spent(EVE, 800, BEN)
    assert quarrel.plan() == {("Chloé", "Eve", 800), ("Chloé", "Ben", 400)}
    quarrel.pay(CHLOE, BEN)
    quarrel.withdraw()
    quarrel.contest(expense_id, CHLOE)
    assert quarrel.apart() == {"Chloé": -800, "Ben": 800}  # he got 4.00 of 12.00, whoever is to get the rest
    assert quarrel.next() == {("Ben", "Eve", 800)}


def test_what_was_got_counts_once_for_all_that_is_contested(history: History) -> None:
    quarrel = Quarrel(history)
    both = [quarrel.spent(BEN, 1000, CHLOE) for _ in range(2)]
    quarrel.spent(EVE, 1500, BEN)
    quarrel.plan()
    quarrel.pay(CHLOE, BEN)  # 5.00
    quarrel.withdraw()
    quarrel.contest(both[0], CHLOE)
    assert quarrel.apart() == {"Chloé": -500, "Ben": 500}  # of 10.00 he got 5.00
    quarrel.contest(both[1], CHLOE)
    assert quarrel.apart() == {"Chloé": -1500, "Ben": 1500}  # of 20.00 he got 5.00


def test_of_those_it_is_owed_to_who_is_to_be_paid_still_goes_before_who_would_have_to_pay(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.noted({ANNA: 400, BEN: 500}, [CHLOE], BEN)
    quarrel.spent(EVE, 400, ANNA)
    assert quarrel.plan() == {("Chloé", "Ben", 500), ("Chloé", "Eve", 400)}
    quarrel.pay(CHLOE, EVE)
    quarrel.withdraw()
    quarrel.contest(expense_id, CHLOE)
    assert (quarrel.apart(), quarrel.next()) == ({"Chloé": -500, "Ben": 500}, set())


@pytest.mark.parametrize("withdrawn", [True, False], ids=["planned", "never planned"])
def test_a_plan_of_which_nothing_came_pays_nothing(history: History, *, withdrawn: bool) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    quarrel.spent(CHLOE, 1000, DAVID)
    if withdrawn:
        assert quarrel.plan() == {("David", "Ben", 1000)}  # what she owes is set off against what she is owed
        quarrel.withdraw()
    quarrel.contest(expense_id, CHLOE)
    assert (quarrel.apart(), quarrel.next()) == (HERS, {("David", "Chloé", 1000)})


@pytest.mark.parametrize(("came", "left"), [(0, 1000), (300, 700), (400, 600)])
def test_what_was_set_off_is_paid_as_far_as_it_came(history: History, came: int, left: int) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    quarrel.spent(CHLOE, 400, DAVID)
    assert quarrel.plan() == {("Chloé", "Ben", 600), ("David", "Ben", 400)}
    if came:
        quarrel.pay(DAVID, BEN, came)
    quarrel.withdraw()
    quarrel.contest(expense_id, CHLOE)
    assert quarrel.apart() == {"Chloé": -left, "Ben": left}
    owed = {("David", "Chloé", 400 - came)} if came < 400 else set()  # what he owes her
    assert quarrel.next() == owed


def test_two_who_owe_each_other_are_not_paid_by_a_plan_that_asks_them_nothing(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    quarrel.spent(CHLOE, 1000, BEN)
    quarrel.spent(EVE, 500, DAVID)
    assert quarrel.plan() == {("David", "Eve", 500)}
    quarrel.contest(expense_id, CHLOE)
    assert quarrel.next() == {("Ben", "Chloé", 1000), ("David", "Eve", 500)}
    quarrel.pay(DAVID, EVE)
    assert (quarrel.apart(), quarrel.next()) == ({}, set())  # a plan carried out settled what it counted


def test_what_one_plan_left_of_it_another_may_pay(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    quarrel.plan()
    quarrel.pay(CHLOE, BEN, 400)
    quarrel.withdraw()
    assert quarrel.plan() == {("Chloé", "Ben", 600)}
    quarrel.spent(ANNA, 700, DAVID)
    quarrel.contest(expense_id, CHLOE)
    assert quarrel.apart() == {"Chloé": -600, "Ben": 600}
    quarrel.pay(CHLOE, BEN)
    assert (quarrel.apart(), quarrel.next()) == ({}, {("David", "Anna", 700)})


def test_who_was_paid_through_the_purse_pays_nothing_back_as_a_payment_to_it_is_undone(history: History) -> None:
    quarrel = Quarrel(history)
    expense_id = quarrel.spent(BEN, 1000, CHLOE)
    quarrel.plan(through_purse=True)
    payment = quarrel.pay(CHLOE, COOP)
    quarrel.pay(COOP, BEN)
    undone = quarrel.undo(payment)
    quarrel.contest(expense_id, CHLOE)
    assert (quarrel.apart(), quarrel.next()) == ({}, {("Chloé", "coop", 1000)})
    quarrel.contest(undone, CHLOE)
    assert (quarrel.apart(), quarrel.next()) == ({"Chloé": -1000, "coop": 1000}, set())


def test_who_contests_first_is_not_put_out_by_another(history: History) -> None:
    """Ben is owed 10.00 by each of three, and owes Eve 10.00: one has paid him, so that he may give 10.00 at most."""
    quarrel = Quarrel(history)
    of_chloe, of_david = (quarrel.spent(BEN, 1000, one) for one in (CHLOE, DAVID))
    quarrel.spent(BEN, 1000, ANNA)
    quarrel.spent(EVE, 1000, BEN)
    assert quarrel.plan() == {("Anna", "Ben", 1000), ("Chloé", "Ben", 1000), ("David", "Eve", 1000)}
    quarrel.pay(ANNA, BEN)
    quarrel.withdraw()
    for burden_id, by in ((of_david, DAVID), (of_chloe, CHLOE)):
        quarrel.contest(burden_id, by)
        assert (quarrel.apart(), quarrel.next()) == ({"David": -1000, "Ben": 1000}, {("Chloé", "Eve", 1000)})

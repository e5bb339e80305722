"""Who stands across from an account, and how its balance moved from month to month."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.log.history import History
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import ReverseEntry
from ledger.entries.queries import balances
from ledger.settlement.across import across
from ledger.settlement.queries import plans
from ledger.spending.commands import RecordExpense
from tests.kit.scale import scaled
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DAY, INSURANCE, NOON, asked, open_tariffs, owe, trip
from tests.ledger.settlement.given import ISSUE, confirm, declare, planned, withdraw

SOME = (ANNA, BEN, CHLOE, DAVID, COOP)


def across_from_all(history: History, *, settled: bool = False) -> dict[str, bool]:
    """Tell of each account whether those across from it make up its balance."""
    with history.engine.connect() as connection:
        plan = plans(connection, COOP)[0] if settled else None
        standing = balances(connection, COOP)
        return {
            str(account): sum(across(connection, COOP, account, plan).values()) == standing.get(account, 0)
            for account in SOME
        }


def test_a_trip_stands_across_from_who_receives_its_price(history: History) -> None:
    ledger = open_tariffs(history)
    ledger.charge_trip(trip(), asked(None))
    with history.engine.connect() as connection:
        assert across(connection, COOP, DAVID) == {ANNA: -3000}
        assert across(connection, COOP, ANNA) == {DAVID: 3000}
        assert across(connection, COOP, BEN) == {}


def test_a_shared_expense_stands_across_from_who_paid(history: History) -> None:
    open_tariffs(history).record_expense(INSURANCE, asked())
    with history.engine.connect() as connection:
        assert across(connection, COOP, ANNA) == {BEN: 1600, CHLOE: 800}
        assert across(connection, COOP, CHLOE) == {ANNA: -800}


def test_what_was_undone_stands_across_from_nobody(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = owe(ledger, BEN, ANNA, 3000)
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=part_id(expense_id, 1)), asked())
    with history.engine.connect() as connection:
        assert across(connection, COOP, BEN) == {}


def test_after_a_whole_plan_only_what_is_new_stands_across(history: History) -> None:
    ledger, plan_id = planned(history)
    for debtor in (BEN, CHLOE):
        confirm(history, ledger, plan_id, debtor)
    command = RecordExpense(
        coop_id=COOP, kind="other", paid_on=NOON.date(), paid={CHLOE: 500}, split="equal", among={BEN: 1}
    )
    ledger.record_expense(command, asked(CHLOE, NOON + DAY))
    with history.engine.connect() as connection:
        plan = plans(connection, COOP)[0]
        assert across(connection, COOP, BEN, plan) == {CHLOE: -500}
        assert across(connection, COOP, ANNA, plan) == {}
    assert all(across_from_all(history, settled=True).values())


def test_what_comes_late_by_an_earlier_plan_was_counted_as_paid(history: History) -> None:
    ledger, earlier = planned(history)
    declare(history, ledger, earlier, BEN)
    withdraw(ledger, earlier)
    following = ledger.issue_plan(ISSUE, asked()).stream_id
    confirm(history, ledger, following, CHLOE)
    confirm(history, ledger, earlier, BEN)
    with history.engine.connect() as connection:
        settled = next(plan for plan in plans(connection, COOP) if plan.plan_id == following)
        assert [across(connection, COOP, account, settled) for account in (ANNA, BEN)] == [{}, {}]


@settings(max_examples=scaled(15))
@given(
    bills=st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(SOME), st.integers(1, 10_000), min_size=1, max_size=3),
            st.dictionaries(st.sampled_from(SOME), st.integers(1, 5), min_size=1, max_size=4),
        ),
        max_size=3,
    )
)
def test_those_across_always_make_up_the_balance(
    history: History,
    bills: list[tuple[dict, dict]],  # type: ignore[type-arg]
) -> None:
    ledger = open_tariffs(history)
    for paid, among in bills:
        if len(among) == 1 and list(paid) == list(among):
            continue
        command = RecordExpense(coop_id=COOP, kind="other", paid_on=NOON.date(), paid=paid, split="shares", among=among)
        ledger.record_expense(command, asked())
    assert all(across_from_all(history).values())

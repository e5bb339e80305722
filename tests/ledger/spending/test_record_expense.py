"""Someone paid for something shared."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.log.history import History
from kernel.money import split
from ledger.application import Ledger
from ledger.days import due_on
from ledger.entries.books import DayToCome, TooLongAgo, check_past
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.posting import balanced
from ledger.entries.queries import journal
from ledger.spending import queries
from ledger.spending.commands import RecordExpense
from ledger.spending.events import ExpenseRecorded
from ledger.spending.expense import EqualByWeights, Expense, NobodyBears, NothingToShare
from tests.ledger.given import (
    ANNA,
    BEN,
    CHLOE,
    COOP,
    DAVID,
    DIE,
    EVE,
    INSURANCE,
    KANGOO,
    REPAIR,
    TODAY,
    asked,
    balances,
    books,
    open_tariffs,
)

people = st.sampled_from([ANNA, BEN, CHLOE, DAVID])
expenses = st.builds(
    RecordExpense,
    coop_id=st.just(COOP),
    kind=st.just("other"),
    paid_on=st.dates(date(2025, 1, 1), TODAY),
    paid=st.dictionaries(people, st.integers(1, 10**6), min_size=1),
    split=st.sampled_from(["equal", "shares"]),
    among=st.dictionaries(people, st.integers(0, 9), min_size=1).filter(lambda weights: any(weights.values())),
    months=st.integers(1, 36),
).map(lambda command: alike(command) if command.split == "equal" else command)


def alike(command: RecordExpense) -> RecordExpense:
    return msgspec.structs.replace(command, among=dict.fromkeys(command.among, 1))


def recorded(command: RecordExpense) -> ExpenseRecorded | None:
    try:
        event = Expense().record(command, today=TODAY, tariff=None, note=None)[0]
    except NothingToShare:
        return None
    assert isinstance(event, ExpenseRecorded)
    return event


def test_repairs_are_split_equally_among_three(history: History) -> None:
    Ledger(history, DIE, "EUR").record_expense(REPAIR, asked(BEN))
    found = balances(history)
    assert sum(found.values()) == 0
    assert sorted(found.values()) in ([-3212, -3212, 6424], [-3212, -3211, 6423])


def test_a_years_insurance_is_borne_month_by_month_by_shares(history: History) -> None:
    open_tariffs(history).record_expense(INSURANCE, asked(ANNA))
    assert books(history) == ["2026-05-04 expense: Anna +40.00, Anna -16.00, Ben -16.00, Chloé -8.00"]


@given(expenses, st.uuids())
def test_each_part_sums_to_zero_and_the_parts_to_the_split_of_the_whole(
    command: RecordExpense, expense_id: UUID
) -> None:  # properties M1, S1, S2, S7 and S11
    event = recorded(command)
    if event is None:
        return
    expense = Expense(recorded=event)
    sums: dict[UUID, int] = dict.fromkeys([ANNA, BEN, CHLOE, DAVID], 0)
    for part in range(1, event.months + 1):
        entry = expense.part(expense_id, part, currency="EUR")
        for line in entry.postings if entry else ():
            sums[line.account] += line.amount.cents
        assert entry is None or balanced(entry.postings)
    borne = split(sum(event.paid.values()), event.weights, expense_id)
    assert sums == {account: event.paid.get(account, 0) - borne.get(account, 0) for account in sums}


def test_what_was_recorded_before_pairs_is_spread_as_it_was_to_its_last_part() -> None:
    stored = {
        "kind": "insurance",
        "legal_nature": "expense",
        "paid_on": "2026-01-31",
        "paid": {str(EVE): 608_71},
        "split": "shares",
        "weights": {str(UUID(int=number)): weight for number, weight in enumerate((2, 5, 2, 5, 1), start=11)},
        "months": 12,
        "vehicle_id": None,
        "receipt": None,
        "note": None,
    }
    expense = Expense(recorded=msgspec.convert(stored, ExpenseRecorded))
    second = expense.part(UUID(int=608_71), 2, currency="EUR")
    assert second is not None
    assert sorted(line.amount.cents for line in second.postings) == [-16_91, -16_90, -6_77, -6_77, -3_38, 50_73]
    last = expense.part(UUID(int=608_71), 12, currency="EUR")
    assert last is not None
    assert last.because.cents == 608_71 - 557_98


def test_several_may_have_paid(history: History) -> None:
    command = msgspec.structs.replace(REPAIR, paid={ANNA: 2000, BEN: 1000}, among={ANNA: 1, BEN: 1, CHLOE: 1})
    Ledger(history, DIE, "EUR").record_expense(command, asked())
    assert balances(history) == {"Anna": 1000, "Chloé": -1000}


def test_parts_fall_due_on_the_first_of_each_following_month() -> None:
    assert [due_on(date(2026, 10, 31), part) for part in (1, 2, 3, 4)] == [
        date(2026, 10, 31),
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


def test_the_entry_and_the_list_tell_who_paid_how_it_is_split_and_the_note(history: History) -> None:
    receipt = uuid4()
    done = open_tariffs(history).record_expense(msgspec.structs.replace(INSURANCE, receipt=receipt), asked(ANNA))
    with history.engine.connect() as connection:
        (row,) = queries.expenses_slice(connection, COOP, KANGOO, most=2).items
        assert history.keyring.open(connection, row.note) == "The year's insurance"
        assert queries.expense(connection, COOP, done.stream_id) == row
    assert (row.cents, row.months, row.posted, row.recorded_by) == (48_000, 12, 1, ANNA)
    assert (row.paid, row.split, row.weights, row.receipt) == ({ANNA: 48_000}, "shares", INSURANCE.among, receipt)


def test_co_owners_shares_are_no_plain_expense(history: History) -> None:
    ledger = open_tariffs(history)
    event = Expense().record(REPAIR, today=TODAY, tariff=None, note=None)[0]
    assert isinstance(event, ExpenseRecorded)
    assert event.legal_nature == "expense"
    ledger.record_expense(REPAIR, asked())
    with history.engine.connect() as connection:
        (entry,) = journal(connection, COOP)
    assert entry.legal_nature == "co_owner_cost_share"
    assert isinstance(entry.because, ExpensePart)
    assert len(entry.because.borne.spare_cents) == 2


def test_someone_must_bear_it() -> None:
    with pytest.raises(NobodyBears):
        recorded(msgspec.structs.replace(REPAIR, split="shares", among={ANNA: 0}))


def test_paying_for_oneself_is_nothing_to_share() -> None:
    with pytest.raises(NothingToShare):
        Expense().record(msgspec.structs.replace(REPAIR, among={BEN: 1}), today=TODAY, tariff=None, note=None)


def test_what_is_not_paid_yet_is_no_expense() -> None:
    with pytest.raises(DayToCome):
        recorded(msgspec.structs.replace(REPAIR, paid_on=TODAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("today", "oldest"),
    [
        (date(2026, 12, 31), date(2021, 12, 31)),
        (date(2026, 5, 4), date(2021, 5, 4)),
        (date(2028, 2, 29), date(2023, 3, 1)),
        (date(2029, 2, 28), date(2024, 2, 28)),
        (date(2029, 3, 1), date(2024, 3, 1)),
    ],
)
def test_what_was_paid_more_than_five_years_ago_to_the_day_is_no_longer_shared(today: date, oldest: date) -> None:
    check_past(oldest, today=today)
    with pytest.raises(TooLongAgo):
        check_past(oldest - timedelta(days=1), today=today)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 3_000))
def test_five_years_are_five_years_from_whatever_day(paid_on: date, days: int) -> None:
    today = paid_on + timedelta(days=days)
    years = today.year - paid_on.year - ((today.month, today.day) < (paid_on.month, paid_on.day))
    is_over = years > 5 or (years == 5 and (today.month, today.day) != (paid_on.month, paid_on.day))
    try:
        check_past(paid_on, today=today)
    except TooLongAgo:
        assert is_over
    else:
        assert not is_over


@pytest.mark.parametrize("weights", [{ANNA: 5, BEN: 1}, {ANNA: 1, BEN: 0}])
def test_shared_equally_nobody_has_another_weight(weights: dict[UUID, int]) -> None:
    with pytest.raises(EqualByWeights):
        recorded(msgspec.structs.replace(REPAIR, among=weights))
    assert recorded(msgspec.structs.replace(REPAIR, split="shares", among=weights))


def test_sent_three_times_it_counts_once(history: History) -> None:
    once = asked(BEN)
    assert len({Ledger(history, DIE, "EUR").record_expense(REPAIR, once) for _ in range(3)}) == 1
    assert len(books(history)) == 1

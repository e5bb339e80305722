"""What money pages ask."""

from datetime import date
from uuid import uuid4

from kernel.log.history import History
from ledger.entries import queries
from ledger.entries.listing.queries import entries_by, lines_by
from ledger.pricing.queries import tariffs
from tests.ledger.given import (
    ANNA,
    BEN,
    CLIO,
    COOP,
    DAVID,
    DAY,
    INSURANCE,
    NOON,
    OTHER_COOP,
    TODAY,
    asked,
    balances,
    open_tariffs,
    three_days,
    total,
    trip,
)


def test_balances_can_be_seen_as_of_any_past_day(history: History) -> None:
    three_days(history)
    assert balances(history) == {"David": -4800, "Anna": 4800}
    assert balances(history, on=TODAY + DAY) == {"David": -4500, "Anna": 4500}
    assert balances(history, on=TODAY - DAY) == {}
    with history.engine.connect() as connection:
        assert queries.balance(connection, COOP, DAVID) == -4800
        assert queries.balance(connection, COOP, DAVID, TODAY) == -3000
        assert queries.balance(connection, COOP, BEN) == 0


def test_what_some_entries_moved_on_one_account_is_asked_at_once(history: History) -> None:
    three_days(history)
    with history.engine.connect() as connection:
        entry_ids = [line.entry_id for line in queries.statement(connection, COOP, DAVID)]
        moved = queries.moved_by(connection, COOP, DAVID, [*entry_ids[:2], uuid4()])
        assert moved == {entry_ids[0]: -300, entry_ids[1]: -1500}
        assert queries.moved_by(connection, COOP, ANNA, entry_ids[:1]) == {entry_ids[0]: 300}
        assert queries.moved_by(connection, COOP, BEN, entry_ids[:1]) == {entry_ids[0]: 0}
        assert queries.moved_by(connection, OTHER_COOP, DAVID, entry_ids) == {}


def test_what_was_known_of_a_past_day_never_changes(history: History) -> None:  # property E7
    three_days(history)
    with history.engine.connect() as connection:
        before = queries.balances(connection, COOP, TODAY + DAY, known_at=NOON + 3 * DAY)
    ledger = open_tariffs(history)
    ledger.charge_trip(trip(km=500), asked(None, NOON + 4 * DAY))
    with history.engine.connect() as connection:
        assert queries.balances(connection, COOP, TODAY + DAY, known_at=NOON + 3 * DAY) == before
        assert queries.balances(connection, COOP, TODAY + DAY) != before


def test_a_statement_lists_the_newest_first(history: History) -> None:
    three_days(history)
    with history.engine.connect() as connection:
        lines = queries.statement(connection, COOP, DAVID)
        recent = queries.statement(connection, COOP, DAVID, since=TODAY + DAY, until=TODAY + DAY)
    assert [line.cents for line in lines] == [-300, -1500, -3000]
    assert [line.cents for line in recent] == [-1500]
    assert (lines[0].kind, lines[0].vehicle_id, lines[0].because.true_day) == ("trip", CLIO, TODAY + 2 * DAY)


def test_a_payer_who_shares_sees_both_what_she_paid_and_her_part(history: History) -> None:
    open_tariffs(history).record_expense(INSURANCE, asked(ANNA))
    with history.engine.connect() as connection:
        assert [line.cents for line in queries.statement(connection, COOP, ANNA)] == [4000, -1600]


def test_a_statement_and_the_journal_are_read_slice_by_slice_in_the_same_order(history: History) -> None:
    open_tariffs(history).record_expense(INSURANCE, asked(ANNA))
    three_days(history)
    with history.engine.connect() as connection:
        shown = [lines_by(connection, COOP, ANNA, most=1)]
        while shown[-1].after is not None:
            shown.append(lines_by(connection, COOP, ANNA, after=shown[-1].after, most=1))
        assert [line for found in shown for line in found.items] == queries.statement(connection, COOP, ANNA)
        first = entries_by(connection, COOP, most=3)
        last = entries_by(connection, COOP, after=first.after, most=3)
        assert [*first.items, *last.items] == queries.journal(connection, COOP)
    assert last.after is None


def test_another_co_op_sees_nothing(history: History) -> None:
    three_days(history)
    with history.engine.connect() as connection:
        assert queries.balances(connection, OTHER_COOP) == {}
        assert queries.statement(connection, OTHER_COOP, DAVID) == []
        assert queries.journal(connection, OTHER_COOP) == []
        assert tariffs(connection, OTHER_COOP, NOON) == {}
        assert queries.books_total(connection, OTHER_COOP) == 0


def test_the_books_sum_to_zero(history: History) -> None:
    three_days(history)
    assert total(history) == 0


def test_the_balance_is_known_at_the_end_of_each_month_that_moved_it(history: History) -> None:
    ledger = open_tariffs(history)
    for days in (0, 1, 40):
        ledger.charge_trip(trip(end=NOON + days * DAY), asked(None, NOON + days * DAY))
    with history.engine.connect() as connection:
        assert queries.month_ends(connection, COOP, DAVID) == {date(2026, 5, 1): -6000, date(2026, 6, 1): -9000}
        assert queries.month_ends(connection, COOP, BEN) == {}


def test_the_journal_can_be_cut_by_days(history: History) -> None:
    three_days(history)
    with history.engine.connect() as connection:
        found = queries.journal(connection, COOP, since=TODAY + DAY, until=date(2026, 5, 5))
    assert [entry.effective_on for entry in found] == [date(2026, 5, 5)]

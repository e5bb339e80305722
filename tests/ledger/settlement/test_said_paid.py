"""What was said to be paid by a plan that was withdrawn since: nobody pays it twice, and its receiver still answers."""

from uuid import UUID

import pytest
from sqlalchemy import Connection

from kernel.log.history import History
from ledger.application import Ledger
from ledger.entries.causes.expense import part_id
from ledger.entries.causes.transfer import payment_id
from ledger.entries.commands import ReverseEntry
from ledger.settlement import drawing, queries
from ledger.settlement.commands import IssuePlan
from ledger.settlement.plan import NothingToSettle
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, asked, balances, owe
from tests.ledger.settlement.given import ISSUE, confirm, declare, indebted, lines, planned, withdraw


def given_up(history: History, cents: int = 5160) -> tuple[Ledger, UUID]:
    """Ben owed Anna so much and said he had paid it; the plan was withdrawn."""
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, BEN, ANNA, cents)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    declare(history, ledger, plan_id, BEN)
    withdraw(ledger, plan_id)
    return ledger, plan_id


@pytest.mark.parametrize("cents", [5160, 3458])
def test_it_is_not_asked_again(history: History, cents: int) -> None:
    ledger, _ = given_up(history, cents)
    with pytest.raises(NothingToSettle):
        ledger.issue_plan(ISSUE, asked())


def test_what_is_owed_besides_is_asked_and_no_more(history: History) -> None:
    ledger, _ = given_up(history)
    owe(ledger, BEN, ANNA, 500)
    owe(ledger, CHLOE, DAVID, 2000)
    found = lines(history, ledger.issue_plan(ISSUE, asked()).stream_id)
    assert {debtor: line.cents for debtor, line in found.items()} == {BEN: 500, CHLOE: 2000}


def test_its_receiver_is_still_asked_and_her_yes_closes_it(history: History) -> None:
    ledger, plan_id = given_up(history)
    owe(ledger, CHLOE, DAVID, 2000)
    following = ledger.issue_plan(ISSUE, asked()).stream_id
    with history.engine.connect() as connection:
        assert [line.plan_id for line in queries.lines_asked_of(connection, COOP, ANNA)] == [plan_id]
        assert queries.lines_asked_of(connection, COOP, BEN) == []
    confirm(history, ledger, plan_id, BEN)
    confirm(history, ledger, following, CHLOE)
    assert balances(history) == {}
    with history.engine.connect() as connection:
        assert queries.said_paid(connection, COOP) == []
        assert queries.lines_asked_of(connection, COOP, ANNA) == []


def test_through_the_purse_it_counts_too(history: History) -> None:
    ledger, _ = given_up(history)
    owe(ledger, CHLOE, DAVID, 2000)
    command = IssuePlan(coop_id=COOP, as_of=ISSUE.as_of, through_purse=True)
    assert set(lines(history, ledger.issue_plan(command, asked()).stream_id)) == {CHLOE, COOP}


def test_said_and_withdrawn_while_the_next_plan_is_computed_it_counts(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, plan_id = planned(history)
    real, left = drawing.draw, [plan_id]

    def draw(connection: Connection, terms: drawing.PlanTerms, new_id: UUID) -> drawing.Drawn:
        found = real(connection, terms, new_id)
        if left:
            declare(history, ledger, left[0], BEN)
            withdraw(ledger, left.pop())
        return found

    monkeypatch.setattr(drawing, "draw", draw)
    assert set(lines(history, ledger.issue_plan(ISSUE, asked()).stream_id)) == {CHLOE}


def test_the_transfers_that_wait_for_an_account_are_told_of_any_plan(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    for debtor in (BEN, CHLOE):
        owe(ledger, debtor, COOP, 1000)
    owe(ledger, COOP, ANNA, 5000)
    owe(ledger, DAVID, COOP, 100)
    plan_id = ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=ISSUE.as_of, through_purse=True), asked()).stream_id
    declare(history, ledger, plan_id, BEN)
    with history.engine.connect() as connection:
        found = queries.lines_asked_of(connection, COOP, COOP)
    assert {(line.debtor, line.receiver) for line in found} == {(COOP, ANNA), (BEN, COOP)}  # to make, and to confirm
    withdraw(ledger, plan_id)
    with history.engine.connect() as connection:
        assert [line.debtor for line in queries.lines_asked_of(connection, COOP, COOP)] == [BEN]


def test_a_plan_tells_what_it_was_drawn_from_and_was_undone_since(history: History) -> None:
    ledger = indebted(history)
    before, after = owe(ledger, BEN, ANNA, 700), owe(ledger, BEN, DAVID, 300)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    late = owe(ledger, CHLOE, BEN, 100)
    for expense_id in (before, after, late):
        ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=part_id(expense_id, 1)), asked())
    with history.engine.connect() as connection:
        found = queries.undone_since(connection, COOP, plan_id)
    assert found == {
        BEN: (part_id(after, 1), part_id(before, 1)),
        ANNA: (part_id(before, 1),),
        DAVID: (part_id(after, 1),),
    }


def test_what_was_undone_before_it_was_drawn_up_is_no_matter(history: History) -> None:
    ledger = indebted(history)
    expense_id = owe(ledger, BEN, ANNA, 700)
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=part_id(expense_id, 1)), asked())
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    with history.engine.connect() as connection:
        assert queries.undone_since(connection, COOP, plan_id) == {}


def test_a_payment_undone_in_the_books_is_told(history: History) -> None:
    ledger, plan_id = planned(history)
    confirm(history, ledger, plan_id, BEN)
    assert lines(history, plan_id)[BEN].undone_payment is None
    entry_id = payment_id(lines(history, plan_id)[BEN].line_id)
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=entry_id), asked())
    assert {line.undone_payment for line in lines(history, plan_id).values()} == {entry_id, None}

"""The monthly parts of an expense stand in the books as their months come."""

from datetime import date

import pytest

from kernel.log.history import History
from kernel.refused import Unknown
from ledger.application import Ledger
from ledger.spending.commands import PostSpreadPart
from ledger.spending.expense import PartNotDue
from ledger.spending.queries import DuePart, spread_parts_due
from tests.ledger.given import COOP, INSURANCE, OTHER_COOP, asked, balances, books, open_tariffs


def due(history: History, today: date) -> list[DuePart]:
    with history.engine.connect() as connection:
        return spread_parts_due(connection, [COOP, OTHER_COOP], today)


def post_all(history: History, ledger: Ledger, today: date) -> None:
    for part in due(history, today):
        ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=part.expense_id, part=part.part), asked(None))


def test_the_next_part_is_due_when_its_month_comes(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    assert due(history, date(2026, 5, 31)) == []
    assert due(history, date(2026, 6, 1)) == [DuePart(COOP, expense_id, 2)]
    post_all(history, ledger, date(2026, 6, 1))
    assert books(history)[1] == "2026-06-01 expense: Anna +40.00, Anna -16.00, Ben -16.00, Chloé -8.00"
    assert due(history, date(2026, 6, 30)) == []


def test_in_the_end_everyone_has_borne_her_share_of_the_whole(history: History) -> None:
    ledger = open_tariffs(history)
    ledger.record_expense(INSURANCE, asked())
    post_all(history, ledger, date(2030, 1, 1))
    assert len(books(history)) == 12
    assert balances(history) == {"Anna": 28_800, "Ben": -19_200, "Chloé": -9_600}
    assert due(history, date(2040, 1, 1)) == []


def test_a_part_posted_twice_counts_once(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    for part in (1, 2, 2):
        ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=part), asked(None))
    assert len(books(history)) == 2


@pytest.mark.parametrize("part", [3, 13])
def test_a_part_out_of_turn_is_refused(history: History, part: int) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    with pytest.raises(PartNotDue):
        ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=part), asked(None))


def test_another_co_ops_expense_is_unknown(history: History) -> None:
    ledger = open_tariffs(history)
    expense_id = ledger.record_expense(INSURANCE, asked()).stream_id
    with pytest.raises(Unknown):
        ledger.post_spread_part(PostSpreadPart(coop_id=OTHER_COOP, expense_id=expense_id, part=2), asked(None))

"""The tables of burdens and contests come out the same when the log is replayed into them."""

from typing import Any

from sqlalchemy import Engine, Table, select

from kernel.log.history import History
from kernel.log.rebuild import rebuild
from kernel.money import Money
from kernel.tables import derived
from ledger.entries.causes.expense import part_id
from ledger.entries.causes.fuel import fuel_id
from ledger.entries.commands import LiftPart, ReverseEntry
from processes import PROJECTIONS
from tests.ledger.contesting.given import TYRES, agrees, contested, contests, decides, takes_back
from tests.ledger.given import ANNA, BEN, CHLOE, CLIO, COOP, DAVID, asked, open_tariffs, trip

TABLES = [
    derived.tables[name] for name in ("ledger_burdens", "ledger_contests", "ledger_lifted_parts", "ledger_expenses")
]


def rows(engine: Engine, table: Table) -> list[Any]:
    with engine.connect() as connection:
        return sorted(map(repr, connection.execute(select(table))))


def test_a_rebuild_gives_the_same_rows(history: History) -> None:
    ledger, taken_back = contested(history)
    ledger.take_contest_back(takes_back(taken_back), asked(CHLOE))
    agreed, decided, still_open = (ledger.record_expense(TYRES, asked(BEN)).stream_id for _ in range(3))
    contest_id = contests(ledger, agreed)
    ledger.agree_to_contest(agrees(contest_id), asked(BEN), BEN)
    lift = LiftPart(coop_id=COOP, entry_id=part_id(agreed, 1), account=CHLOE, contest_id=contest_id)
    ledger.lift_part(lift, asked(None))
    ledger.decide_contest(decides(contests(ledger, decided)), asked(DAVID))
    contests(ledger, still_open, ANNA)
    driven = trip(CLIO, 0, by=DAVID, fuel_paid=Money(4_500))
    open_tariffs(history).charge_trip(driven, asked(None))
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=fuel_id(driven.trip_id)), asked(ANNA))
    ledger.record_expense(TYRES, asked(BEN), waits=True)
    before = {table.name: rows(history.engine, table) for table in TABLES}
    rebuild(history.engine, PROJECTIONS)
    assert {table.name: rows(history.engine, table) for table in TABLES} == before
    assert [len(before[table.name]) for table in TABLES] == [12, 4, 1, 5]

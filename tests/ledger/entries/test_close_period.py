"""A closed month stays closed: what becomes known late counts on the first open day, under its true date."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import exc

from kernel.log.history import History
from kernel.read_models.projection import Add
from ledger.application import Ledger
from ledger.entries import queries
from ledger.entries.books import Books, MonthAlreadyClosed, MonthNotOver
from ledger.entries.commands import ClosePeriod
from ledger.entries.events import MonthClosed
from ledger.entries.queries import MonthRow
from ledger.entries.read_models import ledger_months
from tests.kit.rows import carry_out
from tests.ledger.given import COOP, DAY, DIE, NOON, asked, books, open_tariffs, trip

APRIL = ClosePeriod(coop_id=COOP, month=date(2026, 4, 17))
ONE_MORE_IN_APRIL = Add(
    ledger_months,
    {"coop_id": COOP, "month": date(2026, 4, 1)},
    {"entries": 1, "closed": 0, "entries_when_closed": 0},
)
LAST_OF_APRIL = datetime(2026, 4, 30, 12, tzinfo=UTC)


def test_a_late_fact_counts_on_the_first_open_day(history: History) -> None:  # property E6
    ledger = open_tariffs(history)
    ledger.charge_trip(trip(end=LAST_OF_APRIL), asked(None))
    ledger.close_period(APRIL, asked())
    late = trip(end=LAST_OF_APRIL, km=50)
    ledger.charge_trip(late, asked(None))
    assert books(history) == [
        "2026-04-30 trip: David -30.00, Anna +30.00",
        "2026-05-01 trip: David -15.00, Anna +15.00",
    ]
    with history.engine.connect() as connection:
        kept = queries.journal(connection, COOP)[1]
        assert queries.months(connection, COOP) == [
            MonthRow(date(2026, 5, 1), 1, closed=False),
            MonthRow(date(2026, 4, 1), 1, closed=True),
        ]
    assert kept.because.true_day == date(2026, 4, 30)


def test_a_month_that_is_not_over_stays_open() -> None:
    for month in (APRIL.month, date(9999, 12, 31)):
        with pytest.raises(MonthNotOver):
            Books().close(ClosePeriod(coop_id=COOP, month=month), today=date(2026, 4, 30), entries=0)
    assert Books().close(APRIL, today=date(2026, 5, 1), entries=3) == (MonthClosed(month=date(2026, 4, 1), entries=3),)


@pytest.mark.parametrize("month", [date(2026, 4, 1), date(2026, 3, 1)])
def test_a_closed_month_and_those_before_it_cannot_be_closed_again(month: date) -> None:
    with pytest.raises(MonthAlreadyClosed):
        Books(open_from=date(2026, 5, 1)).close(ClosePeriod(coop_id=COOP, month=month), today=NOON.date(), entries=0)


@pytest.mark.parametrize("entries_before", [0, 1])
def test_the_database_itself_refuses_an_entry_in_a_closed_month(
    history: History, entries_before: int
) -> None:  # property E6, second belt
    ledger = open_tariffs(history)
    for _ in range(entries_before):
        ledger.charge_trip(trip(end=LAST_OF_APRIL), asked(None))
    ledger.close_period(APRIL, asked())
    with history.engine.begin() as connection, pytest.raises(exc.IntegrityError):
        carry_out(connection, [ONE_MORE_IN_APRIL])


def test_sent_three_times_it_counts_once(history: History) -> None:
    ledger, once = Ledger(history, DIE, "EUR"), asked()
    assert len({ledger.close_period(APRIL, once) for _ in range(3)}) == 1


def test_the_day_of_a_trip_is_the_one_people_lived(history: History) -> None:
    half_past_midnight = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)  # 1 May, 0:30 in Die
    ledger = open_tariffs(history)
    ledger.charge_trip(trip(end=half_past_midnight), asked(None, half_past_midnight + DAY))
    assert books(history)[0].startswith("2026-05-01")

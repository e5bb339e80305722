"""The books live by the co-op's own clocks: at midnight, at the end of a month, and when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kernel.log.history import History
from ledger.application import Ledger
from ledger.days import day_of, due_on, latest_day, month_after, month_of
from ledger.entries.books import DayToCome, MonthNotOver
from ledger.entries.commands import ClosePeriod
from ledger.settlement.commands import IssuePlan
from ledger.spending.commands import RecordExpense
from territory.time_zones import BY_COMMUNE, BY_DEPARTEMENT
from tests.ledger.given import ANNA, BEN, CLIO_TARIFF, COOP, DIE, asked, books, trip

ZONES = sorted({"Europe/Paris", *BY_DEPARTEMENT.values(), *BY_COMMUNE.values()})
NOUMEA, REUNION, MARTINIQUE = map(ZoneInfo, ("Pacific/Noumea", "Indian/Reunion", "America/Martinique"))


def paid(on: date) -> RecordExpense:
    return RecordExpense(coop_id=COOP, kind="fuel", paid_on=on, paid={ANNA: 4_550}, split="equal", among={BEN: 1})


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), date(2026, 10, 24)),  # 23:59, still summer time
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),  # the night of 25 hours begins
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),  # 23:59, winter time
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2027, 3, 27, 23, 0, tzinfo=UTC), date(2027, 3, 28)),  # the day of 23 hours begins
        (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 22, 0, tzinfo=UTC), date(2027, 3, 29)),
    ],
)
def test_a_day_begins_at_midnight_whatever_clocks_do(instant: datetime, day: date) -> None:
    assert day_of(instant, DIE) == day


def test_the_last_hour_of_a_month_belongs_to_it() -> None:
    assert month_of(day_of(datetime(2026, 10, 31, 22, 30, tzinfo=UTC), DIE)) == date(2026, 10, 1)
    assert month_of(day_of(datetime(2026, 10, 31, 23, 0, tzinfo=UTC), DIE)) == date(2026, 11, 1)


@pytest.mark.parametrize("zone", [*ZONES, "Pacific/Kiritimati"])
def test_no_clock_is_ahead_of_the_latest_day(zone: str) -> None:
    begun = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone))
    assert latest_day(begun) >= day_of(begun, ZoneInfo(zone)) == date(2026, 1, 1)


def test_monthly_parts_count_from_the_first_of_each_month_that_follows() -> None:
    assert [due_on(date(2026, 11, 30), part) for part in (1, 2, 3, 14)] == [
        date(2026, 11, 30),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 12, 1),
    ]
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)


def test_at_eight_in_noumea_an_expense_may_be_paid_today(history: History) -> None:
    eight = datetime(2026, 2, 2, 8, tzinfo=NOUMEA)  # ten in the evening of the day before, in Die
    Ledger(history, NOUMEA, "EUR").record_expense(paid(date(2026, 2, 2)), asked(at=eight))
    assert books(history) == ["2026-02-02 expense: Anna +45.50, Ben -45.50"]
    with pytest.raises(DayToCome):
        Ledger(history, NOUMEA, "EUR").record_expense(paid(date(2026, 2, 3)), asked(at=eight))


def test_half_past_midnight_in_reunion_is_the_day_people_live(history: History) -> None:
    ledger, new_year = Ledger(history, REUNION, "EUR"), datetime(2026, 1, 1, 0, 30, tzinfo=REUNION)
    ledger.open_tariff(CLIO_TARIFF, asked(None, new_year))
    ledger.charge_trip(trip(end=new_year), asked(None, new_year))
    assert books(history) == ["2026-01-01 trip: David -30.00, Anna +30.00"]


def test_january_is_not_over_in_martinique_on_its_last_evening(history: History) -> None:
    ledger, january = Ledger(history, MARTINIQUE, "EUR"), ClosePeriod(coop_id=COOP, month=date(2026, 1, 1))
    with pytest.raises(MonthNotOver):
        ledger.close_period(january, asked(at=datetime(2026, 1, 31, 19, 30, tzinfo=MARTINIQUE)))
    ledger.close_period(january, asked(at=datetime(2026, 2, 1, tzinfo=MARTINIQUE)))


@pytest.mark.parametrize("zone", [ZoneInfo(name) for name in ZONES])
def test_wherever_a_co_op_is_its_year_begins_at_its_own_midnight(history: History, zone: ZoneInfo) -> None:
    ledger, new_year = Ledger(history, zone, "EUR"), datetime(2026, 1, 1, tzinfo=zone).astimezone(UTC)
    last_evening, december = new_year - timedelta(minutes=1), ClosePeriod(coop_id=COOP, month=date(2025, 12, 1))
    with pytest.raises(DayToCome):
        ledger.record_expense(paid(date(2026, 1, 1)), asked(at=last_evening))
    with pytest.raises(DayToCome):
        ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=date(2026, 1, 1)), asked(at=last_evening))
    with pytest.raises(MonthNotOver):
        ledger.close_period(december, asked(at=last_evening))
    ledger.record_expense(paid(date(2026, 1, 1)), asked(at=new_year))
    ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=date(2026, 1, 1)), asked(at=new_year))
    ledger.close_period(december, asked(at=new_year))

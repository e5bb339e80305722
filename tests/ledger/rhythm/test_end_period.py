"""A period ends by the clock: whether it was settled is found in the books and the plans."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kernel.command import Asked
from kernel.log.history import History
from kernel.refused import Unknown
from ledger.application import Ledger
from ledger.rhythm.commands import EndPeriod, NoteOverdue, SetRhythm
from ledger.rhythm.queries import RhythmRow, is_settled, periods_over, periods_overdue, rhythm
from ledger.settlement.commands import IssuePlan, WithdrawPlan
from tests.ledger.given import ANNA, BEN, COOP, NOON, OTHER_COOP, asked, owe

ZONE = ZoneInfo("Europe/Paris")
JUNE = datetime(2026, 6, 1, 6, tzinfo=UTC)
OVERDUE = datetime(2026, 6, 15, 6, tzinfo=UTC)
END_OF_MAY = date(2026, 5, 31)


def monthly(history: History, coop_id: UUID = COOP) -> Ledger:
    ledger = Ledger(history, ZONE, "EUR")
    command = SetRhythm(coop_id=coop_id, period="month", overdue_days=14, time_zone="Europe/Paris")
    ledger.set_rhythm(command, asked(None))
    return ledger


def end(ledger: Ledger, at: datetime = JUNE, as_asked: Asked | None = None, floor_cents: int = 100) -> None:
    command = EndPeriod(coop_id=COOP, floor_cents=floor_cents, time_zone="Europe/Paris")
    ledger.end_period(command, as_asked or asked(None, at))


def row(history: History, coop_id: UUID = COOP) -> RhythmRow | None:
    with history.engine.connect() as connection:
        return rhythm(connection, coop_id)


def due(history: History, at: datetime) -> tuple[list[UUID], list[UUID]]:
    with history.engine.connect() as connection:
        return periods_over(connection, at), periods_overdue(connection, at)


def test_what_is_owed_at_its_end_waits_for_a_plan(history: History) -> None:
    ledger = monthly(history)
    owe(ledger, BEN, ANNA, 3000)
    assert due(history, JUNE) == ([COOP], [])
    end(ledger)
    assert row(history) == RhythmRow(
        period="month", due_at=datetime(2026, 7, 1, 6, tzinfo=UTC), until=END_OF_MAY, overdue_at=OVERDUE
    )
    assert due(history, JUNE) == ([], [])
    assert due(history, OVERDUE) == ([], [COOP])


@pytest.mark.parametrize("cents", [0, 99])
def test_even_accounts_and_what_is_under_the_floor_wait_for_nothing(history: History, cents: int) -> None:
    ledger = monthly(history)
    if cents:
        owe(ledger, BEN, ANNA, cents)
    end(ledger)
    found = row(history)
    assert found is not None
    assert (found.until, found.overdue_at) == (END_OF_MAY, None)


def test_a_plan_of_its_last_day_or_later_settles_it_until_it_is_withdrawn(history: History) -> None:
    def settled() -> bool:
        with history.engine.connect() as connection:
            return is_settled(connection, COOP, NOON.date(), 100)

    ledger = monthly(history)
    owe(ledger, BEN, ANNA, 3000)
    assert not settled()
    plan = ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=NOON.date()), asked()).stream_id
    assert settled()
    ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan), asked())
    assert not settled()


def test_while_another_plan_is_under_way_nothing_is_overdue(history: History) -> None:
    ledger = monthly(history)
    owe(ledger, BEN, ANNA, 3000)
    plan = ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=NOON.date()), asked()).stream_id
    end(ledger)
    assert due(history, OVERDUE) == ([], [])
    ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan), asked())
    assert due(history, OVERDUE) == ([], [COOP])
    ledger.note_overdue(NoteOverdue(coop_id=COOP), asked(None, OVERDUE))
    assert due(history, OVERDUE) == ([], [])


def test_asked_twice_it_happens_once(history: History) -> None:
    ledger, once = monthly(history), asked(None, JUNE)
    end(ledger, as_asked=once)
    first = row(history)
    end(ledger, as_asked=once)
    assert row(history) == first


def test_each_co_op_has_its_own(history: History) -> None:
    monthly(history, OTHER_COOP)
    assert row(history) is None
    with pytest.raises(Unknown):
        end(Ledger(history, ZONE, "EUR"))

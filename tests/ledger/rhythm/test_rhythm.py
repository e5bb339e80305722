"""How often accounts are settled: periods of the co-op's own calendar, over at eight in the morning after."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.rhythm.commands import NoteOverdue, SetRhythm
from ledger.rhythm.events import PeriodEnded, PeriodOverdue, Rhythmic, RhythmSet
from ledger.rhythm.rhythm import NothingOverdue, PeriodNotOver, Rhythm
from tests.ledger.given import COOP

PARIS, NOUMEA = "Europe/Paris", "Pacific/Noumea"
INSTANT = timedelta(microseconds=1)
MAY = datetime(2026, 5, 4, 10, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 6, tzinfo=UTC)  # 8 in the morning in Die
NOTE = NoteOverdue(coop_id=COOP)


def told(period: Rhythmic, days: int = 14, zone: str = PARIS, at: datetime = MAY) -> RhythmSet:
    command = SetRhythm(coop_id=COOP, period=period, overdue_days=days, time_zone=zone)
    (event,) = Rhythm().set(command, at=at)
    assert isinstance(event, RhythmSet)
    return event


def ended(rhythm: Rhythm, at: datetime, *, settled: bool = False) -> PeriodEnded:
    (event,) = rhythm.end(rhythm.ended(at, PARIS), at=at, time_zone=PARIS, settled=settled)
    assert isinstance(event, PeriodEnded)
    return event


@pytest.mark.parametrize(
    ("period", "zone", "at", "due_at"),
    [
        ("month", PARIS, MAY, datetime(2026, 6, 1, 6, tzinfo=UTC)),
        ("quarter", PARIS, MAY, JULY),
        ("quarter", PARIS, datetime(2026, 11, 2, tzinfo=UTC), datetime(2027, 1, 1, 7, tzinfo=UTC)),
        ("month", NOUMEA, MAY, datetime(2026, 5, 31, 21, tzinfo=UTC)),
        ("month", PARIS, datetime(2026, 6, 1, 5, 59, tzinfo=UTC), datetime(2026, 6, 1, 6, tzinfo=UTC)),
        ("on_demand", PARIS, MAY, None),
    ],
)
def test_a_period_is_over_at_eight_in_the_morning_after_on_the_co_ops_clocks(
    period: Rhythmic, zone: str, at: datetime, due_at: datetime | None
) -> None:
    assert told(period, zone=zone, at=at).due_at == due_at


def test_told_the_same_again_nothing_happens_even_when_it_is_on_demand() -> None:
    periods: tuple[Rhythmic, ...] = ("quarter", "on_demand")
    for period in periods:
        command = SetRhythm(coop_id=COOP, period=period, overdue_days=14, time_zone=PARIS)
        assert Rhythm().evolve(told(period)).set(command, at=JULY) == ()


def test_a_period_ends_once_and_the_next_begins() -> None:
    rhythm = Rhythm().evolve(told("quarter"))
    with pytest.raises(PeriodNotOver):
        rhythm.ended(JULY - INSTANT, PARIS)
    event = ended(rhythm, JULY)
    assert (event.until, event.due_at) == (date(2026, 6, 30), datetime(2026, 10, 1, 6, tzinfo=UTC))
    assert event.overdue_at == datetime(2026, 7, 15, 6, tzinfo=UTC)
    with pytest.raises(PeriodNotOver):
        rhythm.evolve(event).ended(JULY, PARIS)


def test_after_a_long_sleep_the_last_period_counts() -> None:
    event = ended(Rhythm().evolve(told("month")), datetime(2026, 9, 20, tzinfo=UTC))
    assert (event.until, event.due_at) == (date(2026, 8, 31), datetime(2026, 10, 1, 6, tzinfo=UTC))


def test_what_is_settled_or_never_overdue_waits_for_nothing() -> None:
    assert ended(Rhythm().evolve(told("quarter")), JULY, settled=True).overdue_at is None
    assert ended(Rhythm().evolve(told("quarter", days=0)), JULY).overdue_at is None


def test_what_waits_is_overdue_at_its_hour_and_once() -> None:
    rhythm = Rhythm().after([told("quarter"), ended(Rhythm().evolve(told("quarter")), JULY)])
    overdue_at = rhythm.overdue_at
    assert overdue_at is not None
    with pytest.raises(NothingOverdue):
        rhythm.overdue(NOTE, at=overdue_at - INSTANT)
    assert rhythm.overdue(NOTE, at=overdue_at) == (PeriodOverdue(until=date(2026, 6, 30)),)
    with pytest.raises(NothingOverdue):
        rhythm.evolve(PeriodOverdue(until=date(2026, 6, 30))).overdue(NOTE, at=overdue_at)


def test_voted_otherwise_what_was_overdue_by_the_former_rules_waits_no_more() -> None:
    rhythm = Rhythm().after([told("quarter"), ended(Rhythm().evolve(told("quarter")), JULY)])
    assert rhythm.evolve(told("quarter", days=0, at=JULY)).overdue_at is None


@given(st.integers(0, 14 * 365 * 24 * 60), st.sampled_from(["month", "quarter"]))
def test_whenever_it_is_told_the_period_that_ends_is_the_one_under_way(minutes: int, period: Rhythmic) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    rhythm = Rhythm().evolve(told(period, at=now))
    assert rhythm.due_at is not None
    assert now < rhythm.due_at <= now + timedelta(days=93)
    event = ended(rhythm, rhythm.due_at)
    assert event.until + timedelta(days=1) == rhythm.due_at.astimezone(ZoneInfo(PARIS)).date()
    assert (event.until + timedelta(days=1)).day == 1

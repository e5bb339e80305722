"""What no constraint of the database holds is held too: rules that look at more than one booking, acts that exclude."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from booking.booking import KeysAlreadyTaken, NoLongerThere
from booking.policies import GapKept, TooManyBookings
from kernel.log.history import History
from kernel.period import Period
from tests.booking.village import ANNA, BEN, CLIO, EVENING, KANGOO, NOON, RULES, Village, asked, hours
from tests.kit.races import refused_at_once
from tests.kit.scale import ROUNDS

FAR = replace(RULES, advance_horizon_days=ROUNDS + 30)


def outcomes(*acts: Callable[[], object]) -> list[type | None]:
    """Do all at the same moment; return for each the refusal it met, `None` where it was done."""
    return [type(refusal) if refusal else None for refusal in refused_at_once(*acts)]


def booking(village: Village, period: Period, vehicle: UUID, by: UUID) -> Callable[[], object]:
    return lambda: village.book(period, vehicle=vehicle, by=by)


def each_day(start: int, end: int) -> Sequence[Period]:
    first = hours(start, end, 3)
    days = [timedelta(days=number) for number in range(ROUNDS)]
    return [Period(first.start + later, first.end + later) for later in days]


def test_nobody_holds_more_than_the_rules_allow_by_asking_for_two_vehicles_at_once(history: History) -> None:
    village = Village(history).settle(rules=replace(FAR, max_active_bookings=1))
    village.open(CLIO)
    for period in each_day(18, 20):
        met = outcomes(booking(village, period, KANGOO, ANNA), booking(village, period, CLIO, ANNA))
        assert sorted(met, key=str) == [TooManyBookings, None]
        [held] = [row for row in village.held() if row.period == period]
        village.cancel(held.booking_id, asked(ANNA))


def test_two_bookings_made_at_once_keep_the_voted_gap(history: History) -> None:
    village = Village(history).settle(rules=replace(FAR, buffer_minutes=30, max_active_bookings=100))
    for before, after in zip(each_day(16, 18), each_day(18, 20), strict=True):
        met = outcomes(booking(village, before, KANGOO, ANNA), booking(village, after, KANGOO, BEN))
        assert sorted(met, key=str) == [GapKept, None]


def test_a_booking_is_given_back_or_begun_never_both(history: History) -> None:
    village = Village(history).settle(rules=replace(FAR, max_active_bookings=100))
    for period in each_day(18, 20):
        mine = village.book(period).stream_id
        taking, giving_back = asked(ANNA, at=period.start), asked(ANNA, at=NOON + timedelta(hours=1))
        taken, given_back = outcomes(
            lambda mine=mine, taking=taking: village.take(mine, taking),  # type: ignore[misc]
            lambda mine=mine, giving_back=giving_back: village.cancel(mine, giving_back),  # type: ignore[misc]
        )
        assert (taken, given_back) in ((None, KeysAlreadyTaken), (NoLongerThere, None))
        if taken is None:
            village.give_back(mine, asked(ANNA, at=period.end))  # others wait for the keys


def test_a_command_sent_by_eight_phones_at_once_counts_once(history: History) -> None:
    village, command_id = Village(history).settle(), UUID(int=999)
    assert outcomes(*[lambda: village.book(EVENING, command_id=command_id)] * 8) == [None] * 8
    assert len(village.held()) == 1

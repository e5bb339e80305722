"""What a chip of hours stands for, by the local clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from api.places.vehicles.finding.hours import usual
from kernel.period import Period

PARIS = ZoneInfo("Europe/Paris")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a local instant of November 2026, whose 7th is a Saturday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "this", "following"),
    [
        (at(3, 9), (at(7, 9), at(8, 18)), (at(14, 9), at(15, 18))),
        (at(7, 8), (at(7, 9), at(8, 18)), (at(14, 9), at(15, 18))),
        (at(7, 10, 5), (at(7, 10, 15), at(8, 18)), (at(14, 9), at(15, 18))),
        (at(8, 11), (at(8, 11), at(8, 18)), (at(14, 9), at(15, 18))),
        (at(8, 18), (at(8, 18), at(8, 22)), (at(14, 9), at(15, 18))),
        (at(8, 22), (at(14, 9), at(15, 18)), (at(21, 9), at(22, 18))),
    ],
)
def test_this_week_end_is_the_one_that_is_there_until_sunday_night(
    now: datetime, this: tuple[datetime, datetime], following: tuple[datetime, datetime]
) -> None:
    assert usual("weekend", now, PARIS) == Period(*this)
    assert usual("next_weekend", now, PARIS) == Period(*following)

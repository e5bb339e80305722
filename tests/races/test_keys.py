"""Keys of one vehicle, taken at the same instant from two processes: one has them, the other is told who."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Barrier
from uuid import UUID

from msgspec.structs import replace

from kernel.database import open_database
from kernel.log.history import History
from kernel.log.verify import verify
from kernel.period import Period
from kernel.privacy import Keyring
from kernel.refused import Refused
from processes import PROJECTIONS
from tests.booking.village import ANNA, BEN, NOON, RULES, Village, asked
from tests.kit.databases import on_postgresql
from tests.kit.hours import together
from tests.kit.processes import PATIENCE_SECONDS, forking
from tests.kit.scale import KEYS_RACED

HOUR = timedelta(hours=1)
BOTH_MAY = timedelta(minutes=10)  # before the first's hours end the second may take the keys too


def hours_of(turn: int) -> tuple[Period, Period]:
    """Return two hours that touch: the first driver's and the second's."""
    start = NOON + HOUR + turn * 3 * HOUR
    return Period(start, start + HOUR), Period(start + HOUR, start + 2 * HOUR)


def race(url: str, by: UUID, bookings: Sequence[UUID], begin: Barrier) -> list[str]:
    """Take the keys of each booking at the instant the other process does; who had them gives them back."""
    engine = open_database(url)
    village = Village(History(engine, PROJECTIONS, Keyring(bytes(32))))
    outcomes = []
    for turn, booking_id in enumerate(bookings):
        taken_at = hours_of(turn)[0].end - BOTH_MAY
        begin.wait(PATIENCE_SECONDS)
        try:
            village.take(booking_id, asked(by, at=taken_at))
        except Refused as refused:
            outcomes.append(refused.code())
        else:
            outcomes.append("taken")
        begin.wait(PATIENCE_SECONDS)  # both have been answered
        if outcomes[-1] == "taken":
            village.give_back(booking_id, asked(by, at=taken_at + BOTH_MAY / 2))
    engine.dispose()
    return outcomes


@on_postgresql
def test_one_of_two_processes_has_the_keys(history: History, database_url: str) -> None:
    days = KEYS_RACED * 3 // 24 + 2
    rules = replace(RULES, max_active_bookings=KEYS_RACED, advance_horizon_days=days)
    village = Village(history).settle(rules=rules)
    booked = [
        [village.book(hours_of(turn)[place], by=by).stream_id for turn in range(KEYS_RACED)]
        for place, by in enumerate((ANNA, BEN))
    ]
    with forking().Manager() as manager, forking().Pool(2) as pool:
        begin = manager.Barrier(2)
        sides = [(database_url, by, mine, begin) for by, mine in zip((ANNA, BEN), booked, strict=True)]
        answers = pool.starmap(race, sides, chunksize=1)
    assert [sorted(both) for both in zip(*answers, strict=True)] == [["still-out", "taken"]] * KEYS_RACED
    assert together(history.engine) == []
    assert verify(history.engine).faults == ()

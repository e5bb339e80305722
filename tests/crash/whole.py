"""What must be true of a log and its read models, whatever happened to the servers that wrote them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, select

from booking.events import TripEnded
from booking.trip import trip_id
from kernel.event import Recorded
from kernel.log.follower import followers
from kernel.log.mapper import EventMapper
from kernel.log.rebuild import rebuild
from kernel.log.recorder import Log, log_head
from kernel.log.remembered import commands
from kernel.log.verify import verify
from ledger.entries.causes.trip import charge_id
from ledger.entries.events import EntryPosted
from processes import PROJECTIONS
from tests.kit.rows import dump


def check_log(engine: Engine) -> list[Recorded[Any]]:
    """Check that the log is whole, no command half in it, and the read models are what the log says; return it."""
    assert verify(engine).faults == ()
    mapper = EventMapper()
    recorded = [mapper.to_domain_event(stored) for stored in Log(engine).select_notifications(1, 100_000)]
    with engine.connect() as connection:
        known = {row.command_id: row.position for row in connection.execute(select(commands)) if row.position}
    last = {logged.command_id: logged.position for logged in recorded}  # the last position of each
    assert known.items() >= last.items()
    assert {*known.values()} == {*last.values()}  # what is known of an act made of several is one of its parts'
    live = dump(engine)
    rebuild(engine, PROJECTIONS)
    assert dump(engine) == live
    return recorded


def charges_of(recorded: Sequence[Recorded[Any]]) -> Counter[object]:
    return Counter(logged.stream_id for logged in recorded if isinstance(logged.event, EntryPosted))


def trips_of(recorded: Sequence[Recorded[Any]]) -> Sequence[object]:
    return [charge_id(trip_id(logged.event.booking_id)) for logged in recorded if isinstance(logged.event, TripEnded)]


def has_followed(engine: Engine) -> bool:
    with engine.connect() as connection:
        behind = select(followers.c.position < select(log_head.c.position).scalar_subquery())
        return not connection.execute(behind).scalar()

"""What must hold of any history, however it came about."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select

from governance.read_models import coops
from kernel.log.history import History
from kernel.log.mapper import EventMapper
from kernel.log.rebuild import rebuild
from kernel.log.recorder import events
from kernel.log.verify import verify
from ledger.entries.queries import books_total
from processes import PROJECTIONS
from tests.kit.hours import overlaps
from tests.kit.rows import dump

LONGEST = 200  # events in one stream after eighteen months


def check(history: History) -> None:
    engine = history.engine
    assert books_of(engine) == Counter()
    assert overlaps(engine) == []
    assert longest(engine) <= LONGEST
    live = dump(engine)
    rebuild(engine, PROJECTIONS)
    again = dump(engine)
    for table, rows in live.items():
        assert again[table] == rows, table
    assert verify(engine).faults == ()


def books_of(engine: Engine) -> Counter[UUID]:
    """Return the co-ops whose books do not sum to zero, with the sum."""
    with engine.connect() as connection:
        ids = connection.execute(select(coops.c.coop_id)).scalars().all()
        return +Counter({coop_id: abs(books_total(connection, coop_id)) for coop_id in ids})


def longest(engine: Engine) -> int:
    """Return how many events the longest stream has."""
    lengths = select(func.count().label("count")).select_from(events).group_by(events.c.stream_id).subquery()
    with engine.connect() as connection:
        return int(connection.execute(select(func.max(lengths.c.count))).scalar_one())


def plain_log(history: History) -> list[Any]:
    """Return the whole log as plain values, without the bytes that only a key can make."""
    mapper = EventMapper()
    stored = history.log.select_notifications(1, 1_000_000)
    return [(event.topic, str(mapper.to_domain_event(event)).partition("cipher=")[0]) for event in stored]

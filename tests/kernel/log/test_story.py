"""What happened to one thing, and lately in a co-op, read from the log."""

from uuid import UUID

import pytest
from sqlalchemy import Engine, insert

from kernel.database import analyze, writing
from kernel.log.history import History
from kernel.log.recorder import events
from kernel.log.story import latest, latest_slice, story
from kernel.refused import Unreadable
from tests.kernel.jars import COOP, OTHER_COOP, CoinsAdded, JarLabelled, add, label
from tests.kit.plans import plan_of

ONE, OTHER, ELSEWHERE = UUID(int=100), UUID(int=101), UUID(int=102)
ADDED, LABELLED = CoinsAdded.name(), JarLabelled.name()


@pytest.fixture
def lived(jars: History) -> History:
    """Two jars filled and labelled in turn, and one of another co-op."""
    add(jars, ONE, 1)
    label(jars, ONE, "plums")
    add(jars, ELSEWHERE, 2, coop_id=OTHER_COOP)
    add(jars, OTHER, 3)
    label(jars, OTHER, "figs")
    add(jars, ONE, 4)
    return jars


@pytest.fixture
def busy(engine: Engine) -> Engine:
    """A log of ten thousand events, of which this co-op has two that are shown."""
    with writing(engine) as connection:
        of_others = [_stored(position, OTHER_COOP, ADDED) for position in range(3, 10_001)]
        mine = [_stored(1, COOP, ADDED), _stored(2, COOP, LABELLED)]
        connection.execute(insert(events), mine + of_others)
        analyze(connection, [events])
    return engine


def _stored(position: int, coop_id: UUID, name: str) -> dict[str, object]:
    stream = UUID(int=position)
    rest = {"coop_id": coop_id, "stream_id": stream, "version": 1, "name": name, "state": b"{}", "chain": bytes(32)}
    return {"position": position, **rest}


def test_a_story_is_all_that_happened_to_some_things_in_order(lived: History) -> None:
    with lived.engine.connect() as connection:
        assert [event.position for event in story(connection, COOP, [ONE])] == [1, 2, 6]
        assert [event.position for event in story(connection, COOP, [ONE, OTHER, ELSEWHERE])] == [1, 2, 4, 5, 6]


def test_the_latest_are_the_newest_of_their_names_newest_first(lived: History) -> None:
    with lived.engine.connect() as connection:
        assert [event.position for event in latest(connection, COOP, [ADDED, LABELLED], 3)] == [6, 5, 4]
        assert [event.position for event in latest(connection, COOP, [LABELLED], 3)] == [5, 2]
        assert [event.position for event in latest(connection, OTHER_COOP, [ADDED, LABELLED], 3)] == [3]
        assert latest(connection, COOP, ["kernel.NothingLikeIt"], 3) == []


def test_the_latest_are_found_without_reading_what_is_not_told(busy: Engine) -> None:
    with busy.connect() as connection:
        names = [LABELLED, "kernel.NothingLikeIt"]
        plan = plan_of(connection, lambda: latest(connection, COOP, names, 0))
    assert plan.count("events_by_name") == len(names)
    assert "Seq Scan" not in plan
    assert "SCAN events" not in plan


def test_the_latest_are_read_slice_by_slice_to_the_first(lived: History) -> None:
    with lived.engine.connect() as connection:
        first = latest_slice(connection, COOP, [ADDED, LABELLED], after=None, most=3)
        last = latest_slice(connection, COOP, [ADDED, LABELLED], after=first.after, most=3)
        assert [event.position for event in (*first.items, *last.items)] == [6, 5, 4, 2, 1]
        assert last.after is None
        with pytest.raises(Unreadable):
            latest_slice(connection, COOP, [ADDED], after="nowhere", most=3)

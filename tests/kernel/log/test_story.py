"""What happened, read from the log itself: to one thing from its beginning, to a co-op from the latest on."""

from uuid import UUID

import pytest

from kernel.log.history import History
from kernel.log.story import latest, latest_slice, story
from kernel.refused import Unreadable
from tests.kernel.jars import COOP, OTHER_COOP, CoinsAdded, JarLabelled, add, label

JAR, OTHER_JAR, ELSEWHERE = UUID(int=100), UUID(int=101), UUID(int=102)
NAMES = (CoinsAdded.name(),)


@pytest.fixture
def filled(jars: History) -> History:
    """Two jars filled by turns, one labelled, and one of another co-op."""
    for coins, jar in enumerate((JAR, OTHER_JAR, JAR, OTHER_JAR), start=1):
        add(jars, jar, coins)
    label(jars, JAR, "honey")
    add(jars, ELSEWHERE, 9, coop_id=OTHER_COOP)
    return jars


def test_the_story_of_some_things_is_told_in_order(filled: History) -> None:
    with filled.engine.connect() as connection:
        told = story(connection, COOP, (JAR, ELSEWHERE))
    happened = [CoinsAdded(coins=1), CoinsAdded(coins=3), JarLabelled(label="honey")]
    assert [(recorded.position, recorded.event) for recorded in told] == list(zip((1, 3, 5), happened, strict=True))


def test_the_latest_of_a_coop_come_first_and_only_those_asked_for(filled: History) -> None:
    with filled.engine.connect() as connection:
        assert [recorded.event for recorded in latest(connection, COOP, NAMES, 2)] == [
            CoinsAdded(coins=4),
            CoinsAdded(coins=3),
        ]


def test_the_latest_come_by_slices_and_what_happens_meanwhile_shifts_nothing(filled: History) -> None:
    with filled.engine.connect() as connection:
        top = latest_slice(connection, COOP, NAMES, most=3)
    add(filled, JAR, 5)
    with filled.engine.connect() as connection:
        rest = latest_slice(connection, COOP, NAMES, after=top.after, most=3)
    assert [recorded.position for recorded in (*top.items, *rest.items)] == [4, 3, 2, 1]
    assert rest.after is None


def test_a_cursor_that_is_none_is_refused(filled: History) -> None:
    with filled.engine.connect() as connection, pytest.raises(Unreadable):
        latest_slice(connection, COOP, NAMES, after="tomorrow", most=3)

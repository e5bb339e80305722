"""What follows from what, exactly once, and never in anyone's way."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Engine, select

from kernel.database import open_database
from kernel.event import Event, Recorded
from kernel.log.follower import Follower, listed, parked, parked_count
from kernel.log.history import History
from kernel.log.mapper import EventMapper
from kernel.log.verify import verify
from kernel.loop import Loop
from tests.kernel.jars import COOP, NOON, OTHER_COOP, AddCoins, CoinsAdded, Jar, add, asked, coins_in, jar_history
from tests.kit.databases import on_postgresql
from tests.kit.processes import forking

JAR, UNLUCKY = UUID(int=100), UUID(int=666)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def mirror(jar_id: UUID) -> UUID:
    return uuid5(jar_id, "mirror")


def add_to_mirror(recorded: Recorded[CoinsAdded], history: History) -> None:
    if recorded.by is None:
        return  # a mirror has no mirror
    because = type(asked()).because_of(recorded, "mirror")
    command = AddCoins(coop_id=recorded.coop_id, coins=recorded.event.coins)
    history.start(Jar, mirror(recorded.stream_id), command, because, lambda jar, _: jar.add(recorded.event.coins))


def follower(history: History, *processes: object, clock: Clock | None = None) -> Follower:
    chosen = processes or (add_to_mirror,)
    return Follower("mirrors", history, listed(*((CoinsAdded, process) for process in chosen)), clock or Clock())  # type: ignore[arg-type]


def mirrored_in_log(engine: Engine) -> Counter[UUID]:
    mapper = EventMapper()
    stored = jar_history(engine).log.select_notifications(1, 10_000)
    return Counter(recorded.command_id for recorded in map(mapper.to_domain_event, stored) if recorded.by is None)


def follow_until(url: str, jar_ids: list[UUID], expected: int) -> None:
    """Follow in a process of its own until every mirror is full."""
    engine = open_database(url)
    following, until = follower(jar_history(engine)), time.monotonic() + 60
    while time.monotonic() < until:
        if following.step():
            continue
        if sum(coins_in(engine, mirror(jar_id)) for jar_id in jar_ids) >= expected:
            break
        time.sleep(0.05)
    engine.dispose()


def test_what_follows_happens_once(jars: History) -> None:
    add(jars, JAR, 3)
    following = follower(jars)
    following.catch_up()
    following.catch_up()
    assert coins_in(jars.engine, mirror(JAR)) == 3


def test_a_new_follower_of_that_name_goes_on_where_the_last_one_was(jars: History) -> None:
    add(jars, JAR, 3)
    follower(jars).catch_up()
    add(jars, JAR, 4)
    follower(jars).catch_up()
    assert coins_in(jars.engine, mirror(JAR)) == 7
    assert set(mirrored_in_log(jars.engine).values()) == {1}


def test_three_followers_in_threads_do_it_once(jars: History, database_url: str) -> None:
    engines = [open_database(database_url) for _ in range(3)]
    following = [threading.Thread(target=follow_until, args=(database_url, [JAR], 40)) for _ in engines]
    for thread in following:
        thread.start()
    for _ in range(40):
        add(jars, JAR, 1)
    for thread in following:
        thread.join()
    assert coins_in(jars.engine, mirror(JAR)) == 40
    assert set(mirrored_in_log(jars.engine).values()) == {1}
    assert verify(jars.engine).faults == ()


@on_postgresql  # where several processes may run
def test_three_followers_in_processes_do_it_once(jars: History, database_url: str) -> None:
    jar_ids = [UUID(int=number) for number in range(100, 110)]
    following = [forking().Process(target=follow_until, args=(database_url, jar_ids, 100)) for _ in range(3)]
    for process in following:
        process.start()
    for number in range(100):
        add(jars, jar_ids[number % 10], 1)
    for process in following:
        process.join(90)
    assert [process.exitcode for process in following] == [0, 0, 0]
    assert [coins_in(jars.engine, mirror(jar_id)) for jar_id in jar_ids] == [10] * 10
    assert sorted(mirrored_in_log(jars.engine).values()) == [1] * 100


class Trouble:
    """A process that fails on one jar until it is mended, after having done half of its work."""

    __name__ = "trouble"

    def __init__(self) -> None:
        self.mended = False

    def __call__(self, recorded: Recorded[Event], history: History) -> None:
        add_to_mirror(recorded, history)  # type: ignore[arg-type]
        if recorded.stream_id == UNLUCKY and recorded.by and not self.mended:
            raise ZeroDivisionError("no such mirror")


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def troubled(jars: History, trouble: Trouble, clock: Clock) -> Follower:
    add(jars, UNLUCKY, 3)
    add(jars, JAR, 5)
    following = follower(jars, trouble, clock=clock)
    following.catch_up()
    return following


def parked_in(engine: Engine, coop_id: UUID = COOP) -> Iterator[tuple[str, int, str]]:
    with engine.connect() as connection:
        query = select(parked).where(parked.c.coop_id == coop_id).order_by(parked.c.position)
        rows = connection.execute(query).all()
        assert parked_count(connection, coop_id) == len(rows)
        yield from ((row.process, row.attempts, row.reason) for row in rows)


@pytest.mark.usefixtures("troubled")
def test_a_failing_process_is_parked_with_its_reason_and_leaves_nothing_half_done(jars: History) -> None:
    assert list(parked_in(jars.engine)) == [("trouble", 0, "ZeroDivisionError: no such mirror")]
    assert list(parked_in(jars.engine, OTHER_COOP)) == []
    assert coins_in(jars.engine, mirror(UNLUCKY)) == 0


@pytest.mark.usefixtures("troubled")
def test_a_failing_process_does_not_block_what_comes_after(jars: History) -> None:
    assert coins_in(jars.engine, mirror(JAR)) == 5


def test_a_failing_process_does_not_block_its_neighbours_on_the_same_event(jars: History, trouble: Trouble) -> None:
    seen = []

    def neighbour(recorded: Recorded[Event], _: History) -> None:
        seen.append(recorded.position)

    add(jars, UNLUCKY, 3)
    follower(jars, trouble, neighbour).catch_up()
    assert seen == [1]


def test_a_failing_process_never_fails_the_person_who_caused_the_event(jars: History, troubled: Follower) -> None:
    assert add(jars, UNLUCKY, 1).changed
    troubled.catch_up()
    assert len(list(parked_in(jars.engine))) == 2


def test_a_parked_process_is_not_tried_before_its_time(jars: History, troubled: Follower, trouble: Trouble) -> None:
    trouble.mended = True
    troubled.catch_up()
    assert coins_in(jars.engine, mirror(UNLUCKY)) == 0


def test_a_process_parked_while_the_clock_stood_wrong_is_retried_at_once(
    jars: History, troubled: Follower, trouble: Trouble, clock: Clock
) -> None:
    clock.now += timedelta(days=365)
    troubled.catch_up()
    trouble.mended = True
    clock.now -= timedelta(days=365)
    troubled.catch_up()
    assert list(parked_in(jars.engine)) == []


def test_a_parked_process_is_retried_until_it_succeeds_and_then_forgotten(
    jars: History, troubled: Follower, trouble: Trouble, clock: Clock
) -> None:
    clock.now += timedelta(seconds=2)
    troubled.catch_up()
    assert list(parked_in(jars.engine)) == [("trouble", 1, "ZeroDivisionError: no such mirror")]
    trouble.mended = True
    clock.now += timedelta(seconds=11)
    troubled.catch_up()
    assert list(parked_in(jars.engine)) == []
    assert coins_in(jars.engine, mirror(UNLUCKY)) == 3


@pytest.mark.usefixtures("troubled")
def test_a_parked_process_that_no_longer_exists_stays_shown_and_stops_nobody(jars: History, clock: Clock) -> None:
    clock.now += timedelta(seconds=2)
    renamed = follower(jars, clock=clock)
    add(jars, JAR, 1)
    renamed.catch_up()
    assert coins_in(jars.engine, mirror(JAR)) == 6
    assert [process for process, _, _ in parked_in(jars.engine)] == ["trouble"]


def test_it_says_whether_it_has_followed(jars: History) -> None:
    following = follower(jars)
    done = add(jars, JAR, 3)
    assert not following.has_followed(done.position, within_seconds=0.01)
    following.catch_up()
    assert following.has_followed(done.position, within_seconds=0)


def test_in_a_loop_it_follows_what_this_process_does_at_once(jars: History) -> None:
    following = follower(jars)
    running = Loop("mirrors", following.step, idle_seconds=3600, wake=jars.changed)
    running.start()
    assert following.has_followed(add(jars, JAR, 3).position, within_seconds=5)
    running.stop()
    assert coins_in(jars.engine, mirror(JAR)) == 3

"""The one way to change anything: once, all of it or nothing, on what is true at that moment."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select

from kernel.database import open_database
from kernel.event import Event, Recorded
from kernel.log.history import ATTEMPTS, History
from kernel.log.mapper import EventMapper
from kernel.log.recorder import events
from kernel.log.remembered import commands
from kernel.log.transaction import Transaction
from kernel.log.verify import verify
from kernel.privacy import Keyring
from kernel.read_models.projection import Write
from kernel.refused import CommandReused, Overtaken, Unknown
from tests.kernel.jars import (
    ANNA,
    COOP,
    NOON,
    OTHER_COOP,
    AddCoins,
    CoinsAdded,
    Jar,
    JarFull,
    LabelTaken,
    add,
    asked,
    coins_in,
    jar_history,
    label,
)
from tests.kit.databases import on_postgresql

JAR, OTHER_JAR = UUID(int=100), UUID(int=101)


def events_in(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(events)).scalar_one()


def remembered_in(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(commands)).scalar_one()


def test_what_is_done_is_recorded_with_who_when_and_why(jars: History) -> None:
    once = asked(by=ANNA)
    done = add(jars, JAR, 3, once)
    [stored] = jars.log.select_notifications(1, 10)
    recorded = EventMapper().to_domain_event(stored)
    assert (recorded.event, recorded.stream_id, recorded.version, recorded.position) == (CoinsAdded(coins=3), JAR, 1, 1)
    assert (recorded.coop_id, recorded.by, recorded.command_id) == (COOP, ANNA, once.command_id)
    assert recorded.recorded_at == recorded.effective_at == NOON
    assert (done.stream_id, done.position) == (JAR, 1)


def test_an_act_sent_late_keeps_the_hour_it_took_effect(jars: History) -> None:
    late = asked()
    late = type(late)(command_id=late.command_id, by=ANNA, at=NOON, effective_at=NOON - timedelta(hours=3))
    add(jars, JAR, 3, late)
    recorded = EventMapper().to_domain_event(jars.log.select_notifications(1, 1)[0])
    assert (recorded.recorded_at, recorded.effective_at) == (NOON, NOON - timedelta(hours=3))


def test_the_same_command_sent_again_has_one_effect_and_the_same_answer(jars: History) -> None:
    once = asked()
    first, *again = [add(jars, JAR, 3, once) for _ in range(3)]
    assert again == [first, first]
    assert coins_in(jars.engine, JAR) == 3


def test_the_same_command_sent_later_is_still_the_same(jars: History) -> None:
    once = asked()
    first = add(jars, JAR, 3, once)
    assert add(jars, JAR, 3, asked(once.command_id, at=NOON + timedelta(days=1))) == first


def test_the_same_command_sent_by_several_threads_has_one_effect(jars: History) -> None:
    once = asked()
    with ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(lambda _: add(jars, JAR, 3, once).position, range(12)))
    assert answers == {1}
    assert coins_in(jars.engine, JAR) == 3


def test_a_known_id_with_other_content_is_refused(jars: History) -> None:
    once = asked()
    add(jars, JAR, 3, once)
    with pytest.raises(CommandReused):
        add(jars, JAR, 4, once)
    assert coins_in(jars.engine, JAR) == 3


def test_a_known_id_from_someone_else_is_refused(jars: History) -> None:
    once = asked()
    add(jars, JAR, 3, once)
    with pytest.raises(CommandReused):
        add(jars, JAR, 3, asked(once.command_id, by=uuid4()))


def test_a_refused_command_may_be_sent_again_when_it_has_become_possible(jars: History) -> None:
    add(jars, JAR, 99)
    once = asked()
    with pytest.raises(JarFull, match="holds 99 coins"):
        add(jars, JAR, 3, once)
    add(jars, JAR, -9)
    add(jars, JAR, 3, once)
    assert coins_in(jars.engine, JAR) == 93


def test_the_stream_of_another_coop_is_unknown(jars: History) -> None:
    add(jars, JAR, 3, coop_id=OTHER_COOP)
    with pytest.raises(Unknown):
        add(jars, JAR, 3, coop_id=COOP)


def test_another_coops_aggregate_cannot_be_read_either(jars: History) -> None:
    add(jars, JAR, 3, coop_id=OTHER_COOP)

    def decide(_: Jar, transaction: Transaction) -> Sequence[Event]:
        return transaction.read(Jar, JAR).add(1)

    with pytest.raises(Unknown):
        jars.start(Jar, OTHER_JAR, AddCoins(coop_id=COOP, coins=1), asked(), decide)


def test_what_never_began_cannot_be_changed(jars: History) -> None:
    with pytest.raises(Unknown):
        jars.change(Jar, JAR, AddCoins(coop_id=COOP, coins=1), asked(), lambda jar, _: jar.add(1))


def test_what_is_as_at_its_beginning_again_can_still_be_changed(jars: History) -> None:
    add(jars, JAR, 3)
    add(jars, JAR, -3)
    jars.change(Jar, JAR, AddCoins(coop_id=COOP, coins=1), asked(), lambda jar, _: jar.add(1))
    add(jars, JAR, 1)
    assert coins_in(jars.engine, JAR) == 2


def test_a_command_that_changes_nothing_is_answered_and_leaves_no_event(jars: History) -> None:
    once = asked()
    assert add(jars, JAR, 0, once) == add(jars, JAR, 0, once)
    assert (events_in(jars.engine), remembered_in(jars.engine)) == (0, 1)


def test_an_answer_says_whether_anything_happened(jars: History) -> None:
    assert add(jars, JAR, 3).changed
    assert not add(jars, JAR, 0).changed


@on_postgresql  # SQLite lets nobody write between
def test_when_someone_gets_in_first_it_decides_again_on_what_is_now_true(jars: History) -> None:
    seen = []

    def decide(jar: Jar, _: Transaction) -> Sequence[Event]:
        seen.append(jar.coins)
        if len(seen) == 1:
            add(jars, JAR, 5)
        return jar.add(1)

    jars.start(Jar, JAR, AddCoins(coop_id=COOP, coins=1), asked(), decide)
    assert seen == [0, 5]
    assert coins_in(jars.engine, JAR) == 6


def test_a_refusing_constraint_makes_it_decide_again_so_that_the_decision_says_why(jars: History) -> None:
    label(jars, JAR, "holidays")
    looks = count()
    with pytest.raises(LabelTaken, match="bears holidays already"):
        label(jars, OTHER_JAR, "holidays", look=lambda: next(looks) > 0)
    assert next(looks) == 2


def test_whoever_is_overtaken_every_time_is_told_so(jars: History) -> None:
    label(jars, JAR, "holidays")
    looks = count()
    with pytest.raises(Overtaken):
        label(jars, OTHER_JAR, "holidays", look=lambda: next(looks) < 0)
    assert next(looks) == ATTEMPTS
    assert events_in(jars.engine) == 1


def test_a_failing_projection_leaves_no_event(jars: History) -> None:
    def failing(_: Recorded[Event]) -> Iterable[Write]:
        raise ZeroDivisionError

    broken = History(jars.engine, {"tests": failing}, Keyring(bytes(32)))
    once = asked()
    with pytest.raises(ZeroDivisionError):
        add(broken, JAR, 3, once)
    assert (events_in(jars.engine), remembered_in(jars.engine)) == (0, 0)
    assert add(jars, JAR, 3, once).position == 1


def test_two_changes_made_together_happen_together_or_not_at_all(jars: History) -> None:
    add(jars, OTHER_JAR, 99)
    both = asked()

    def work(joined: History) -> None:
        add(joined, JAR, 3, both)
        add(joined, OTHER_JAR, 3, both.part("the other jar"))

    with pytest.raises(JarFull):
        jars.together(work)
    assert coins_in(jars.engine, JAR) == 0
    add(jars, OTHER_JAR, -10)
    jars.together(work)
    assert (coins_in(jars.engine, JAR), coins_in(jars.engine, OTHER_JAR)) == (3, 92)


def test_many_at_once_on_one_stream_lose_nothing(jars: History) -> None:
    def try_until_done(_: int) -> None:
        mine, done = asked(), None
        while done is None:
            try:
                done = add(jars, JAR, 1, mine)
            except Overtaken:
                continue

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(try_until_done, range(30)))
    assert coins_in(jars.engine, JAR) == events_in(jars.engine) == 30
    assert verify(jars.engine).faults == ()


def test_what_is_acknowledged_is_there_when_the_database_is_opened_again(jars: History, database_url: str) -> None:
    add(jars, JAR, 3)
    jars.engine.dispose()
    opened = open_database(database_url)
    assert coins_in(opened, JAR) == 3
    assert add(jar_history(opened), JAR, 4).position == 2
    opened.dispose()


def test_what_a_decision_does_without_is_not_read_and_counts_all_the_same(jars: History) -> None:
    for _ in range(3):
        add(jars, JAR, 1)
    seen: list[Jar] = []

    def decide(jar: Jar, _: Transaction) -> Sequence[Event]:
        seen.append(jar)
        return (CoinsAdded(coins=5),)

    jars.start(Jar, JAR, AddCoins(coop_id=COOP, coins=5), asked(), decide, without=(CoinsAdded,), new=False)
    assert (seen, coins_in(jars.engine, JAR)) == ([Jar()], 8)
    assert [stored.originator_version for stored in jars.log.select_events(JAR)] == [1, 2, 3, 4]

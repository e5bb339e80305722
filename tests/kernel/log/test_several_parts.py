"""Acts made of several commands: all or nothing, once, and one that fails alone leaves the others as they are."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kernel.command import Done
from kernel.log.history import History
from kernel.log.verify import verify
from kernel.refused import CommandReused
from tests.kernel.jars import ANNA, COOP, AddCoins, add, asked, coins_in
from tests.kernel.log.test_history import JAR, OTHER_JAR


def test_what_was_found_before_a_savepoint_failed_is_not_leant_on(jars: History) -> None:
    def work(joined: History) -> None:
        add(joined, JAR, 1)
        with pytest.raises(ZeroDivisionError):
            fail_after_all(joined)
        add(joined, OTHER_JAR, 2)

    def fail_after_all(joined: History) -> None:
        with joined.savepoint():
            add(joined, JAR, 1)
            raise ZeroDivisionError

    jars.together(work)
    assert (coins_in(jars.engine, JAR), coins_in(jars.engine, OTHER_JAR)) == (1, 2)
    assert verify(jars.engine).faults == ()


def test_an_act_of_several_parts_is_carried_out_once(jars: History) -> None:
    both, whole = asked(by=ANNA), AddCoins(coop_id=COOP, coins=3)

    def work(joined: History) -> Done:
        add(joined, OTHER_JAR, 1, both.part("other"))
        return add(joined, JAR, 3, both)

    first = jars.once(whole, both, work)
    assert jars.once(whole, both, work) == first
    assert (coins_in(jars.engine, JAR), coins_in(jars.engine, OTHER_JAR)) == (3, 1)
    with pytest.raises(CommandReused):
        jars.once(AddCoins(coop_id=COOP, coins=4), both, work)


def test_the_parts_of_an_act_known_from_before_are_known(jars: History) -> None:
    """As they stand in a log where nothing was kept of the whole."""
    both, whole = asked(by=ANNA), AddCoins(coop_id=COOP, coins=3)

    def work(joined: History) -> Done:
        add(joined, OTHER_JAR, 1, both.part("other"))
        return add(joined, JAR, 3, both)

    jars.together(work)
    jars.once(whole, both, work)
    assert (coins_in(jars.engine, JAR), coins_in(jars.engine, OTHER_JAR)) == (3, 1)


def test_one_act_of_several_parts_sent_by_many_at_once_is_carried_out_once(jars: History) -> None:
    both, whole = asked(by=ANNA), AddCoins(coop_id=COOP, coins=3)

    def work(joined: History) -> Done:
        add(joined, OTHER_JAR, 1, both.part("other"))
        return add(joined, JAR, 3, both)

    with ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(lambda _: jars.once(whole, both, work).position, range(6)))
    assert len(answers) == 1
    assert (coins_in(jars.engine, JAR), coins_in(jars.engine, OTHER_JAR)) == (3, 1)

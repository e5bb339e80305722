"""What a context's door does for its commands: a decision of an aggregate and a command, carried out."""

from functools import partial
from uuid import UUID

import pytest

from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.history import History
from kernel.refused import Unknown
from tests.kernel.jars import COOP, AddCoins, Jar, JarFull, asked, coins_in

JAR, OTHER_JAR = UUID(int=100), UUID(int=101)


def put_in(jar: Jar, command: AddCoins, *, times: int = 1) -> tuple[Event, ...]:
    return tuple(jar.add(command.coins * times))


class Jars(Door):
    """The toy context's door."""

    def fill(self, command: AddCoins, asked: Asked) -> Done:
        """Put coins in a jar that may be new."""
        return self._start(Jar, JAR, command, asked, put_in)

    def top_up(self, command: AddCoins, asked: Asked) -> Done:
        """Put twice the coins in a jar that is there."""
        return self._change(Jar, JAR, command, asked, partial(put_in, times=2))

    def fill_both(self, command: AddCoins, asked: Asked) -> Done:
        """Put coins in two jars, or in none."""
        return self._together(Jars._both, command, asked)

    def _both(self, command: AddCoins, asked: Asked) -> Done:
        self._start(Jar, OTHER_JAR, command, asked.part("the other jar"), put_in)
        return self._start(Jar, JAR, command, asked, put_in)


def coins(number: int) -> AddCoins:
    return AddCoins(coop_id=COOP, coins=number)


def test_a_decision_is_made_on_the_aggregate_and_the_command(jars: History) -> None:
    assert Jars(jars).fill(coins(3), asked()).stream_id == JAR
    Jars(jars).top_up(coins(4), asked())
    assert coins_in(jars.engine, JAR) == 11


def test_only_what_is_there_can_be_changed(jars: History) -> None:
    with pytest.raises(Unknown):
        Jars(jars).top_up(coins(4), asked())


def test_what_changes_several_streams_changes_all_or_none(jars: History) -> None:
    Jars(jars).fill(coins(60), asked())
    with pytest.raises(JarFull):
        Jars(jars).fill_both(coins(50), asked())
    assert coins_in(jars.engine, OTHER_JAR) == 0
    Jars(jars).fill_both(coins(40), asked())
    assert (coins_in(jars.engine, JAR), coins_in(jars.engine, OTHER_JAR)) == (100, 40)

"""Whatever two co-ops live through, in whatever order: books balance, promises hold, the past can be replayed.

Everything a member or the clock can do is tried, hundreds of times over; to be refused is a fine outcome, any other
failure is not. What must hold is in `tests.coop.promises`.
"""

from itertools import count

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.coop.contesting import Contesting
from tests.coop.driving import Driving
from tests.coop.life import Life
from tests.coop.sharing import Sharing
from tests.coop.voting import Voting
from tests.kit.scale import ACTS, ACTS_ON_POSTGRESQL
from tests.kit.servers import empty_database

# No shrinking: it takes minutes. When a life fails, add `Phase.shrink` to see the few acts that matter.
LIVES = settings(phases=[Phase.explicit, Phase.reuse, Phase.generate], print_blob=True, derandomize=False)


class AnyLife(Driving, Sharing, Contesting, Voting):
    """All of a co-op's life, on SQLite."""


class AnyLifeOnPostgres(AnyLife):
    """The same on PostgreSQL."""

    url = ""

    def database(self) -> str:
        return self.url

    def drop(self) -> None:
        empty_database(self.url)


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Life, "acts", 0)
    monkeypatch.setattr(Life, "refused", 0)


def lived(kind: type[Life], acts: int) -> None:
    """Live lives until so many acts were tried, the same ones first each time: how many are in one is up to chance."""
    lives = count()
    while Life.acts < acts:
        some = settings(LIVES, max_examples=4, stateful_step_count=120)
        run_state_machine_as_test(seed(next(lives))(kind), settings=some)
    assert Life.refused < Life.acts / 2, "most of what was tried was refused: these lives try little"


def test_any_life_of_two_coops_keeps_its_promises(empty_sqlite: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Life, "empty", empty_sqlite)
    lived(AnyLife, ACTS)


def test_a_life_on_postgresql_keeps_them_too(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnyLifeOnPostgres, "url", postgres_url)
    lived(AnyLifeOnPostgres, ACTS_ON_POSTGRESQL)

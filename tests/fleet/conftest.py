from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Connection, Engine

from fleet.application import Fleet
from kernel.log.history import History

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Reader:
    """Asks each query on a connection of its own, as each page does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(
        self,
        query: Callable[Concatenate[Connection, Asked], Answer],
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Answer:
        with self._engine.connect() as connection:
            return query(connection, *args, **kwargs)


@pytest.fixture
def fleet(history: History) -> Fleet:
    return Fleet(history)


@pytest.fixture
def read(engine: Engine) -> Reader:
    return Reader(engine)

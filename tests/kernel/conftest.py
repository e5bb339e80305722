"""The toy context's tables, made for one test and dropped after it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from kernel.log.history import History
from tests.kernel.jars import jar_history, tables


@pytest.fixture
def jars(engine: Engine) -> Iterator[History]:
    tables.create_all(engine)
    yield jar_history(engine)
    engine.dispose()
    tables.drop_all(engine)

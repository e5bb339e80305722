import pytest

from kernel.log.history import History
from tests.governance.village import Village


@pytest.fixture
def village(history: History) -> Village:
    return Village(history)

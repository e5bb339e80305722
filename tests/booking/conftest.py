"""The village, settled, on each database."""

import pytest

from kernel.log.history import History
from tests.booking.village import Village


@pytest.fixture
def village(history: History) -> Village:
    return Village(history).settle()

"""The village of the page tests, for letters that leave by a mail server, and its post office."""

from datetime import timedelta

import pytest

from tests.hosting.post import Post
from tests.kit.servers import free_port
from tests.kit.village import Village
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]


@pytest.fixture
def post(village: Village) -> Post:
    """A post office with one letter waiting: Jean is asked for his Clio."""
    village.booked("Nadia", "Clio", village.now + timedelta(days=1, hours=9))
    return Post(village, free_port())

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from api.settings import Settings
from api.site import Site
from demo.cast.people import DEMO
from demo.clock import Clock, local
from demo.story import Story

BEGIN = date(2026, 9, 1)  # its next month holds the end of summer time
NOW = datetime(2026, 11, 19, 15, 40, tzinfo=UTC)


@pytest.fixture
def site(database_url: str) -> Iterator[Site]:
    site = Site(Settings(database_url=database_url, secret=bytes(range(32))), lambda: NOW)
    yield site
    site.readers.shutdown()
    site.writers.shutdown()
    site.photos.shutdown()
    site.engine.dispose()


@pytest.fixture
def story(site: Site) -> Story:
    story = Story(Clock(site.history, site.follower, local(BEGIN), DEMO), BEGIN)
    story.schedule()
    return story

"""Browsers and their servers, each in one worker only while its journeys are made."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.chromium import MISSING, browsing, path_of_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if path_of_chromium() is None:
        pytest.skip(MISSING)
    with browsing() as started:
        yield started

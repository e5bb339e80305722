"""Browsers and their servers, each in one worker only while its journeys are made."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.chromium import MISSING, browsing, path_of_chromium
from tests.journeys.lived import Lived, lived
from tests.kit.village import Rows
from tests.places.conftest import village_rows

__all__ = ["village_rows"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if path_of_chromium() is None:
        pytest.skip(MISSING)
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def busy(browser: Browser, village_rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    with lived(browser, village_rows, tmp_path_factory.mktemp("busy")) as served:
        yield served

"""Where a reader's own text is twice as large, a phone's pages keep their width, and the bar covers none of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.api.gallery import pages, put_into
from tests.journeys.chromium import MISSING, PHONE, browsing, path_of_chromium
from tests.kit.scale import EVERYWHERE

TWICE = "--blink-settings=defaultFontSize=32"
SOME = [*pages()][:: 1 if EVERYWHERE else 10]


@pytest.fixture(scope="module")
def large() -> Iterator[Browser]:
    if path_of_chromium() is None:
        pytest.skip(MISSING)
    with browsing(TWICE) as started:
        yield started


def test_a_phone_with_text_twice_as_large_shows_whole_pages(large: Browser, tmp_path: Path) -> None:
    page = large.new_page(viewport=PHONE["viewport"])
    for name in ("home", "vehicles", *SOME):
        page.goto(put_into(tmp_path, name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"], name
        bar = page.locator(".places")
        assert bar.count() == 0 or bar.evaluate("bar => getComputedStyle(bar).position") == "static", name

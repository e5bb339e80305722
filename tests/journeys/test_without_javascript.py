"""The same month again, on phones that run no script at all."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.whole import live_the_month
from tests.journeys.server import serving
from tests.kit.village import Clock


def test_neighbours_live_the_same_month_without_javascript(browser: Browser, tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'voisiture.db'}", Clock()) as site:
        live_the_month(Neighbours(site, browser, java_script_enabled=False))

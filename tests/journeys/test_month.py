"""A co-op lives its first month, by nine people on their phones, through pages alone, in both databases."""

from playwright.sync_api import Browser

from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.whole import live_the_month
from tests.journeys.server import serving
from tests.pages.village import Clock


def test_neighbours_live_a_whole_month_through_pages_alone(browser: Browser, database_url: str) -> None:
    with serving(database_url, Clock()) as site:
        live_the_month(Neighbours(site, browser))

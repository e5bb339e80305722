"""A co-op lives its first month, on phones, through pages alone, in both databases."""

from playwright.sync_api import Browser

from tests.journeys.month.booking import book
from tests.journeys.month.founding import found
from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.vehicles import bring_in_vehicles
from tests.journeys.server import serving
from tests.pages.village import Clock


def test_neighbours_live_a_whole_month_through_pages_alone(browser: Browser, database_url: str) -> None:
    with serving(database_url, Clock()) as site:
        neighbours = Neighbours(site, browser)
        found(neighbours)
        bring_in_vehicles(neighbours)
        book(neighbours)

"""A co-op lives its first month, by nine people on their phones, through pages alone, in both databases."""

from playwright.sync_api import Browser

from tests.journeys.month.booking import book
from tests.journeys.month.driving import drive, drive_before_leaving
from tests.journeys.month.founding import found
from tests.journeys.month.leaving import leave
from tests.journeys.month.money import share_expenses
from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.prices import drive_at_two_prices
from tests.journeys.month.rebuilding import replay
from tests.journeys.month.settling import settle
from tests.journeys.month.vehicles import bring_in_vehicles
from tests.journeys.month.voting import book_before_it_changes, propose, read_the_result, see_it_in_force
from tests.journeys.server import serving
from tests.pages.village import Clock


def test_neighbours_live_a_whole_month_through_pages_alone(browser: Browser, database_url: str) -> None:
    with serving(database_url, Clock()) as site:
        neighbours = Neighbours(site, browser)
        found(neighbours)
        bring_in_vehicles(neighbours)
        in_zoe, on_bike = book(neighbours)
        drive(neighbours, in_zoe, on_bike)
        share_expenses(neighbours)
        proposal = propose(neighbours)
        drive_before_leaving(neighbours)
        book_before_it_changes(neighbours)
        read_the_result(neighbours, proposal)
        leave(neighbours)
        see_it_in_force(neighbours, proposal)
        drive_at_two_prices(neighbours)
        settle(neighbours)
        replay(neighbours, proposal)

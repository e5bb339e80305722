"""The month from its first day to its last: each chapter begins where the one before ended."""

from tests.journeys.month.booking import book
from tests.journeys.month.driving import drive, drive_before_leaving
from tests.journeys.month.founding import found
from tests.journeys.month.leaving import be_forgotten, leave
from tests.journeys.month.money import share_expenses
from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.prices import drive_at_two_prices
from tests.journeys.month.rebuilding import replay
from tests.journeys.month.settling import settle
from tests.journeys.month.vehicles import bring_in_vehicles
from tests.journeys.month.voting import book_before_it_changes, propose, read_the_result, see_it_in_force


def live_the_month(neighbours: Neighbours) -> None:
    """Live every chapter, in order."""
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
    be_forgotten(neighbours)
    replay(neighbours, proposal)

"""The month from its first day to its last: each chapter begins where the one before ended."""

from tests.places.month.booking import book
from tests.places.month.driving import drive, drive_before_leaving
from tests.places.month.founding import found
from tests.places.month.leaving import be_forgotten, leave
from tests.places.month.money import share_expenses
from tests.places.month.neighbours import Neighbours
from tests.places.month.prices import drive_at_two_prices
from tests.places.month.rebuilding import betray, replay
from tests.places.month.settling import close_november, settle
from tests.places.month.vehicles import bring_in_vehicles
from tests.places.month.voting import book_before_it_changes, propose, read_the_result, see_it_in_force


def live_the_month(neighbours: Neighbours) -> None:
    """Live every chapter, in order."""
    found(neighbours)
    bring_in_vehicles(neighbours)
    drive(neighbours, book(neighbours))
    share_expenses(neighbours)
    settle(neighbours)
    proposal = propose(neighbours)
    drive_before_leaving(neighbours)
    agreed_before = book_before_it_changes(neighbours)
    read_the_result(neighbours, proposal)
    odile = leave(neighbours)
    see_it_in_force(neighbours, proposal)
    drive_at_two_prices(neighbours, agreed_before, proposal)
    close_november(neighbours)
    be_forgotten(neighbours, odile)
    replay(neighbours)
    betray(neighbours)

"""A member may book, a former member may not."""

import pytest

from booking.policies import NotADriver
from tests.kit.village import Village
from tests.processes.acts import come_back


def test_who_joins_may_book_at_once(village: Village) -> None:
    village.join("Sam")
    village.booked("Sam", "Zoé")


def test_who_leaves_may_not_and_who_comes_back_may_again(village: Village) -> None:
    village.leave("Nadia")
    with pytest.raises(NotADriver):
        village.booked("Nadia", "Zoé")
    come_back(village, "Nadia")
    village.settle()
    village.booked("Nadia", "Zoé")


def test_a_member_of_another_coop_may_not(village: Village) -> None:
    with pytest.raises(NotADriver):
        village.booked("Olga", "Zoé")

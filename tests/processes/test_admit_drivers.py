"""A member may book, a former member may not."""

import pytest

from booking.policies import NotADriver, Suspended
from governance.application import Governance
from governance.commands import LiftSuspension, SuspendBookings
from tests.kit.village import COOP, Village
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


def test_whose_bookings_are_suspended_books_nothing_new_until_it_is_lifted(village: Village) -> None:
    named = {"coop_id": COOP, "member_id": village.member("Nadia")}
    governance, claire = Governance(village.site.history), village.asked("Claire")
    governance.suspend_bookings(SuspendBookings(**named, reason="Three late returns."), claire)
    village.settle()
    with pytest.raises(Suspended):
        village.booked("Nadia", "Zoé")
    governance.lift_suspension(LiftSuspension(**named), village.asked("Claire"))
    village.settle()
    village.booked("Nadia", "Zoé")

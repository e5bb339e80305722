"""The hours of a member who leaves are free again; those she had are no longer hers, those she books again are."""

from datetime import timedelta

from booking.queries import booking
from governance import commands as g
from governance.application import Governance
from tests.kit.village import COOP, Village
from tests.processes.acts import come_back, failed


def status(village: Village, booking_id: object) -> str:
    found: str = village.ask(booking, village.site.keyring, COOP, booking_id).status
    return found


def test_bookings_and_requests_to_come_are_cancelled_in_her_name(village: Village) -> None:
    tomorrow = village.now + timedelta(days=1)
    held = [village.booked("Nadia", "Zoé", tomorrow), village.booked("Nadia", "Clio", tomorrow + timedelta(hours=3))]
    village.leave("Nadia")
    assert [status(village, booking_id) for booking_id in held] == ["cancelled", "cancelled"]
    village.booked("Luc", "Zoé", tomorrow)
    assert failed(village) == []


def test_what_is_over_and_what_others_hold_stays(village: Village) -> None:
    over = village.drove("Nadia", "Zoé", 20)
    others = village.booked("Luc", "Zoé", village.now + timedelta(days=1))
    village.leave("Nadia")
    assert (status(village, over), status(village, others)) == ("over", "confirmed")


def test_who_is_back_before_it_was_noticed_keeps_what_she_booked_since(village: Village) -> None:
    leave = g.LeaveCoop(coop_id=COOP, member_id=village.member("Nadia"))
    Governance(village.site.history).leave_coop(leave, village.asked("Nadia"))
    come_back(village, "Nadia")
    booked = village.booked("Nadia", "Zoé", village.now + timedelta(days=1))
    village.settle()
    assert status(village, booked) == "confirmed"
    assert failed(village) == []

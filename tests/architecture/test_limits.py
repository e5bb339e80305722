"""A value that several contexts know has the same limits in each: what one takes, no other refuses."""

from booking.commands import Km
from fleet.commands import Kilometres as Shown
from ledger.entries.commands import Kilometres as Charged


def test_an_odometer_shows_as_much_everywhere() -> None:
    assert Shown == Km == Charged

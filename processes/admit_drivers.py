"""When someone becomes a member she may drive; when she leaves she may not."""

from booking.application import Bookings
from booking.commands import AdmitDriver, RemoveDriver
from governance.events import MemberJoined, MemberLeft, MemberReturned
from kernel.command import Asked
from kernel.event import Recorded
from kernel.log.history import History


def admit_driver(recorded: Recorded[MemberJoined | MemberReturned], history: History) -> None:
    """Let the new member book."""
    command = AdmitDriver(coop_id=recorded.coop_id, driver_id=recorded.stream_id)
    Bookings(history).admit_driver(command, Asked.because_of(recorded, "admit driver"))


def remove_driver(recorded: Recorded[MemberLeft], history: History) -> None:
    """Let the former member no longer book."""
    command = RemoveDriver(coop_id=recorded.coop_id, driver_id=recorded.stream_id)
    Bookings(history).remove_driver(command, Asked.because_of(recorded, "remove driver"))

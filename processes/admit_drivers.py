"""When someone becomes a member she may drive; when she leaves she may not; suspended, she books nothing new."""

from booking.application import Bookings
from booking.commands import AdmitDriver, RemoveDriver, SuspendDriver
from governance.events import BookingsSuspended, MemberJoined, MemberLeft, MemberReturned, SuspensionLifted
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


def suspend_driver(recorded: Recorded[BookingsSuspended | SuspensionLifted], history: History) -> None:
    """Let a member book nothing new until the suspension is over, or lifted."""
    until = recorded.event.until if isinstance(recorded.event, BookingsSuspended) else None
    command = SuspendDriver(coop_id=recorded.coop_id, driver_id=recorded.stream_id, until=until)
    Bookings(history).suspend_driver(command, Asked.because_of(recorded, "suspend driver"))

"""When a member leaves, the hours she holds are free again."""

from msgspec.structs import replace

from booking.application import Bookings
from booking.commands import CancelBooking
from booking.queries import bookings_to_come
from governance.events import MemberLeft
from governance.queries import current_members
from kernel.command import Asked
from kernel.event import Recorded
from kernel.log.history import History


def release_hours(recorded: Recorded[MemberLeft], history: History) -> None:
    """Cancel her bookings to come, in her own name: leaving gives them back, unless she is a member again already."""
    driver_id = recorded.stream_id
    if driver_id in current_members(history.connection, recorded.coop_id):
        return
    when = recorded.effective_at
    for held in bookings_to_come(history.connection, history.keyring, recorded.coop_id, driver_id, when):
        if held.status != "under_way":
            command = CancelBooking(coop_id=recorded.coop_id, booking_id=held.booking_id)
            asked = Asked.because_of(recorded, f"release {held.booking_id}")
            Bookings(history).cancel_booking(command, replace(asked, by=driver_id))

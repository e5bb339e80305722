"""When a vehicle enters service, its calendar opens; when its papers change, the calendar's limit follows."""

from booking.application import Bookings
from booking.commands import CloseCalendar, LimitCalendar, OpenCalendar
from fleet.events import PaperFiled, PapersAskedFor, VehicleEnteredService, VehicleLeftService
from fleet.papers.queries import terms_by_papers
from kernel.command import Asked
from kernel.event import Recorded
from kernel.log.history import History


def open_calendar(recorded: Recorded[VehicleEnteredService], history: History) -> None:
    """Let it be booked: a lent vehicle with its owner's approval, the others by everyone at once."""
    entered = recorded.event
    command = OpenCalendar(
        coop_id=recorded.coop_id,
        vehicle_id=recorded.stream_id,
        approval="owner" if entered.sharing == "lent" else "everyone",
        owners=tuple(owner.member_id for owner in entered.owners),
    )
    Bookings(history).open_calendar(command, Asked.because_of(recorded, "open calendar"))
    limit_calendar(recorded, history)


def limit_calendar(recorded: Recorded[VehicleEnteredService | PaperFiled | PapersAskedFor], history: History) -> None:
    """Let no booking last beyond the first paper that ends, nor be made where one is missing (motor vehicles only)."""
    terms = terms_by_papers(history.connection, recorded.coop_id, recorded.stream_id)
    command = LimitCalendar(
        coop_id=recorded.coop_id,
        vehicle_id=recorded.stream_id,
        papers_until=terms.until,
        paper=terms.ends_first or "",
        missing=terms.missing,
        waits_after=terms.by,
    )
    Bookings(history).limit_calendar(command, Asked.because_of(recorded, "limit calendar"))


def close_calendar(recorded: Recorded[VehicleLeftService], history: History) -> None:
    """Take no new bookings for a vehicle out of service."""
    command = CloseCalendar(coop_id=recorded.coop_id, vehicle_id=recorded.stream_id)
    Bookings(history).close_calendar(command, Asked.because_of(recorded, "close calendar"))

"""When a vehicle enters service, its calendar opens; when its papers change, the calendar's limit follows."""

from zoneinfo import ZoneInfo

from booking.application import Bookings
from booking.commands import CloseCalendar, LimitCalendar, OpenCalendar
from fleet.catalogue import MOTOR_VEHICLES
from fleet.events import PaperFiled, VehicleEnteredService, VehicleLeftService
from fleet.queries import vehicle_page
from governance.queries import coop_row
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


def limit_calendar(recorded: Recorded[VehicleEnteredService | PaperFiled], history: History) -> None:
    """Let no booking last beyond the inspection or the insurance, whichever ends first (motor vehicles only)."""
    coop = coop_row(history.connection, recorded.coop_id)
    if coop is None:
        raise LookupError(f"no co-op {recorded.coop_id}")
    today = recorded.recorded_at.astimezone(ZoneInfo(coop.time_zone)).date()
    page = vehicle_page(history.connection, recorded.coop_id, recorded.stream_id, on=today)
    ending = [
        (paper.valid_until, paper.kind)
        for paper in page.papers
        if paper.valid_until and paper.kind in ("inspection", "insurance") and page.card.kind in MOTOR_VEHICLES
    ]
    until, paper = min(ending, default=(None, ""))
    command = LimitCalendar(coop_id=recorded.coop_id, vehicle_id=recorded.stream_id, papers_until=until, paper=paper)
    Bookings(history).limit_calendar(command, Asked.because_of(recorded, "limit calendar"))


def close_calendar(recorded: Recorded[VehicleLeftService], history: History) -> None:
    """Take no new bookings for a vehicle out of service."""
    command = CloseCalendar(coop_id=recorded.coop_id, vehicle_id=recorded.stream_id)
    Bookings(history).close_calendar(command, Asked.because_of(recorded, "close calendar"))

"""When a booking cannot be driven as promised, or a trip ended by another's hand, its driver is told."""

from zoneinfo import ZoneInfo

from booking.calendar import Calendar
from booking.events import CalendarClosed, CalendarLimited, TripEnded
from booking.queries import BookingRow, still_promised
from governance.queries import coop_row, persons_behind
from kernel.event import Recorded
from kernel.log.history import History
from processes.write_letters import name_of, tell
from sending.outbox import Letter, write_letters


def tell_passed_on(recorded: Recorded[TripEnded], history: History) -> None:
    """Tell the driver that who was given the keys ended her trip; nothing when she told its end herself."""
    ended = recorded.event
    if ended.told_by is None:
        return
    facts = {
        "about": str(ended.booking_id),
        "by_id": str(ended.told_by),
        "vehicle": name_of(recorded, history, ended.vehicle_id),
        "until": ended.ended_at.isoformat(),
        "km": str(ended.odometer_in_km),
    }
    tell(recorded, history, "keys_passed_on", (ended.driver_id,), facts)


def tell_without_vehicle(recorded: Recorded[CalendarClosed], history: History) -> None:
    """Tell those who booked a vehicle that it left service."""
    for booked in _promised(recorded, history):
        _tell_driver(recorded, history, "booking_without_vehicle", booked)


def tell_without_papers(recorded: Recorded[CalendarLimited], history: History) -> None:
    """Tell those who booked a vehicle for when it lacks papers, or beyond the day one of them now ends."""
    limited, coop = recorded.event, coop_row(history.connection, recorded.coop_id)
    if coop is None or not (limited.papers_until or limited.missing):
        return
    calendar = Calendar().evolve(limited)
    for booked in _promised(recorded, history):
        last_day = booked.period.last_day(ZoneInfo(coop.time_zone))
        if calendar.lacking(last_day):
            _tell_driver(recorded, history, "booking_waits_for_papers", booked)
        elif limited.papers_until and last_day > limited.papers_until:
            _tell_driver(recorded, history, "booking_without_papers", booked, paper=limited.paper)


def _promised(recorded: Recorded[CalendarClosed] | Recorded[CalendarLimited], history: History) -> list[BookingRow]:
    vehicle_id, at = recorded.event.vehicle_id, recorded.recorded_at
    return still_promised(history.connection, history.keyring, recorded.coop_id, vehicle_id, at)


def _tell_driver(
    recorded: Recorded[CalendarClosed] | Recorded[CalendarLimited],
    history: History,
    template: str,
    booked: BookingRow,
    **more: str,
) -> None:
    """Write a letter about one of several bookings to its driver; who was erased meanwhile gets none."""
    facts = {
        "about": str(booked.booking_id),
        "vehicle": name_of(recorded, history, booked.vehicle_id),
        "start": booked.period.start.isoformat(),
        "end": booked.period.end.isoformat(),
        **more,
    }
    persons = persons_behind(history.connection, recorded.coop_id, (booked.driver_id,))
    letters = (
        Letter(
            letter_id=recorded.follow_up_id(f"{template} about {booked.booking_id}"),
            coop_id=recorded.coop_id,
            template=template,
            person_id=person_id,
            facts=facts,
        )
        for person_id in persons.values()
    )
    write_letters(history.connection, letters, recorded.recorded_at)

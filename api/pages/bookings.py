"""Booking a vehicle, answering a request, following a booking."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.pages import stories
from api.pages.declared import get, post
from api.web.answers import Answer, Go, Page
from api.web.visit import Visit
from booking import commands as c
from booking import queries
from booking.application import Bookings
from booking.queries import BookingRow


@get("/coops/{coop_id:uuid}/bookings")
def trips(visit: Visit) -> Answer:
    """My bookings to come and past, as a list and on a month's calendar."""
    mine = queries.bookings_of(visit.connection, visit.site.keyring, visit.coop_id, visit.me)
    held = [each for each in mine if each.holds_hours and each.period.end > visit.now]
    names = stories.vehicle_names(visit)
    rows = {each.booking_id: stories.row(visit, each, names) for each in mine}
    over = [each for each in mine if each not in held]
    shows = {
        "coming": [rows[each.booking_id] for each in reversed(held)],
        "past": [rows[each.booking_id] for each in over],
        "month": _month(visit, mine, names),
        "more_href": None,
    }
    return Page("trips.html", shows)


@get("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}")
def show_booking(visit: Visit) -> Answer:
    """A booking's whole story, and what can be done with it now."""
    return Page("booking.html", stories.told(visit, stories.the_booking(visit)), mine=True)


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/approval", again=show_booking)
def approve(visit: Visit) -> Answer:
    """Say yes."""
    command = c.ApproveBooking(coop_id=visit.coop_id, booking_id=visit.place("booking_id"))
    visit.site.settled(Bookings(visit.site.history).approve_booking(command, visit.asked()))
    return Go(_back(visit), said="You said yes. They get a mail.")


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/refusal", again=show_booking)
def refuse(visit: Visit) -> Answer:
    """Say no, with a reason or without."""
    reason = visit.form.needed("reason") if visit.form.text("reason") else None
    command = c.RefuseBooking(coop_id=visit.coop_id, booking_id=visit.place("booking_id"), reason=reason)
    visit.site.settled(Bookings(visit.site.history).refuse_booking(command, visit.asked()))
    return Go(_back(visit), said="You said no. They get a mail.")


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/cancellation", again=show_booking)
def cancel(visit: Visit) -> Answer:
    """Give the hours back."""
    command = c.CancelBooking(coop_id=visit.coop_id, booking_id=visit.place("booking_id"))
    visit.site.settled(Bookings(visit.site.history).cancel_booking(command, visit.asked()))
    return Go(_back(visit), said="Cancelled. The hours are free for the others.")


def _back(visit: Visit) -> str:
    return f"/coops/{visit.coop_id}/bookings/{visit.place('booking_id')}"


def _month(visit: Visit, mine: list[BookingRow], names: dict[UUID, Any]) -> dict[str, Any]:
    today = visit.now.astimezone(visit.zone).date()
    asked_for = visit.sent.query.get("month", "")
    first = date.fromisoformat(f"{asked_for}-01") if stories.is_month(asked_for) else today.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday.month == first.month or monday < first:
        days = [monday + timedelta(days=each) for each in range(7)]
        weeks.append([stories.day_cell(visit, each, first, today, mine, names) for each in days])
        monday += timedelta(days=7)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    path = f"/coops/{visit.coop_id}/bookings?month="
    return {"first": first, "weeks": weeks, "before": f"{path}{before:%Y-%m}", "after": f"{path}{after:%Y-%m}"}

"""Booking a vehicle, answering a request, following a booking."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.pages import stories
from api.pages.cards import cards
from api.pages.when import wanted
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.forms import exact_period
from api.web.routes import get, post
from booking import commands as c
from booking import queries
from booking.application import Bookings
from booking.queries import BookingRow
from kernel.refused import Unknown


@get("/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/book")
def book_form(asking: Asking) -> Answer:
    """Confirm hours and price; when refused, show what else is free then."""
    vehicle_id = asking.sent.places.get("vehicle_id") or asking.form.uuid("vehicle_id")
    _, period = wanted(asking)
    free, not_free = cards(asking, period)
    chosen = next((card for card in (*free, *not_free) if card.vehicle_id == vehicle_id), None)
    if chosen is None:
        raise Unknown
    others = [card for card in free if card.vehicle_id != vehicle_id]
    if chosen.why and not asking.refusal:
        asking.refusal = chosen.why
    alternatives = others if asking.refusal else []
    shows = {"vehicle": chosen, "period": period, "alternatives": alternatives}
    return Page("book.html", shows)


@post("/coops/{coop_id:uuid}/bookings", again=book_form)
def book(asking: Asking) -> Answer:
    """Hold the hours."""
    form = asking.form
    command = c.BookVehicle(
        coop_id=asking.coop_id,
        vehicle_id=form.uuid("vehicle_id"),
        period=exact_period(form),
        destination=form.needed("destination") if form.text("destination") else None,
        flexible=form.ticked("flexible"),
    )
    done = Bookings(asking.site.history).book_vehicle(command, asking.asked(), asking.here.time_zone)
    asking.site.settled(done)
    return Go(f"/coops/{asking.coop_id}/bookings/{done.stream_id}", said="It is noted.")


@get("/coops/{coop_id:uuid}/bookings")
def trips(asking: Asking) -> Answer:
    """My bookings to come and past, as a list and on a month's calendar."""
    mine = queries.bookings_of(asking.connection, asking.site.keyring, asking.coop_id, asking.me)
    held = [each for each in mine if each.holds_hours and each.period.end > asking.now]
    names = stories.vehicle_names(asking)
    rows = {each.booking_id: stories.row(asking, each, names) for each in mine}
    over = [each for each in mine if each not in held]
    shows = {
        "coming": [rows[each.booking_id] for each in reversed(held)],
        "past": [rows[each.booking_id] for each in over],
        "month": _month(asking, mine, names),
        "more_href": None,
    }
    return Page("trips.html", shows)


@get("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}")
def show_booking(asking: Asking) -> Answer:
    """A booking's whole story, and what can be done with it now."""
    return Page("booking.html", stories.told(asking, stories.the_booking(asking)), mine=True)


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/approval", again=show_booking)
def approve(asking: Asking) -> Answer:
    """Say yes."""
    command = c.ApproveBooking(coop_id=asking.coop_id, booking_id=asking.place("booking_id"))
    asking.site.settled(Bookings(asking.site.history).approve_booking(command, asking.asked()))
    return Go(_back(asking), said="You said yes. They get a mail.")


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/refusal", again=show_booking)
def refuse(asking: Asking) -> Answer:
    """Say no, with a reason or without."""
    reason = asking.form.needed("reason") if asking.form.text("reason") else None
    command = c.RefuseBooking(coop_id=asking.coop_id, booking_id=asking.place("booking_id"), reason=reason)
    asking.site.settled(Bookings(asking.site.history).refuse_booking(command, asking.asked()))
    return Go(_back(asking), said="You said no. They get a mail.")


@post("/coops/{coop_id:uuid}/bookings/{booking_id:uuid}/cancellation", again=show_booking)
def cancel(asking: Asking) -> Answer:
    """Give the hours back."""
    command = c.CancelBooking(coop_id=asking.coop_id, booking_id=asking.place("booking_id"))
    asking.site.settled(Bookings(asking.site.history).cancel_booking(command, asking.asked()))
    return Go(_back(asking), said="Cancelled. The hours are free for the others.")


def _back(asking: Asking) -> str:
    return f"/coops/{asking.coop_id}/bookings/{asking.place('booking_id')}"


def _month(asking: Asking, mine: list[BookingRow], names: dict[UUID, Any]) -> dict[str, Any]:
    today = asking.now.astimezone(asking.zone).date()
    asked_for = asking.sent.query.get("month", "")
    first = date.fromisoformat(f"{asked_for}-01") if stories.is_month(asked_for) else today.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday.month == first.month or monday < first:
        days = [monday + timedelta(days=each) for each in range(7)]
        weeks.append([stories.day_cell(asking, each, first, today, mine, names) for each in days])
        monday += timedelta(days=7)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    path = f"/coops/{asking.coop_id}/bookings?month="
    return {"first": first, "weeks": weeks, "before": f"{path}{before:%Y-%m}", "after": f"{path}{after:%Y-%m}"}

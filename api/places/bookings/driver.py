"""Who drove, for a fine, of a driver who was erased: shown once to the référent who asks, and told to all."""

from typing import ClassVar
from uuid import UUID

from api.places.bookings.one import BOOKING, show_booking
from api.web.acts import write
from api.web.answers import Page, View
from api.web.fields import read_form
from api.web.routes import form
from api.web.visit import Visit
from fleet.queries import vehicle_look
from usecases.driving.fines import ForAFine, WhoDrove, who_drove


class DriverShown(View, frozen=True, kw_only=True):
    """Who drove which vehicle."""

    template: ClassVar[str] = "bookings/driver.html"

    driver: WhoDrove
    vehicle_name: str


@form(f"{BOOKING}/driver", who="referent", page=show_booking)
def look_up_driver(visit: Visit, booking_id: UUID) -> Page:
    """Open who made the trip, for a fine."""
    actor = visit.actor
    driver = who_drove(actor, booking_id, read_form(visit.form, ForAFine), visit.asked())
    look = vehicle_look(actor.connection, actor.coop_id, driver.vehicle_id)
    return Page(DriverShown(driver=driver, vehicle_name=look.name))


@write(f"{BOOKING}/driver", who="referent", example={"reason": "Fine 123456789 of 3 November"})
def open_driver(visit: Visit, booking_id: UUID, body: ForAFine) -> WhoDrove:
    """Open who made the trip, for a fine, where the driver was erased; all members read who asked, and why."""
    return who_drove(visit.actor, booking_id, body, visit.asked())

"""Who is free for the hours wanted, near, at what price; the others with why not."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, ClassVar

import msgspec

from api.places import COOP
from api.places.vehicles.hours import CHOICES, hours_asked
from api.web.answers import Page, View
from api.web.forms import Form, Misread
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.period import Aware, Period
from kernel.text import N_
from usecases.actor import Actor
from usecases.driving.finding import Availability, Degrees, availability

USUALLY = timedelta(hours=2)


class Search(msgspec.Struct, frozen=True):
    """The hours a program asks for, and from where."""

    start: Annotated[Aware | None, msgspec.Meta(description="first instant, now when not said")] = None
    end: Annotated[Aware | None, msgspec.Meta(description="end, two hours later when not said")] = None
    latitude: Annotated[str, msgspec.Meta(description="where one is, in degrees; at home when not said")] = ""
    longitude: Annotated[str, msgspec.Meta(description="the other half of where one is")] = ""


class WhoIsFree(View, frozen=True, kw_only=True):
    """The hours chosen, the vehicles that can be had then (nearest first), and those that cannot."""

    template: ClassVar[str] = "vehicles/availability.html"

    choices: Sequence[str] = CHOICES
    choice: str
    period: Period
    free: Sequence[Availability]
    not_free: Sequence[Availability]


@page(f"{COOP}/availability", who="member")
def who_is_free(visit: Visit) -> Page:
    """Show who is free for the hours wanted."""
    hours = hours_asked(visit)
    offers = availability(visit.actor, hours.period, position_said(visit))
    view = WhoIsFree(
        choice=hours.choice,
        period=hours.period,
        free=[offer for offer in offers if offer.free],
        not_free=[offer for offer in offers if not offer.free],
    )
    return Page(view, refused=hours.refused)


@question(f"{COOP}/availability", who="member")
def who_can_be_had(actor: Actor, query: Search) -> tuple[Availability, ...]:
    """Which vehicles can be had for these hours, and why the others cannot."""
    start = query.start or actor.now
    try:
        period = Period(start, query.end or start + USUALLY)
    except ValueError as error:
        raise Misread({"end": N_("The end must come after the start.")}) from error
    return availability(actor, period, _position(query.latitude, query.longitude))


def position_said(visit: Visit) -> Degrees | None:
    """Return where the reader's phone says that she is, or `None`; `Misread` when it is no position."""
    return _position(visit.given("latitude"), visit.given("longitude"))


def _position(latitude: str, longitude: str) -> Degrees | None:
    return Form({"latitude": [latitude], "longitude": [longitude]}).position()

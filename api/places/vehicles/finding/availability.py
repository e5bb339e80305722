"""Who is free for the hours wanted, near, at what price; the others with why not."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.vehicles.finding.distance import distance_asked, together
from api.places.vehicles.finding.hours import CHOICES, days_from, hours_asked
from api.web.answers import Page, View
from api.web.forms import Form, Misread
from api.web.routes import page, question
from api.web.visit import Visit
from booking.hours.usual import Usual
from kernel.period import Aware, Period
from kernel.refused import Reason, Unreadable
from kernel.text import N_
from usecases.actor import Actor
from usecases.finding.availability import MOST_KM, Availability, Degrees, availability
from usecases.finding.usual import usual_hours

USUALLY = timedelta(hours=2)
MOST_OFFERS = 40
FIRST_DAYS, MOST_DAYS = 14, 63
OF_KM = "how far one drives, which prices are for; as people usually do in as many hours when not said"


class Search(msgspec.Struct, frozen=True):
    """The hours a program asks for, and from where."""

    start: Annotated[Aware | None, msgspec.Meta(description="first instant, now when not said")] = None
    end: Annotated[Aware | None, msgspec.Meta(description="end, two hours later when not said")] = None
    latitude: Annotated[str, msgspec.Meta(description="where one is, in degrees; at home when not said")] = ""
    longitude: Annotated[str, msgspec.Meta(description="the other half of where one is")] = ""
    km: Annotated[Annotated[int, msgspec.Meta(ge=0, le=MOST_KM)] | None, msgspec.Meta(description=OF_KM)] = None


class Unavailable(msgspec.Struct, frozen=True):
    """Vehicles that cannot be had for these hours for one reason, which is said once for all of them."""

    why_not: Reason
    offers: Sequence[Availability]


class WhoIsFree(View, frozen=True, kw_only=True):
    """The hours chosen, some of the vehicles that can be had then (nearest first), and those that cannot.

    Of hours that are `misread` nothing is offered. Prices are for `km`; `near` is where she said that she is. There are
    more after the `last` one shown, if any; `goes_on` when these are not the first.
    """

    template: ClassVar[str] = "vehicles/finding/availability.html"

    choices: Sequence[str] = CHOICES
    choice: str
    usual: Usual | None
    days: Sequence[date]
    period: Period
    misread: bool
    km: int
    near: Mapping[str, str]
    free: Sequence[Availability]
    not_free: Sequence[Unavailable]
    goes_on: bool
    last: UUID | None

    @property
    def asked(self) -> Mapping[str, str]:
        """What asks for the same again."""
        exact = {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()}
        return {**(exact if self.choice == "choose" else {"when": self.choice}), **self.near}

    @property
    def more(self) -> Mapping[str, str] | None:
        """What asks for the next ones, for exactly these hours."""
        exact = {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()}
        return {**exact, **self.near, "after": str(self.last)} if self.last else None

    @property
    def by_distance(self) -> bool:
        """Whether the price of any depends on how far one drives."""
        return any(offer.per_km for offer in self.free)


@page(f"{COOP}/availability", who="member")
def who_is_free(visit: Visit) -> Page:
    """Show who is free for the hours wanted."""
    hours = hours_asked(visit)
    distance = distance_asked(visit, hours.period)
    near, after = position_said(visit), visit.given_id("after")
    offers = () if hours.refused else availability(visit.actor, hours.period, near, distance.km)
    first = _place_after(offers, after) if after else 0
    shown = offers[first : first + MOST_OFFERS]
    view = WhoIsFree(
        choice=hours.choice,
        usual=usual_hours(visit.actor),
        days=days_from(visit.actor.today, MOST_DAYS if hours.choice == "choose" else FIRST_DAYS),
        period=hours.period,
        misread=hours.refused is not None,
        km=distance.km,
        near={name: given for name in ("latitude", "longitude") if (given := visit.given(name))},
        free=[offer for offer in shown if offer.free],
        not_free=_by_reason(shown),
        goes_on=first > 0,
        last=shown[-1].vehicle_id if first + MOST_OFFERS < len(offers) else None,
    )
    return Page(view, refused=together(hours.refused, distance.refused), keeps=distance.keeps)


@question(f"{COOP}/availability/usual", who="member")
def what_is_usual(actor: Actor) -> Usual | None:
    """The hours I usually take that come next, with the vehicle I take then; null where nothing is usual yet."""
    return usual_hours(actor)


@question(f"{COOP}/availability", who="member")
def who_can_be_had(actor: Actor, query: Search) -> tuple[Availability, ...]:
    """Which vehicles can be had for these hours, at what price, and why the others cannot."""
    start = query.start or actor.now
    try:
        period = Period(start, query.end or start + USUALLY)
    except ValueError as error:
        raise Misread({"end": N_("The end must come after the start.")}) from error
    return availability(actor, period, _position(query.latitude, query.longitude), query.km)


def _by_reason(offers: Sequence[Availability]) -> list[Unavailable]:
    """Return those that cannot be had, by why not: what holds for most of them first."""
    alike: list[tuple[Reason, list[Availability]]] = []
    for offer in offers:
        if offer.why_not is None:
            continue
        known = next((found for reason, found in alike if reason == offer.why_not), None)
        if known is None:
            alike.append((offer.why_not, [offer]))
        else:
            known.append(offer)
    return [Unavailable(*group) for group in sorted(alike, key=lambda group: -len(group[1]))]


def position_said(visit: Visit) -> Degrees | None:
    """Return where the reader's phone says that she is, or `None`; `Misread` when it is no position."""
    return _position(visit.given("latitude"), visit.given("longitude"))


def _place_after(offers: Sequence[Availability], vehicle_id: UUID) -> int:
    """Return the place of the offer that follows a vehicle's; refuses when it is not offered (any more)."""
    place = next((place for place, offer in enumerate(offers, start=1) if offer.vehicle_id == vehicle_id), None)
    if place is None:
        raise Unreadable(what="this is not the mark of a list's next page")
    return place


def _position(latitude: str, longitude: str) -> Degrees | None:
    return Form({"latitude": [latitude], "longitude": [longitude]}).position()

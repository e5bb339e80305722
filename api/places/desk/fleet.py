"""The vehicles in service as a table."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec

from api.places import COOP
from api.places.tables import ROWS, Order, order_of
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page, question
from api.web.visit import Visit
from fleet.listing.queries import ByColumn
from fleet.queries import count_in_service
from kernel.slice import Slice, Wanted
from usecases.actor import Actor
from usecases.desk.vehicles import VehicleInUse, vehicles_in_use

FLEET = f"{COOP}/fleet"


class FleetAsked(Wanted, frozen=True, kw_only=True):
    """By what the vehicles are sorted, and which slice of them."""

    sort: Annotated[ByColumn, msgspec.Meta(description="with a minus, falling")] = "name"


class WholeFleet(View, frozen=True, kw_only=True):
    """Some vehicles of `count`, or those whose name or plate holds `q`; `after` is where the next ones begin."""

    template: ClassVar[str] = "desk/fleet.html"

    vehicles: Sequence[VehicleInUse]
    count: int
    q: str
    after: str | None
    order: Order


@page(FLEET, who="member")
def whole_fleet(visit: Visit) -> Page:
    """Show the vehicles in service as a table."""
    actor, q, asked = visit.actor, visit.name_asked(), read_query(visit.sent.query, FleetAsked)
    found = vehicles_in_use(actor, called=q, by=asked.sort, after=asked.after, most=ROWS)
    count = count_in_service(actor.connection, actor.coop_id)
    view = WholeFleet(vehicles=found.items, count=count, q=q, after=found.after, order=order_of(visit, asked.sort))
    return Page(view)


@question(FLEET, who="member")
def fleet_in_use(actor: Actor, query: FleetAsked) -> Slice[VehicleInUse]:
    """The vehicles in service: plate, place, odometer, end of papers, next held from, and trips of this month."""
    return vehicles_in_use(actor, by=query.sort, after=query.after, most=query.limit)

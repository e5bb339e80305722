"""All the neighbours, by name, a slice at a time, and those whose name holds what one looks for."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from api.places.members.member import MEMBERS
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from fleet.queries import vehicles_by_owner
from governance.queries import MemberRow, member_count, members_slice
from kernel.slice import Slice
from usecases.actor import Actor

MOST = 40


class Belonging(msgspec.Struct, frozen=True):
    """A member, with the names of the vehicles she owns or has a share of."""

    member: MemberRow
    vehicles: Sequence[str]


class AllNeighbours(View, frozen=True, kw_only=True):
    """Some neighbours of `count`: those called `q`, everyone when it is empty; `after` is where the next ones begin."""

    template: ClassVar[str] = "members/neighbours.html"

    count: int
    q: str
    members: Sequence[Belonging]
    after: str | None


@page(MEMBERS, who="member")
def all_neighbours(visit: Visit) -> Page:
    """Show who belongs to the co-op, by name, or those whose name holds what is looked for."""
    actor, q = visit.actor, visit.name_asked()
    found = neighbours_slice(actor, called=q, after=visit.sent.query.get("after"))
    count = member_count(actor.connection, actor.coop_id)
    return Page(AllNeighbours(count=count, q=q, members=found.items, after=found.after))


def neighbours_slice(actor: Actor, *, called: str = "", after: str | None = None) -> Slice[Belonging]:
    """Return some neighbours by name, each with her vehicles."""
    found = members_slice(actor.connection, actor.coop_id, actor.now, called=called, after=after, most=MOST)
    owned = vehicles_by_owner(actor.connection, actor.coop_id, (row.member_id for row in found.items))
    return found.mapped(lambda row: Belonging(row, owned.get(row.member_id, ())))

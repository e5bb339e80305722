"""All the neighbours, by name, a slice at a time, and those whose name holds what one looks for."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from api.places.members.member import MEMBERS, MembersAsked
from api.places.tables import Order, order_of
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page
from api.web.visit import Visit
from fleet.queries import vehicles_by_owner
from governance.queries import ByColumn, MemberRow, member_count, members_slice
from kernel.money import Money
from kernel.slice import Slice
from ledger.entries.queries import balances
from usecases.actor import Actor
from usecases.money.accounts import reads_accounts

MOST = 40


class Belonging(msgspec.Struct, frozen=True):
    """A member, with the names of the vehicles she owns or has a share of."""

    member: MemberRow
    vehicles: Sequence[str]


class NeighbourRow(msgspec.Struct, frozen=True):
    """A member as a row: her vehicles, and how she stands."""

    member: MemberRow
    vehicles: Sequence[str]
    balance: Money


class AllNeighbours(View, frozen=True, kw_only=True):
    """Some neighbours of `count`: those called `q`, everyone when it is empty; `after` is where the next ones begin.

    `opens`: whether the reader may look at anyone's account.
    """

    template: ClassVar[str] = "members/neighbours.html"

    count: int
    q: str
    members: Sequence[NeighbourRow]
    after: str | None
    order: Order
    opens: bool


@page(MEMBERS, who="member")
def all_neighbours(visit: Visit) -> Page:
    """Show who belongs to the co-op, by name or by when they joined, or those whose name holds what is looked for."""
    actor, q, asked = visit.actor, visit.name_asked(), read_query(visit.sent.query, MembersAsked)
    found = neighbours_slice(actor, called=q, by=asked.sort, after=asked.after)
    view = AllNeighbours(
        count=member_count(actor.connection, actor.coop_id),
        q=q,
        members=_with_balances(actor, found.items),
        after=found.after,
        order=order_of(visit, asked.sort),
        opens=reads_accounts(actor),
    )
    return Page(view)


def _with_balances(actor: Actor, found: Sequence[Belonging]) -> list[NeighbourRow]:
    ids = [row.member.member_id for row in found]
    known = balances(actor.connection, actor.coop_id, accounts=ids)
    return [NeighbourRow(row.member, row.vehicles, actor.money(known.get(row.member.member_id, 0))) for row in found]


def neighbours_slice(
    actor: Actor, *, called: str = "", by: ByColumn = "name", after: str | None = None
) -> Slice[Belonging]:
    """Return some neighbours by name, or by when they joined, each with her vehicles."""
    found = members_slice(actor.connection, actor.coop_id, actor.now, called=called, by=by, after=after, most=MOST)
    owned = vehicles_by_owner(actor.connection, actor.coop_id, (row.member_id for row in found.items))
    return found.mapped(lambda row: Belonging(row, owned.get(row.member_id, ())))

"""The demo's first doors: some of its people, each with one thing to do, where there is that thing to do."""

from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import UUID

import msgspec

from booking.queries import asked_or_out
from governance.queries import CoopRow, MemberRow
from governance.roles import Role
from governance.votes.queries import votes_asked_of
from ledger.settlement.queries import open_plan
from usecases.actor import Actor

Doing = Literal["invite", "settle", "answer", "vote", "return", "book"]
Who = Iterator[tuple[MemberRow, str]]
FIRST = 5


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to step in as, what she may do at once, and the page where she does."""

    person_id: UUID
    name: str
    roles: Sequence[Role]
    doing: Doing
    to: str


def first_doors(actor: Actor, coop: CoopRow, members: Sequence[MemberRow]) -> list[Door]:
    """Return up to five doors into a co-op, each of another person with another thing to do."""
    doors: dict[UUID, Door] = {}
    for doing, wanted in _wanted(actor, coop.coop_id, members):
        there = ((who, page) for who, page in wanted if who.person_id not in doors)
        for who, page in there if len(doors) < FIRST else ():
            to = f"/coops/{coop.coop_id}/{page}"
            if who.person_id:
                doors[who.person_id] = Door(
                    person_id=who.person_id, name=who.name or "", roles=who.roles, doing=doing, to=to
                )
            break
    return list(doors.values())


def _wanted(actor: Actor, coop_id: UUID, members: Sequence[MemberRow]) -> Iterator[tuple[Doing, Who]]:
    """Yield what can be done, by whom and on which page; the last of it can always be done."""
    yield "invite", ((who, "invitations") for who in members if Role.REFERENT in who.roles)
    if plan := open_plan(actor.connection, coop_id):
        yield "settle", ((who, f"plans/{plan.plan_id}") for who in members if Role.TREASURER in who.roles)
    rows = asked_or_out(actor.connection, actor.keyring, coop_id)
    mine = {who.member_id: who for who in members}
    asked = ((who, row) for row in rows if row.status == "requested" for who in row.approvers if who in mine)
    yield "answer", ((mine[who], f"bookings/{row.booking_id}") for who, row in asked)
    out = (row for row in rows if row.status == "under_way" and row.driver_id in mine)
    yield "return", ((mine[row.driver_id], f"bookings/{row.booking_id}/return") for row in out)
    votes = ((who, votes_asked_of(actor.connection, coop_id, who.member_id, actor.now)) for who in members)
    yield "vote", ((who, f"proposals/{asks[0].proposal_id}") for who, asks in votes if asks)
    yield "book", ((who, "availability?when=tomorrow") for who in members)

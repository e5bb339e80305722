"""What another put on my account: what it is, who did it, my part of it; and contesting it with a word."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from api.places import COOP
from api.web.acts import Undo, act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.text import N_
from ledger.contesting.commands import ContestBurden
from usecases.actor import Actor
from usecases.money.accounts import Holder, Holders
from usecases.money.books import books_of
from usecases.money.contesting import Burden, bears_burden, burden_of_mine, burdens_of_mine
from usecases.neighbours import Neighbours

BURDENS = f"{COOP}/burdens"
BURDEN = f"{BURDENS}/{{burden_id:uuid}}"


class PutOnMe(msgspec.Struct, frozen=True, kw_only=True):
    """What another put on my account, that I may still contest, or have contested."""

    burden_id: UUID
    kind: str
    vehicle_id: UUID | None
    vehicle_name: str | None
    put_by: Holder | None
    until: datetime
    amount: Money
    is_contested: bool


class AllBurdens(View, frozen=True, kw_only=True):
    """All that others put on my account and I may still contest, or have contested, newest first."""

    template: ClassVar[str] = "contests/burdens.html"

    put_on_me: Sequence[PutOnMe]


class OneBurden(View, frozen=True, kw_only=True):
    """What another put on my account, by whom, and whether I can contest it still; who has left reads no more of it."""

    template: ClassVar[str] = "contests/burden.html"

    burden: Burden
    vehicle_name: str | None
    put_by: Holder | None
    can_contest: bool
    is_member: bool

    @property
    def whole(self) -> Money:
        """What it is in all."""
        return Money(self.burden.whole_cents, self.burden.currency)


@page(BURDENS, who="member")
def show_burdens(visit: Visit) -> Page:
    """Show all that others put on my account, while I may contest it."""
    burdens, neighbours = burdens_of_mine(visit.actor), Neighbours(visit.actor)
    neighbours.meet(members=(row.put_by for row in burdens), vehicles=(row.vehicle_id for row in burdens))
    return Page(AllBurdens(put_on_me=put_on_me(burdens, neighbours, Holders(visit.actor, neighbours))))


def put_on_me(burdens: Sequence[Burden], neighbours: Neighbours, holders: Holders) -> list[PutOnMe]:
    """Return burdens as a page shows them."""
    return [
        PutOnMe(
            burden_id=burden.burden_id,
            kind=burden.kind,
            vehicle_id=burden.vehicle_id,
            vehicle_name=neighbours.vehicle(burden.vehicle_id),
            put_by=holders.of(burden.put_by) if burden.put_by else None,
            until=burden.until,
            amount=burden.amount,
            is_contested=burden.contest_id is not None,
        )
        for burden in burdens
    ]


@page(BURDEN, who=bears_burden)
def show_burden(visit: Visit, burden_id: UUID) -> Page:
    """Show what another put on my account, and ask for a word to contest it with."""
    actor, burden = visit.actor, burden_of_mine(visit.actor, burden_id)
    neighbours = Neighbours(actor).meet(members=(burden.put_by,), vehicles=(burden.vehicle_id,))
    view = OneBurden(
        burden=burden,
        vehicle_name=neighbours.vehicle(burden.vehicle_id),
        put_by=Holders(actor, neighbours).of(burden.put_by) if burden.put_by else None,
        can_contest=burden.contest_id is None and actor.now < burden.until,
        is_member=actor.member is not None,
    )
    return Page(view)


@question(BURDENS, who="member")
def burdens(actor: Actor) -> tuple[Burden, ...]:
    """What others put on my account that I may still contest, or have contested, newest first."""
    return tuple(burdens_of_mine(actor))


@act(
    f"{BURDEN}/contest",
    who=bears_burden,
    page=show_burden,
    said=N_("It is contested: your part stands apart, and no settlement asks for it until this ends."),
    then="/coops/{coop_id}/contests/{id}",
    undo=Undo("/coops/{coop_id}/contests/{id}/withdrawal"),
    example={"reason": "Je n'étais pas de ce trajet."},
)
def contest_burden(actor: Actor, command: ContestBurden, asked: Asked) -> Done:
    """Say that my part of it is not mine to bear, and why: it stands apart until this ends."""
    return books_of(actor).contest_burden(command, replace(asked, by=actor.account))

"""Leaving the co-op: what stays, what goes, what has to be done first."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from api.places import COOP
from api.web.acts import Fields, act
from api.web.answers import Go, Page, View
from api.web.routes import page
from api.web.visit import Visit
from governance.queries import coops_of
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.refused import Reason
from kernel.text import N_
from ledger.entries.queries import balance
from ledger.settlement.apart import standing_apart
from usecases import leaving
from usecases.actor import Actor
from usecases.leaving import Depart, is_herself, is_herself_or_referent

MEMBER = f"{COOP}/members/{{member_id:uuid}}"


class Leaving(View, frozen=True, kw_only=True):
    """Her balance, what of it stands `apart`, what is in the way; `elsewhere`: in another co-op she is a member too."""

    template: ClassVar[str] = "profile/leaving.html"

    member_id: UUID
    balance: Money
    apart: Money
    hindrances: Sequence[Reason]
    elsewhere: bool

    @property
    def to_settle(self) -> Money:
        """What the next settlement asks her for, or pays her."""
        return self.balance - self.apart


@page(f"{MEMBER}/departure", who=is_herself)
def leave_form(visit: Visit, member_id: UUID) -> Page:
    """Show what leaving means, and what stands in its way."""
    actor = visit.actor
    hindrances = leaving.hindrances(actor, member_id)
    view = Leaving(
        member_id=member_id,
        balance=actor.money(balance(actor.connection, actor.coop_id, member_id)),
        apart=actor.money(standing_apart(actor.connection, actor.coop_id).get(member_id, 0)),
        hindrances=[hindrance.reason() for hindrance in hindrances],
        elsewhere=len(coops_of(actor.connection, actor.my_person.person_id)) > 1,
    )
    return Page(view)


def typed_departure(visit: Visit) -> Fields:
    """Return whether she asks to be erased too, once she said that she understands."""
    visit.form.understood()
    return {"erase": visit.form.ticked("erase")}


def once_gone(visit: Visit, _: Done) -> Go:
    """Say what was done, on the page that keeps her account open to her."""
    goodbye = f"/coops/{visit.actor.coop_id}/open-account"
    if visit.form.ticked("erase"):
        return Go(
            goodbye, said=N_("You have left the co-op. Your data are erased in thirty days: you may still keep them.")
        )
    return Go(goodbye, said=N_("You have left the co-op."))


@act(
    f"{MEMBER}/departure",
    who=is_herself_or_referent,
    page=leave_form,
    read=typed_departure,
    then=once_gone,
    lasting="She is invited again; her account stays hers.",
    example={},
)
def leave_coop(actor: Actor, command: Depart, asked: Asked) -> Done:
    """Leave the co-op; the balance stays in the books. Removing another needs a vote."""
    return leaving.depart(actor, command, asked)

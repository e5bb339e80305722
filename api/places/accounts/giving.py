"""Giving part of what one is owed to the common purse."""

from typing import ClassVar

from api.places import COOP
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.text import N_
from ledger.entries.commands import Contribute
from ledger.entries.queries import balance
from usecases.actor import Actor
from usecases.money.books import books_of

CONTRIBUTIONS = f"{COOP}/contributions"


class Giving(View, frozen=True, kw_only=True):
    """What the reader is owed or owes before she gives."""

    template: ClassVar[str] = "accounts/giving.html"

    balance: Money


@page(f"{CONTRIBUTIONS}/new", who="member")
def new_gift(visit: Visit) -> Page:
    """Ask how much to give to the common purse."""
    actor = visit.actor
    return Page(Giving(balance=actor.money(balance(actor.connection, actor.coop_id, actor.me))))


@act(
    CONTRIBUTIONS,
    who="member",
    page=new_gift,
    read=lambda visit: {"cents": visit.form.money("amount").cents},
    typed_as={"cents": "amount"},
    said=N_("Given to the common purse. Thank you."),
    then="/coops/{coop_id}/accounts",
    lasting="The treasurer undoes its entry in the books.",
    example={"cents": 1500},
)
def give(actor: Actor, command: Contribute, asked: Asked) -> Done:
    """Give part of what I am owed to the co-op."""
    return books_of(actor).contribute(command, asked)

"""Where the co-op itself is paid: treasurers and référents keep it."""

from typing import ClassVar

from api.places import COOP
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from governance.commands import SetBankAccount
from kernel.command import Asked, Done
from kernel.text import N_
from people.bank_account import NotAnIban
from usecases.actor import Actor
from usecases.money.bank_account import CoopIbanKept, keeps_bank_account
from usecases.money.bank_account import set_bank_account as keep_bank_account

BANK_ACCOUNT = f"{COOP}/bank-account"


class BankAccount(View, frozen=True, kw_only=True):
    """The account as it is known, empty when it is not."""

    template: ClassVar[str] = "members/bank_account.html"

    holder: str
    iban: str


@page(BANK_ACCOUNT, who=keeps_bank_account)
def bank_account(visit: Visit) -> Page:
    """Show where the co-op itself is paid, to change it."""
    coop = visit.actor.my_coop
    return Page(BankAccount(holder=coop.holder or "", iban=coop.iban or ""))


@act(
    BANK_ACCOUNT,
    who=keeps_bank_account,
    page=bank_account,
    about={"iban": (NotAnIban, CoopIbanKept)},
    said=N_("The co-op's bank account is kept."),
    then="/coops/{coop_id}/community",
    method="PUT",
    lasting="Another is written in its place.",
    example={"holder": "Les Voisins de Crest", "iban": "FR76 3000 6000 0112 3456 7890 189"},
)
def set_bank_account(actor: Actor, command: SetBankAccount, asked: Asked) -> Done:
    """Say where the co-op itself is paid; treasurers and référents."""
    return keep_bank_account(actor, command, asked)

"""A transfer of a plan: who pays says that it was made, who receives that it has come."""

from api.places.settlement.plan import PLAN, show_plan
from api.web.acts import act
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.text import N_
from ledger.settlement.commands import ConfirmPaid, DeclarePaid
from usecases.actor import Actor
from usecases.money import paying
from usecases.money.paying import pays_transfer, receives_transfer

TRANSFER = f"{PLAN}/transfers/{{line_id:uuid}}"


def back(visit: Visit, _: Done) -> str:
    """Return the plan's page; to who has left, that of her account."""
    coop = f"/coops/{visit.actor.coop_id}"
    return f"{coop}/open-account" if visit.actor.former else f"{coop}/plans/{visit.id_of('plan_id')}"


@act(
    f"{TRANSFER}/payment",
    who=pays_transfer,
    page=show_plan,
    said=N_("Noted: you have paid. The receiver will say when it has come."),
    then=back,
    example={},
)
def declare_paid(actor: Actor, command: DeclarePaid, asked: Asked) -> Done:
    """Say that I made a transfer, or the co-op as its treasurer."""
    return paying.declare_paid(actor, command, asked)


@act(
    f"{TRANSFER}/receipt",
    who=receives_transfer,
    page=show_plan,
    said=N_("Noted: it has come. Both balances are up to date."),
    then=back,
    example={},
)
def confirm_paid(actor: Actor, command: ConfirmPaid, asked: Asked) -> Done:
    """Say that the money of a transfer has come to me, or to the co-op as its treasurer."""
    return paying.confirm_paid(actor, command, asked)

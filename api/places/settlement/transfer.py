"""A transfer of a plan: who pays says that it was made, who receives that it has come.

Where its receiver says nothing for long, the treasurer may, with what proves it.
"""

from typing import ClassVar
from uuid import UUID

from api.places.settlement.plan import PLAN, ShownTransfer, plan, show_plan, shown_transfers
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.refused import Unknown
from kernel.text import N_
from ledger.settlement.commands import ConfirmByProof, ConfirmPaid, DeclarePaid
from usecases.actor import Actor
from usecases.money import paying
from usecases.money.accounts import Holders
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


class Proving(View, frozen=True, kw_only=True):
    """The transfer that the treasurer is about to confirm with proof."""

    template: ClassVar[str] = "settlement/proving.html"

    row: ShownTransfer


@page(f"{TRANSFER}/proof", who="treasurer")
def proving(visit: Visit, plan_id: UUID, line_id: UUID) -> Page:
    """Ask what proves that a transfer has come whose receiver says nothing."""
    found = plan(visit.actor, plan_id)
    transfer = next((transfer for transfer in found.transfers if transfer.line_id == line_id), None)
    if transfer is None:
        raise Unknown
    (row,) = shown_transfers(visit.actor, [transfer], Holders(visit.actor))
    return Page(Proving(row=row))


@act(
    f"{TRANSFER}/proof",
    who="treasurer",
    page=proving,
    said=N_("Noted: it has come. Both are told."),
    then="/coops/{coop_id}/plans/{plan_id}",
    example={"proof": "Relevé de compte du 12 novembre, référence RF18539007547034"},
)
def confirm_by_proof(actor: Actor, command: ConfirmByProof, asked: Asked) -> Done:
    """Say as treasurer, with what proves it, that a transfer has come whose receiver lets her time pass."""
    return paying.confirm_by_proof(actor, command, asked)

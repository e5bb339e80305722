"""A transfer of a plan: who pays says that it was made, or a part of it, who receives that it has come.

Where its receiver says nothing for long, the treasurer may, with what proves it.
"""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from api.drawing.codes import epc_png
from api.places.settlement.plan import PLAN, plan
from api.places.settlement.shown import ShownTransfer, shown_transfers
from api.web.acts import act, undo_of
from api.web.answers import Content, Page, View
from api.web.routes import page
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.refused import Unknown
from kernel.text import N_
from ledger.settlement.commands import (
    ConfirmByProof,
    ConfirmPaid,
    DeclarePaid,
    DenyPaid,
    UndoDeclaration,
    UndoDenial,
    UndoReceipt,
)
from ledger.settlement.plan import AlreadyReceived, MoreThanAsked
from usecases.actor import Actor
from usecases.money import paying
from usecases.money.accounts import Holders
from usecases.money.books import books_of
from usecases.money.paying import pays_transfer, proves_transfer, receives_transfer

CODE = "payment.png"
TRANSFER = f"{PLAN}/transfers/{{line_id:uuid}}"


def typed_paid(visit: Visit) -> Mapping[str, int]:
    """Return how much is said to be paid, in cents, nought included; nothing where a button says it is all."""
    return {"cents": visit.form.money("amount", least=0).cents} if "amount" in visit.form.texts else {}


def typed_received(visit: Visit) -> Mapping[str, int]:
    """Return how much is said to have come, in cents; nothing where a button says it is all that waits, or is left."""
    return {"cents": visit.form.money("amount").cents} if "amount" in visit.form.texts else {}


@page(f"{TRANSFER}/code", who=pays_transfer)
def code(visit: Visit, plan_id: UUID, line_id: UUID) -> Content:
    """Give the QR code of a transfer as a picture, for the bank's app of who pays it."""
    payload = _shown(visit, plan_id, line_id).transfer.epc
    if payload is None:
        raise Unknown
    return Content(epc_png(payload), "image/png", CODE)


class SayingPaid(View, frozen=True, kw_only=True):
    """The transfer of which the reader is about to say how much she has paid."""

    template: ClassVar[str] = "settlement/paid.html"

    row: ShownTransfer
    back: str


class SayingReceived(View, frozen=True, kw_only=True):
    """The transfer of which the reader is about to say how much has come."""

    template: ClassVar[str] = "settlement/received.html"

    row: ShownTransfer
    back: str


@page(f"{TRANSFER}/payment", who=pays_transfer)
def paid(visit: Visit, plan_id: UUID, line_id: UUID) -> Page:
    """Ask how much of a transfer is paid."""
    return Page(SayingPaid(row=_shown(visit, plan_id, line_id), back=_back(visit)))


@act(
    f"{TRANSFER}/payment",
    who=pays_transfer,
    page=paid,
    read=typed_paid,
    typed_as={"cents": "amount"},
    about={"amount": (MoreThanAsked, AlreadyReceived)},
    said=N_("Noted. The receiver will say when it has come."),
    then=lambda visit, _: _back(visit),
    example={"cents": 2000},
)
def declare_paid(actor: Actor, command: DeclarePaid, asked: Asked) -> Done:
    """Say that I made a transfer, or how much of it in all; or the co-op, as its treasurer."""
    return paying.declare_paid(actor, command, asked)


@undo_of(declare_paid, said=N_("Undone: it is not said to be paid."))
def undo_declaration(actor: Actor, command: UndoDeclaration, asked: Asked) -> Done:
    """Take back what I said a moment ago of having paid a transfer."""
    return books_of(actor).undo_declaration(command, replace(asked, by=actor.account))


@page(f"{TRANSFER}/receipt", who=receives_transfer)
def received(visit: Visit, plan_id: UUID, line_id: UUID) -> Page:
    """Ask how much of a transfer has come."""
    return Page(SayingReceived(row=_shown(visit, plan_id, line_id), back=_back(visit)))


@act(
    f"{TRANSFER}/receipt",
    who=receives_transfer,
    page=received,
    read=typed_received,
    typed_as={"cents": "amount"},
    about={"amount": (MoreThanAsked, AlreadyReceived)},
    said=N_("Noted: it has come. Both balances are up to date."),
    then=lambda visit, _: _back(visit),
    example={"cents": 2000},
)
def confirm_paid(actor: Actor, command: ConfirmPaid, asked: Asked) -> Done:
    """Say that the money of a transfer has come, or how much of it in all, to me or, as treasurer, to the co-op."""
    return paying.confirm_paid(actor, command, asked)


@undo_of(confirm_paid, said=N_("Undone: it has not come yet. Both balances are as before."))
def undo_receipt(actor: Actor, command: UndoReceipt, asked: Asked) -> Done:
    """Take back that I said a moment ago that a transfer has come."""
    return books_of(actor).undo_receipt(command, replace(asked, by=actor.account))


@act(
    f"{TRANSFER}/denial",
    who=receives_transfer,
    page=received,
    said=N_("Noted: it has not come, and is owed as before. Both are told."),
    then=lambda visit, _: _back(visit),
    example={},
)
def deny_paid(actor: Actor, command: DenyPaid, asked: Asked) -> Done:
    """Say that what is said to be paid of a transfer has not come, to me or to the co-op I act for."""
    return paying.deny_paid(actor, command, asked)


@undo_of(deny_paid, said=N_("Undone: it waits for your answer again. Both are told."))
def undo_denial(actor: Actor, command: UndoDenial, asked: Asked) -> Done:
    """Take back that I said a moment ago that a transfer has not come."""
    return books_of(actor).undo_denial(command, replace(asked, by=actor.account))


class Proving(View, frozen=True, kw_only=True):
    """The transfer that the treasurer is about to confirm with proof."""

    template: ClassVar[str] = "settlement/proving.html"

    row: ShownTransfer


@page(f"{TRANSFER}/proof", who=proves_transfer)
def proving(visit: Visit, plan_id: UUID, line_id: UUID) -> Page:
    """Ask what proves that a transfer has come whose receiver says nothing."""
    return Page(Proving(row=_shown(visit, plan_id, line_id)))


@act(
    f"{TRANSFER}/proof",
    who=proves_transfer,
    page=proving,
    said=N_("Noted: it has come. Both are told."),
    then="/coops/{coop_id}/plans/{plan_id}",
    lasting="Both are told; the treasurer undoes its entry in the books.",
    example={"proof": "Relevé de compte du 12 novembre, référence RF18539007547034"},
)
def confirm_by_proof(actor: Actor, command: ConfirmByProof, asked: Asked) -> Done:
    """Say as treasurer, with what proves it, that a transfer has come whose receiver lets her time pass."""
    return paying.confirm_by_proof(actor, command, asked)


def _shown(visit: Visit, plan_id: UUID, line_id: UUID) -> ShownTransfer:
    found = plan(visit.actor, plan_id)
    transfer = next((transfer for transfer in found.transfers if transfer.line_id == line_id), None)
    if transfer is None:
        raise Unknown
    (row,) = shown_transfers(visit.actor, [transfer], Holders(visit.actor))
    return row


def _back(visit: Visit) -> str:
    """Return the plan's page; to who has left, that of her account."""
    coop = f"/coops/{visit.actor.coop_id}"
    return f"{coop}/open-account" if visit.actor.former else f"{coop}/plans/{visit.id_of('plan_id')}"

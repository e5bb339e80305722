"""Paying a settlement plan: to whom a transfer goes and on which account, and who says that it was made or has come.

Who has left pays and confirms as before. A transfer of the co-op's own is declared and confirmed by its treasurer; one
between her and the co-op by another. An IBAN is told to who has to pay it, and to nobody else.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from governance.queries import member
from governance.roles import Role
from governance.rules.queries import rules_in_force
from kernel.command import Asked, Done
from kernel.period import in_waking_hours
from kernel.privacy import Sealed
from kernel.refused import NotYours, Refused, Unknown
from ledger.settlement.commands import (
    ConfirmByProof,
    ConfirmCoopPaid,
    ConfirmPaid,
    DeclareCoopPaid,
    DeclarePaid,
    DenyPaid,
    IssuePlan,
)
from ledger.settlement.drawing import as_drafted, draft_lines
from ledger.settlement.payment import IbanUnsound, NotPayable, Payee, epc_payload
from ledger.settlement.queries import PlanLineRow, TransferState, plan_lines
from people.bank_account import opened_account
from people.person import person
from usecases.actor import Actor, asked_of_formers
from usecases.copied import copied
from usecases.money.accounts import acts_for
from usecases.money.acting import Acting
from usecases.money.books import books_of
from usecases.money.settling import plans_voted
from usecases.money.witnessed import check_no_witness_pays


class ReceiverHasTime(Refused):
    """The receiver has until {until} to say that it has come; then the treasurer may, with what proves it."""


class OwnTransfer(NotYours):
    """This transfer is between you and the co-op: another member has to speak for the co-op."""


class Payable(msgspec.Struct, frozen=True, kw_only=True):
    """What a transfer asks of whom; `state` is draft, to_pay, declared or confirmed, `left_cents` what is left to pay.

    `holder`, `iban` and `epc` (the text of the EPC069-12 code) are told to who still has to pay it, and to nobody else.
    `proofs` are what treasurers wrote (`proven_by`, in the same order) who confirmed some of it where its receiver did
    not: told to those between whom it is, treasurers and référents.
    """

    debtor: UUID
    receiver: UUID
    proven_by: tuple[UUID, ...]
    proofs: tuple[str | None, ...] | None
    state: TransferState
    left_cents: int
    holder: str | None
    iban: str | None
    epc: str | None


def payable(actor: Actor, line: PlanLineRow, texts: Mapping[Sealed, str]) -> Payable:
    """Return how to pay a transfer, for the reader who has to, where there is an IBAN and what a code may say.

    `texts` are what was written with it, opened.
    """
    pays = line.can_be_declared and still_pays(actor, line)
    payee, epc = _payee(actor, line.receiver) if pays else None, None
    with suppress(IbanUnsound, NotPayable):  # paid all the same, without a code
        epc = epc_payload(payee, actor.money(line.left_cents), line.reference) if payee else None
    holder, iban = (payee.name, payee.iban) if payee else (None, None)
    proven_by = tuple(proven.proven_by for proven in line.proofs)
    proofs = tuple(texts.get(proven.proof) for proven in line.proofs)
    return copied(line, Payable, proven_by=proven_by, proofs=proofs, holder=holder, iban=iban, epc=epc)


def still_pays(actor: Actor, transfer: Payable | PlanLineRow) -> bool:
    """Who still has to make the transfer: its debtor, or for the co-op the treasurer, a référent where it is to her."""
    if transfer.debtor != actor.coop_id:
        return transfer.left_cents > 0 and transfer.debtor == actor.account
    return transfer.left_cents > 0 and actor.holds(Role.TREASURER, Role.REFERENT)


def issue_plan(actor: Actor, command: IssuePlan, asked: Asked) -> Done:
    """Draw up a settlement plan, a draft for the voted hours, no transfer of which is under the voted floor.

    Refuses as the ledger does.
    """
    voted = plans_voted(actor.connection, actor.coop_id, actor.now)
    return books_of(actor).issue_plan(command, asked, voted.floor_cents, voted.draft_hours)


def is_concerned(actor: Actor, transfer: Payable) -> bool:
    """Those between whom a transfer is, treasurers and référents."""
    between = {transfer.debtor, transfer.receiver}
    return not between.isdisjoint(acts_for(actor)) or actor.holds(Role.TREASURER, Role.REFERENT)


def time_to_confirm(actor: Actor) -> timedelta:
    """Return how long a receiver has, by the rules in force, to say that a transfer said to be made has come."""
    in_force = rules_in_force(actor.connection, actor.coop_id, actor.now)
    return timedelta(days=int(in_force["confirm_days"].number))


def answer_due(actor: Actor, declared_at: datetime, given: timedelta) -> datetime:
    """Return until when a receiver answers a transfer declared at an instant, in the time `given`; never by night."""
    return in_waking_hours(declared_at + given, actor.zone)


def confirm_by_proof(actor: Actor, command: ConfirmByProof, asked: Asked) -> Done:
    """Say, as treasurer, that a transfer has come whose receiver says nothing; never one's own, nor what one said.

    Refuses with `ReceiverHasTime`, `WitnessPays`, and as the ledger does.
    """

    def work(within: Actor) -> Done:
        within.history.hold_all()  # or more could be said to be paid meanwhile, and confirmed at once
        lines = plan_lines(within.connection, within.coop_id, command.plan_id)  # of a draft none: the ledger refuses it
        line = next((line for line in lines if line.line_id == command.line_id), None)
        if line:
            _check_may_prove(within, line)
        return books_of(within).confirm_by_proof(command, asked, line.declared_by if line else None)

    return actor.together(work)


def _check_may_prove(actor: Actor, line: PlanLineRow) -> None:
    if not Acting(actor).proves(line):
        raise NotYours
    if line.declared_at and actor.now < (until := answer_due(actor, line.declared_at, time_to_confirm(actor))):
        raise ReceiverHasTime(until=until)
    check_no_witness_pays(actor, line.debtor)


def iban_lacking(actor: Actor, receiver: UUID) -> Literal["mine", "purse"] | None:
    """Return whose IBAN the reader can write down so that a transfer has where to go; `None` when there is nothing."""
    if actor.former is None and receiver == actor.me:
        me = actor.my_person
        return None if opened_account(actor.keyring, me.person_id, me.account) else "mine"
    if receiver == actor.coop_id and actor.holds(Role.TREASURER):
        return None if actor.my_coop.iban else "purse"
    return None


@asked_of_formers
def pays_transfer(actor: Actor, plan_id: UUID, line_id: UUID) -> bool:
    """Has to make the transfer: it is hers, or the co-op's and she its treasurer; of one to her, another."""
    line = _transfer(actor, plan_id, line_id)
    return _acts(actor, line.debtor, line.receiver)


@asked_of_formers
def receives_transfer(actor: Actor, plan_id: UUID, line_id: UUID) -> bool:
    """The transfer is made to her, or to the co-op and she is its treasurer; of one from her, another."""
    line = _transfer(actor, plan_id, line_id)
    return _acts(actor, line.receiver, line.debtor)


def proves_transfer(actor: Actor, plan_id: UUID, line_id: UUID) -> bool:
    """Is treasurer; of what the co-op pays, where none is free of it, whoever speaks for it in her place."""
    return actor.holds(Role.TREASURER) or Acting(actor).proves(_transfer(actor, plan_id, line_id))


def declare_paid(actor: Actor, command: DeclarePaid, asked: Asked) -> Done:
    """Say how much of a transfer was made: one's own, or the co-op's one acts for. Refuses as the ledger does."""
    line = _transfer(actor, command.plan_id, command.line_id)
    if line.debtor == actor.coop_id and _acts(actor, line.debtor, line.receiver):
        return books_of(actor).declare_coop_paid(copied(command, DeclareCoopPaid), asked)
    return books_of(actor).declare_paid(command, replace(asked, by=actor.account))


def confirm_paid(actor: Actor, command: ConfirmPaid, asked: Asked) -> Done:
    """Say how much of a transfer has come: to oneself, or to the co-op one acts for.

    Refuses with `WitnessPays`, and as the ledger does.
    """
    line = _transfer(actor, command.plan_id, command.line_id)
    check_no_witness_pays(actor, line.debtor)
    if line.receiver == actor.coop_id and _acts(actor, line.receiver, line.debtor):
        return books_of(actor).confirm_coop_paid(copied(command, ConfirmCoopPaid), asked)
    return books_of(actor).confirm_paid(command, replace(asked, by=actor.account))


def deny_paid(actor: Actor, command: DenyPaid, asked: Asked) -> Done:
    """Say that what is said to be paid has not come, to oneself or to the co-op one acts for; refuses as the ledger."""
    line = _transfer(actor, command.plan_id, command.line_id)
    for_coop = line.receiver == actor.coop_id and _acts(actor, line.receiver, line.debtor)
    receiver = actor.coop_id if for_coop else actor.account
    return books_of(actor).deny_paid(command, replace(asked, by=actor.account), receiver)


def _acts(actor: Actor, account: UUID, across: UUID) -> bool:
    """Tell whether the reader acts for an account in a transfer with another.

    Refuses with `OwnTransfer` a treasurer whose own it is.
    """
    acting = Acting(actor)
    if acting.leaves_to_another(account, across):
        raise OwnTransfer
    return acting(account, across)


def _transfer(actor: Actor, plan_id: UUID, line_id: UUID) -> PlanLineRow:
    drawn = as_drafted(actor.connection, actor.coop_id, plan_id)
    lines = draft_lines(plan_id, drawn) if drawn else plan_lines(actor.connection, actor.coop_id, plan_id)
    found = next((line for line in lines if line.line_id == line_id), None)
    if found is None:
        raise Unknown
    return found


def _payee(actor: Actor, receiver: UUID) -> Payee | None:
    if receiver == actor.coop_id:
        coop = actor.my_coop
        return Payee(coop.holder or coop.name, coop.iban) if coop.iban else None
    found = member(actor.connection, actor.coop_id, receiver, actor.now)
    someone = person(actor.connection, found.person_id) if found and found.person_id else None
    account = opened_account(actor.keyring, someone.person_id, someone.account) if someone else None
    return Payee(account.holder or someone.name, account.iban) if someone and account else None

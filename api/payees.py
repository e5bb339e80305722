"""Whom a transfer of a plan is paid to. An IBAN is shown to who has to pay it, and to nobody else."""

from uuid import UUID

import msgspec

from api.holders import acting_for
from api.web.visit import Visit
from governance.queries import member
from kernel.money import Money
from ledger.settlement.payment import IbanUnsound, NotPayable, Payee, epc_payload
from ledger.settlement.queries import PlanLineRow
from people.person import person


class Payable(msgspec.Struct, frozen=True):
    """Where to send the money, and the text of the QR code that says so to a bank's app."""

    payee: Payee
    epc: str


def payable(visit: Visit, line: PlanLineRow) -> Payable | None:
    """Return how to pay a transfer, for the reader who has to; `None` for others, once paid, or without an IBAN."""
    if line.state != "to_pay" or line.debtor not in acting_for(visit):
        return None
    payee = _payee(visit, line.receiver)
    if payee is None:
        return None
    try:
        return Payable(payee, epc_payload(payee, Money(line.cents), line.reference))
    except (IbanUnsound, NotPayable):
        return None


def _payee(visit: Visit, receiver: UUID) -> Payee | None:
    if receiver == visit.coop_id:
        here = visit.here
        return Payee(here.holder or here.name, here.iban) if here.iban else None
    found = member(visit.connection, visit.coop_id, receiver, visit.now)
    someone = person(visit.connection, found.person_id) if found and found.person_id else None
    return Payee(someone.iban_holder or someone.name, someone.iban) if someone and someone.iban else None

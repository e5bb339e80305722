"""A settlement plan: transfers that stay as they were issued, each declared by who pays and confirmed by who receives.

Settling against a plan, instead of computing again after each payment, is what keeps the other lines as they are.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import Money
from kernel.privacy import Sealed
from kernel.refused import NotYours, Refused, Unknown
from ledger.entries.causes.transfer import PlanLinePaid, payment, payment_id
from ledger.entries.draft import Draft
from ledger.settlement.events import (
    PlanCompleted,
    PlanIssued,
    PlanLine,
    PlanLineConfirmed,
    PlanLineDeclared,
    PlanLineProven,
    PlanWithdrawn,
)
from ledger.settlement.payment import creditor_reference
from ledger.settlement.transfers import Settlement


class PlanStillOpen(Refused):
    """A settlement plan is under way. Finish it or withdraw it before you issue another."""


class NothingToSettle(Refused):
    """Every balance is at zero: there is nothing to settle."""


class AllCarriedOver(Refused):
    """Each transfer would be under {floor}: they are carried over to the next plan."""


class PlanClosed(Refused):
    """This settlement plan is closed."""


class NotSaidPaid(Refused):
    """Nobody has said that this transfer was made."""


class SettlementPlan(Aggregate, frozen=True, kw_only=True):
    """One plan: its lines by id, those declared and confirmed, and whether it was withdrawn."""

    lines: dict[UUID, PlanLine] = msgspec.field(default_factory=dict)
    declared: frozenset[UUID] = frozenset()
    confirmed: frozenset[UUID] = frozenset()
    withdrawn: bool = False

    def issue(self, drafted: PlanIssued, *, another_is_open: bool) -> tuple[Event, ...]:
        """Issue a plan as it was drafted."""
        if another_is_open:
            raise PlanStillOpen
        if drafted.carried and not drafted.lines:
            raise AllCarriedOver(floor=Money(drafted.floor_cents))
        if not drafted.lines:
            raise NothingToSettle
        return (drafted,)

    def declare(self, line_id: UUID, *, by: UUID | None) -> tuple[Event, ...]:
        """Record that the debtor says a line is paid; only she can say so."""
        if self._line(line_id).debtor != by:
            raise NotYours
        if line_id in self.declared | self.confirmed:
            return ()
        if self.withdrawn:
            raise PlanClosed
        return (PlanLineDeclared(line_id=line_id),)

    def confirm(self, line_id: UUID, *, by: UUID | None) -> tuple[Event, ...]:
        """Record that the receiver says the money has come; only she can say so, even after a withdrawal."""
        if self._line(line_id).receiver != by:
            raise NotYours
        if line_id in self.confirmed:
            return ()
        if self.withdrawn and line_id not in self.declared:
            raise PlanClosed
        return self._come(PlanLineConfirmed(line_id=line_id, entry_id=payment_id(line_id)))

    def prove(self, line_id: UUID, *, by: UUID | None, proof: Sealed) -> tuple[Event, ...]:
        """Record that a line said to be paid has come, by what proves it: never by who pays or receives it."""
        line = self._line(line_id)
        if by in (None, line.debtor, line.receiver):
            raise NotYours
        if line_id in self.confirmed:
            return ()
        if line_id not in self.declared:
            raise NotSaidPaid
        return self._come(PlanLineProven(line_id=line_id, entry_id=payment_id(line_id), proof=proof))

    def withdraw(self) -> tuple[Event, ...]:
        """Give the plan up; what was paid stays paid, and what was declared can still be confirmed."""
        if self.withdrawn:
            return ()
        if self.confirmed == set(self.lines):
            raise PlanClosed
        return (PlanWithdrawn(),)

    def payment(self, plan_id: UUID, line_id: UUID, *, today: date) -> Draft[PlanLinePaid]:
        """Return the entry of a line that was paid."""
        line = self._line(line_id)
        return payment(
            plan_id=plan_id,
            line_id=line_id,
            debtor=line.debtor,
            receiver=line.receiver,
            cents=line.cents,
            reference=line.reference,
            day=today,
        )

    def _come(self, event: PlanLineConfirmed | PlanLineProven) -> tuple[Event, ...]:
        complete = not self.withdrawn and self.confirmed | {event.line_id} == set(self.lines)
        return (event, PlanCompleted()) if complete else (event,)

    def _line(self, line_id: UUID) -> PlanLine:
        if line_id not in self.lines:
            raise Unknown
        return self.lines[line_id]

    def evolve(self, event: Event) -> "SettlementPlan":
        """Return the plan after `event`."""
        match event:
            case PlanIssued(lines=lines):
                return SettlementPlan(lines={line.line_id: line for line in lines})
            case PlanLineDeclared(line_id=line_id):
                return msgspec.structs.replace(self, declared=self.declared | {line_id})
            case PlanLineConfirmed(line_id=line_id) | PlanLineProven(line_id=line_id):
                return msgspec.structs.replace(self, confirmed=self.confirmed | {line_id})
            case PlanWithdrawn():
                return msgspec.structs.replace(self, withdrawn=True)
        return self


def draft(
    plan_id: UUID, as_of: date, settlement: Settlement, floor_cents: int = 0, carried: Mapping[UUID, int] | None = None
) -> PlanIssued:
    """Return the plan whose transfers settle the balances of the day `as_of`, up to what is carried over."""
    transfers, method = settlement
    lines = (
        _line(uuid5(plan_id, f"{debtor}/{receiver}"), debtor, receiver, cents) for debtor, receiver, cents in transfers
    )
    return PlanIssued(
        as_of=as_of, method=method, lines=tuple(lines), floor_cents=floor_cents, carried=dict(carried or {})
    )


def _line(line_id: UUID, debtor: UUID, receiver: UUID, cents: int) -> PlanLine:
    reference = creditor_reference(line_id)
    return PlanLine(line_id=line_id, debtor=debtor, receiver=receiver, cents=cents, reference=reference)

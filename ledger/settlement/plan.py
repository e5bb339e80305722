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
    PlanDrafted,
    PlanIssued,
    PlanLine,
    PlanLineConfirmed,
    PlanLineDeclared,
    PlanLineDenied,
    PlanLineProven,
    PlanLinePutBack,
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


class PlanStillDraft(Refused):
    """This plan is a draft until {until}: nothing is paid by it yet."""


class NotSaidPaid(Refused):
    """Nobody has said that this transfer was made."""


class MoreThanAsked(Refused):
    """That is more than this transfer: it is of {amount} in all."""


class AlreadyReceived(Refused):
    """{amount} of it has come already: count it in."""


class SettlementPlan(Aggregate, frozen=True, kw_only=True):
    """One plan: its lines by id, how many cents of each are said to be paid, and whether it was withdrawn.

    `received` holds how many cents of a line had come in all, after each time that some of it came. A `draft` has no
    lines yet.
    """

    draft: PlanDrafted | None = None
    lines: dict[UUID, PlanLine] = msgspec.field(default_factory=dict)
    said: dict[UUID, int] = msgspec.field(default_factory=dict)
    received: dict[UUID, tuple[int, ...]] = msgspec.field(default_factory=dict)
    withdrawn: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether it was issued, and all of every transfer has come."""
        return bool(self.lines) and all(self._received(line_id) == line.cents for line_id, line in self.lines.items())

    def issue(self, drawn: PlanIssued, *, another_is_open: bool, currency: str) -> tuple[Event, ...]:
        """Issue a plan as it was drawn up."""
        if another_is_open:
            raise PlanStillOpen
        if drawn.carried and not drawn.lines:
            raise AllCarriedOver(floor=Money(drawn.floor_cents, currency))
        if not drawn.lines:
            raise NothingToSettle
        return (drawn,)

    def issue_later(
        self, draft: PlanDrafted, drawn: PlanIssued, *, another_is_open: bool, currency: str
    ) -> tuple[Event, ...]:
        """Let all look at a plan before it is issued; refuses as `issue` does now."""
        self.issue(drawn, another_is_open=another_is_open, currency=currency)
        return (draft,)

    def issue_draft(self, drawn: PlanIssued | None) -> tuple[Event, ...]:
        """Issue a draft as it stands, `drawn` anew; where nothing is left to settle it is given up."""
        if self.withdrawn:
            raise PlanClosed
        if self.draft is None or drawn is None:
            return ()
        return (msgspec.structs.replace(drawn, was_draft=True) if drawn.lines else PlanWithdrawn(),)

    def declare(self, line_id: UUID, *, by: UUID | None, currency: str, cents: int | None = None) -> tuple[Event, ...]:
        """Record how much of a line the debtor says she paid in all, the whole of it unless told; only she can say so.

        What is said in the place of what was said before may be less, but not than what came; once the plan is
        withdrawn, not more.
        """
        line, received = self.line(line_id), self._received(line_id)
        if line.debtor != by:
            raise NotYours
        said = self._within(line, cents, currency) if cents is not None else line.cents
        if said == self._said(line_id):
            return ()
        if self.withdrawn and said > self._said(line_id):
            raise PlanClosed
        whole = said == line.cents
        return (PlanLineDeclared(line_id=line_id, cents=None if whole else said, received_cents=received),)

    def confirm(self, line_id: UUID, *, by: UUID | None, currency: str, cents: int | None = None) -> tuple[Event, ...]:
        """Record how much of a line the receiver says has come in all; only she can say so, even after a withdrawal.

        Unless told it is what is said to be paid; where nothing waits for an answer, all of it.
        """
        line, received, said = self.line(line_id), self._received(line_id), self._said(line_id)
        if line.receiver != by:
            raise NotYours
        unless_told = said if said > received else line.cents
        come = self._within(line, cents, currency) if cents is not None else unless_told
        if come == received:
            return ()
        if self.withdrawn and come > said:
            raise PlanClosed
        whole = come == line.cents
        event = PlanLineConfirmed(
            line_id=line_id,
            entry_id=self._next_payment(line_id),
            cents=None if whole else come,
            said_cents=0 if whole else said,
        )
        return self._come(event)

    def deny(self, line_id: UUID, *, by: UUID | None) -> tuple[Event, ...]:
        """Put aside what is said to be paid of a line: its receiver says that it has not come; only she can say so."""
        if self.line(line_id).receiver != by:
            raise NotYours
        if self._said(line_id) == self._received(line_id):
            raise NotSaidPaid
        return (PlanLineDenied(line_id=line_id),)

    def prove(self, line_id: UUID, *, by: UUID | None, said_by: UUID | None, proof: Sealed) -> tuple[Event, ...]:
        """Record that what is said to be paid of a line has come, by what proves it.

        Never by who pays or receives, nor by who said it, also where she said it for the co-op.
        """
        line, said = self.line(line_id), self._said(line_id)
        if by in (None, line.debtor, line.receiver, said_by):
            raise NotYours
        if self._received(line_id) == line.cents:
            return ()
        if said == self._received(line_id):
            raise NotSaidPaid
        cents = None if said == line.cents else said
        return self._come(
            PlanLineProven(line_id=line_id, entry_id=self._next_payment(line_id), proof=proof, cents=cents)
        )

    def withdraw(self) -> tuple[Event, ...]:
        """Give the plan up; what was paid stays paid, and what was declared can still be confirmed."""
        if self.withdrawn:
            return ()
        if self.is_complete:
            raise PlanClosed
        return (PlanWithdrawn(),)

    def payment(self, plan_id: UUID, line_id: UUID, *, today: date, currency: str) -> Draft[PlanLinePaid]:
        """Return the entry of what came of a line the last time."""
        line = self.line(line_id)
        before, come = (0, *self.received[line_id])[-2:]
        return payment(
            plan_id=plan_id,
            line_id=line_id,
            debtor=line.debtor,
            receiver=line.receiver,
            amount=Money(come - before, currency),
            reference=line.reference,
            day=today,
        )

    def _come(self, event: PlanLineConfirmed | PlanLineProven) -> tuple[Event, ...]:
        complete = not self.withdrawn and self.evolve(event).is_complete
        return (event, PlanCompleted()) if complete else (event,)

    def _within(self, line: PlanLine, cents: int, currency: str) -> int:
        """Return a sum of a line in all: not more than is asked, not less than has come."""
        if cents > line.cents:
            raise MoreThanAsked(amount=Money(line.cents, currency))
        if cents < (received := self._received(line.line_id)):
            raise AlreadyReceived(amount=Money(received, currency))
        return cents

    def _received(self, line_id: UUID) -> int:
        return self.received.get(line_id, (0,))[-1]

    def _said(self, line_id: UUID) -> int:
        return max(self.said.get(line_id, 0), self._received(line_id))

    def _next_payment(self, line_id: UUID) -> UUID:
        return payment_id(line_id, len(self.received.get(line_id, ())) + 1)

    def line(self, line_id: UUID) -> PlanLine:
        """Return one of its transfers; refuses `PlanClosed`, `PlanStillDraft`, `Unknown`."""
        if self.draft is not None:
            raise PlanClosed if self.withdrawn else PlanStillDraft(until=self.draft.issue_at)
        if line_id not in self.lines:
            raise Unknown
        return self.lines[line_id]

    def evolve(self, event: Event) -> "SettlementPlan":
        """Return the plan after `event`."""
        match event:
            case PlanDrafted():
                return SettlementPlan(draft=event)
            case PlanIssued(lines=lines):
                return SettlementPlan(lines={line.line_id: line for line in lines})
            case PlanLineDeclared(line_id=line_id, cents=cents):
                said = self.line(line_id).cents if cents is None else cents
                return msgspec.structs.replace(self, said={**self.said, line_id: said})
            case PlanLineDenied(line_id=line_id):
                return msgspec.structs.replace(self, said={**self.said, line_id: self._received(line_id)})
            case PlanLineConfirmed(line_id=line_id, cents=cents) | PlanLineProven(line_id=line_id, cents=cents):
                come = (*self.received.get(line_id, ()), cents or self.line(line_id).cents)
                return msgspec.structs.replace(self, received={**self.received, line_id: come})
            case PlanLinePutBack(line_id=line_id, standing=before):
                come = (*self.received.get(line_id, ()), before.received_cents)
                stood = {
                    "said": {**self.said, line_id: before.said_cents},
                    "received": {**self.received, line_id: come},
                }
                return msgspec.structs.replace(self, **stood)
            case PlanWithdrawn():
                return msgspec.structs.replace(self, withdrawn=True)
        return self


def drawn_up(
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

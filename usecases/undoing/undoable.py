"""What the reader did a moment ago and can still undo: which act of hers undoes it, and until when."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from booking import events as e
from governance.votes.queries import ProposalRow
from governance.votes.queries import proposal as proposal_row
from kernel.aggregate import TIME_TO_UNDO
from kernel.event import Event, Recorded
from kernel.refused import Unknown
from ledger.settlement.queries import PlanLineRow
from usecases.actor import Actor
from usecases.money.acting import Acting

UNDONE_AT_BOOKINGS: dict[type[Event], str] = {
    e.BookingCancelled: "cancellation/undo",
    e.BookingApproved: "approval/undo",
    e.BookingRefused: "refusal/undo",
    e.BookingNotDriven: "not-driven/undo",
    e.TripStarted: "keys/undo",
    e.TripEnded: "return/undo",
}
"""By which act what happened last to a booking, or on its trip, is undone."""


class Undoable(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader can undo, by the last part of its act's address, until when."""

    act: str
    until: datetime


def undoable_at_booking(actor: Actor, happened: Sequence[Recorded[Event]]) -> Undoable | None:
    """Return what the reader can undo of what `happened` to a booking and on its trip, in order."""
    last = happened[-1]
    act = UNDONE_AT_BOOKINGS.get(type(last.event))
    if act is None or last.by != actor.me or _told_for_another(actor, last.event):
        return None
    return _while_young(actor, act, last.recorded_at)


def undoable_of_transfer(actor: Actor, line: PlanLineRow) -> Undoable | None:
    """Return what the reader can undo of what she said of a transfer: that it was made, or that it has come."""
    if line.state == "declared" and line.declared_at and line.declared_by == actor.account:
        return _while_young(actor, "payment/undo", line.declared_at)
    confirmed = line.state == "confirmed" and not line.proofs and not line.undone_payment
    if confirmed and line.confirmed_at and Acting(actor)(line.receiver, line.debtor):
        return _while_young(actor, "receipt/undo", line.confirmed_at)
    return None


def undoable_of_proposal(actor: Actor, row: ProposalRow) -> Undoable | None:
    """Return until when the reader can take back what she proposed: as long as nobody else has voted."""
    by_others = row.voted - (row.my_choice is not None)
    if row.state != "open" or row.proposer_id != actor.me or by_others:
        return None
    return _while_young(actor, "withdrawal", row.opened_at)


def made_proposal(actor: Actor, proposal_id: UUID) -> bool:
    """Made the proposal."""
    found = proposal_row(actor.connection, actor.coop_id, proposal_id, actor.me, actor.now)
    if found is None:
        raise Unknown
    return found.proposer_id == actor.me


def _told_for_another(actor: Actor, event: Event) -> bool:
    """Tell whether a trip ended as its keys were given to the reader: it goes on when she undoes that she took them."""
    return isinstance(event, e.TripEnded) and event.driver_id != actor.me


def _while_young(actor: Actor, act: str, at: datetime) -> Undoable | None:
    until = at + TIME_TO_UNDO
    return Undoable(act=act, until=until) if actor.now < until else None

"""What was said of a transfer a moment ago is undone: it stands as before, and the plan with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from kernel.aggregate import LastAct
from kernel.event import Event, Recorded
from ledger.settlement.events import (
    LineStanding,
    PlanLine,
    PlanLineConfirmed,
    PlanLineDeclared,
    PlanLineDenied,
    PlanLineProven,
    PlanLinePutBack,
    UndoneAtLine,
)
from ledger.settlement.plan import PlanStillOpen, SettlementPlan

KINDS: dict[UndoneAtLine, type[Event]] = {
    "declaration": PlanLineDeclared,
    "receipt": PlanLineConfirmed,
    "denial": PlanLineDenied,
}
"""By which event what can be undone of a transfer happened."""

_OF_LINES = (PlanLineDeclared, PlanLineConfirmed, PlanLineDenied, PlanLineProven, PlanLinePutBack)


def of_line(event: Event, line_id: UUID) -> bool:
    """Tell whether an event of a plan is about one of its transfers."""
    return isinstance(event, _OF_LINES) and event.line_id == line_id


def standing(recorded: Sequence[Recorded[Any]], line: PlanLine) -> LineStanding:
    """Return how a transfer stands after all that was `recorded` of it, in order."""
    stands = LineStanding()
    for past in recorded:
        stands = _after(stands, past, line.cents)
    return stands


def _after(stands: LineStanding, past: Recorded[Any], whole: int) -> LineStanding:
    silent = {"said_cents": stands.received_cents, "declared_at": None, "declared_by": None}
    match past.event:
        case PlanLineDeclared(cents=cents):
            said = whole if cents is None else cents
            waits = {"said_cents": said, "declared_at": past.recorded_at, "declared_by": past.by}
            return replace(stands, **(waits if said > stands.received_cents else silent))
        case PlanLineConfirmed(cents=cents, entry_id=entry_id) | PlanLineProven(cents=cents, entry_id=entry_id):
            come = whole if cents is None else cents
            said = max(stands.said_cents, come)
            return replace(
                stands, received_cents=come, said_cents=said, entry_id=entry_id, confirmed_at=past.recorded_at
            )
        case PlanLineDenied():
            return replace(stands, **silent)
        case PlanLinePutBack(standing=before):
            return before
    return stands


def put_back(
    plan: SettlementPlan,
    line: PlanLine,
    last: LastAct[SettlementPlan],
    undone: UndoneAtLine,
    *,
    by: UUID | None,
    at: datetime,
    another_is_open: bool,
) -> Sequence[Event]:
    """Let a transfer stand as before what was said of it last; nothing when that was undone already.

    Refuses as `LastAct.check_undoable`, and with `PlanStillOpen` a plan that
    would be open again beside another.
    """
    happened = last.happened[0]
    if isinstance(happened, PlanLinePutBack) and happened.undone == undone:
        return ()
    last.check_undoable(KINDS[undone], by=by, at=at)
    reopened = plan.is_complete and not plan.withdrawn
    if reopened and another_is_open:
        raise PlanStillOpen
    return (
        PlanLinePutBack(
            line_id=line.line_id,
            undone=undone,
            standing=standing(last.earlier, line),
            entry_id=happened.entry_id if isinstance(happened, PlanLineConfirmed) else None,
            reopened=reopened,
        ),
    )

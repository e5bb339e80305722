"""An aggregate: a frozen value that decides, and becomes the next value with each event."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

import msgspec

from kernel.event import Event, Recorded
from kernel.refused import ActedOnSince, NotYours, TooLateToUndo

NOTHING_YET = UUID(int=0)  # the id a field holds before its first event

TIME_TO_UNDO = timedelta(minutes=10)
"""How long after an act whoever did it may undo it, as long as nobody has acted on it."""


class Aggregate(msgspec.Struct, frozen=True, kw_only=True):
    """The state one decision needs, folded from its own few events. No clock, no I/O.

    A subclass gives every field a default (the value before anything happened), a method per decision that returns
    events or raises a refusal, and `evolve`.
    """

    def evolve(self, event: Event) -> Self:
        """Return the value after `event`; an event that changes nothing here returns `self`."""
        raise NotImplementedError(type(event))  # abstract: every aggregate has its own, and a struct cannot be an ABC

    def after(self, events: Iterable[Event]) -> Self:
        """Return the value after all `events`, in order."""
        value = self
        for event in events:
            value = value.evolve(event)
        return value


A = TypeVar("A", bound=Aggregate)


class LastAct(msgspec.Struct, Generic[A], frozen=True, kw_only=True):
    """The last act on a stream, or on a part of it: what happened by it, who did it, when.

    `earlier` is what had happened to that part until then, `before` what the whole was.
    """

    earlier: Sequence[Recorded[Any]]
    before: A
    happened: Sequence[Event]
    by: UUID | None
    at: datetime

    def check_undoable(self, kind: type[Event], *, by: UUID | None, at: datetime) -> None:
        """Refuse to undo an act by which something of this `kind` happened.

        `NotYours` unless it is the asking member's own, `ActedOnSince` when it is no longer the last,
        `TooLateToUndo` after ten minutes.
        """
        if not isinstance(self.happened[0], kind):
            raise ActedOnSince
        if by is None or by != self.by:
            raise NotYours
        if at >= self.until:
            raise TooLateToUndo(until=self.until)

    @property
    def until(self) -> datetime:
        """Until when it may be undone."""
        return self.at + TIME_TO_UNDO


def last_act(
    kind: type[A], recorded: Sequence[Recorded[Any]], about: Callable[[Event], bool] = lambda _: True
) -> LastAct[A] | None:
    """Return the last act of what was `recorded` of one stream, among what `about` tells; `None` when there is none."""
    concerned = [past for past in recorded if about(past.event)]
    if not concerned:
        return None
    last = concerned[-1]
    happened = [past for past in concerned if past.command_id == last.command_id]
    return LastAct(
        earlier=concerned[: -len(happened)],
        before=kind().after(past.event for past in recorded if past.version < happened[0].version),
        happened=[past.event for past in happened],
        by=last.by,
        at=last.recorded_at,
    )

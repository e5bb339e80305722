"""An aggregate: a frozen value that decides, and becomes the next value with each event."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

import msgspec

from kernel.event import Event

NOTHING_YET = UUID(int=0)  # the id a field holds before its first event


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

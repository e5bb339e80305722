"""What is asked of a co-op's rhythm: by its rules and the clock, never by a person."""

from typing import Annotated

from msgspec import Meta

from kernel.command import Command
from ledger.rhythm.events import Rhythmic

Zone = Annotated[str, Meta(min_length=1, max_length=60)]
Days = Annotated[int, Meta(ge=0, le=366)]


class SetRhythm(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settle so often, by the rules in force; `overdue_days` after a period a plan is drawn up by itself (0: never)."""

    period: Rhythmic
    overdue_days: Days
    time_zone: Zone


class EndPeriod(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say that a period is over; transfers under `floor_cents` are not worth a plan."""

    floor_cents: Annotated[int, Meta(ge=0)]
    time_zone: Zone


class NoteOverdue(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say that nobody settled a period in time."""

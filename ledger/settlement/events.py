"""What has happened to settlement plans."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from kernel.event import Event
from kernel.privacy import Sealed

Method = Literal["exact", "greedy", "purse"]


class PlanLine(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer of a settlement plan, with the creditor reference (ISO 11649) to write on it."""

    line_id: UUID
    debtor: UUID
    receiver: UUID
    cents: int
    reference: str


class PlanIssued(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Few transfers that settle all balances of a day; they do not move once issued.

    None is under `floor_cents`: what would be is `carried` over, cents by account (positive is owed to it).
    """

    as_of: date
    method: Method
    lines: tuple[PlanLine, ...]
    floor_cents: int = 0
    carried: dict[UUID, int] = msgspec.field(default_factory=dict)


class PlanLineDeclared(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The debtor says that the transfer is made: `cents` of it in all, of which `received_cents` had come before.

    Without `cents`, the whole of it.
    """

    line_id: UUID
    cents: int | None = None
    received_cents: int = 0


class PlanLineConfirmed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The receiver says that the money has come: `cents` of it in all by now, of which `said_cents` were said paid.

    Without `cents`, the whole of it.
    """

    line_id: UUID
    entry_id: UUID
    cents: int | None = None
    said_cents: int = 0


class PlanLineProven(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Its receiver said nothing: the treasurer says the money has come, with words of what proves it.

    It is what was said to be paid: `cents` of the transfer in all by now; without them, the whole of it.
    """

    line_id: UUID
    entry_id: UUID
    proof: Sealed
    cents: int | None = None


class PlanCompleted(Event, frozen=True, kw_only=True):
    """Every transfer of the plan was confirmed."""


class PlanWithdrawn(Event, frozen=True, kw_only=True):
    """The plan is given up; transfers already made stay good."""


PUBLISHED = (PlanIssued, PlanLineProven, PlanCompleted, PlanWithdrawn)  # what processes and the front door may follow

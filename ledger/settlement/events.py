"""What has happened to settlement plans."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from kernel.event import Event
from kernel.privacy import Sealed

Method = Literal["exact", "greedy", "purse"]
UndoneAtLine = Literal["declaration", "receipt", "denial"]


class PlanLine(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer of a settlement plan, with the creditor reference (ISO 11649) to write on it."""

    line_id: UUID
    debtor: UUID
    receiver: UUID
    cents: int
    reference: str


class PlanDrafted(Event, frozen=True, kw_only=True):
    """A plan is drawn up as a draft, for all to look at, to be issued at `issue_at` at the latest.

    It settles the balances of a day by what stands before this event in the log: of that, only what is undone,
    contested or paid until it is issued changes it.
    """

    as_of: date
    issue_at: datetime
    through_purse: bool
    floor_cents: int


class PlanIssued(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Few transfers that settle all balances of a day; they do not move once issued.

    None is under `floor_cents`: what would be is `carried` over, cents by account (positive is owed to it). `was_draft`
    tells that all could look at it before.
    """

    as_of: date
    method: Method
    lines: tuple[PlanLine, ...]
    floor_cents: int = 0
    carried: dict[UUID, int] = msgspec.field(default_factory=dict)
    was_draft: bool = False


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


class PlanLineDenied(Event, frozen=True, kw_only=True):
    """The receiver says that what was said to be paid has not come: it is put aside, and owed as before."""

    line_id: UUID


class PlanLineProven(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Its receiver said nothing: the treasurer says the money has come, with words of what proves it.

    It is what was said to be paid: `cents` of the transfer in all by now; without them, the whole of it.
    """

    line_id: UUID
    entry_id: UUID
    proof: Sealed
    cents: int | None = None


class LineStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a transfer stands: cents received and said to be paid in all, who said so, what came last."""

    received_cents: int = 0
    said_cents: int = 0
    declared_at: datetime | None = None
    declared_by: UUID | None = None
    confirmed_at: datetime | None = None
    entry_id: UUID | None = None


class PlanLinePutBack(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What was said last of a transfer was undone: it stands as before.

    `entry_id` is the payment that is no longer one. The plan is `reopened` where that had completed it.
    """

    line_id: UUID
    undone: UndoneAtLine
    standing: LineStanding
    entry_id: UUID | None = None
    reopened: bool = False


class PlanCompleted(Event, frozen=True, kw_only=True):
    """Every transfer of the plan was confirmed."""


class PlanWithdrawn(Event, frozen=True, kw_only=True):
    """The plan, or the draft of it, is given up; transfers already made stay good."""


# what processes and the front door may follow
PUBLISHED = (
    PlanDrafted,
    PlanIssued,
    PlanLineDeclared,
    PlanLineDenied,
    PlanLineProven,
    PlanLinePutBack,
    PlanCompleted,
    PlanWithdrawn,
)

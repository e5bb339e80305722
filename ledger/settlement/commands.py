"""What is asked of settlement plans."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from kernel.command import Command
from kernel.text import PLAIN
from ledger.limits import Cents

Paid = Annotated[
    int, Meta(ge=0, le=100_000_000, description="Whole minor units of the co-op's currency, nought for nothing")
]


class IssuePlan(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Draw up few transfers that settle the balances of a day, or, `through_purse`, one a member with it."""

    as_of: date
    through_purse: bool = False


class IssueDraft(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Issue a plan that is a draft, as it stands now."""

    plan_id: UUID


class WithdrawPlan(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give up an open plan, or its draft; transfers already made stay good."""

    plan_id: UUID


class DeclarePaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say, as its debtor, that a transfer of the plan is made, or how many `cents` of it in all.

    Until its receiver has answered, another sum may be said in its place, and nought.
    """

    plan_id: UUID
    line_id: UUID
    cents: Paid | None = None


class ConfirmPaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say, as its receiver, that the money of a transfer has come, or how many `cents` of it in all.

    Without them it is what is said to be paid, and where nothing waits for her answer, all that is left of it.
    """

    plan_id: UUID
    line_id: UUID
    cents: Cents | None = None


class DenyPaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say, as its receiver or for the co-op, that what is said to be paid of a transfer has not come."""

    plan_id: UUID
    line_id: UUID


class ConfirmByProof(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say, as treasurer, that a transfer said to be made has come, by `proof`: its receiver said nothing in time."""

    plan_id: UUID
    line_id: UUID
    proof: Annotated[str, Meta(min_length=1, max_length=500, pattern=PLAIN)]


class UndoDeclaration(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back what I said a moment ago of having paid a transfer."""

    plan_id: UUID
    line_id: UUID


class UndoReceipt(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back that I said a moment ago that a transfer has come."""

    plan_id: UUID
    line_id: UUID


class UndoDenial(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back that I said a moment ago that a transfer has not come."""

    plan_id: UUID
    line_id: UUID


class DeclareCoopPaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say for the co-op, as its treasurer, that a transfer it owes is made, or how many `cents` of it in all."""

    plan_id: UUID
    line_id: UUID
    cents: Paid | None = None


class ConfirmCoopPaid(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say for the co-op, as its treasurer, that the money of a transfer has come, or how many `cents` of it in all."""

    plan_id: UUID
    line_id: UUID
    cents: Cents | None = None

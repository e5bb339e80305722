"""What has happened to a member's way back to her account."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from kernel.event import Event
from kernel.privacy import Sealed

Refuser = Literal["herself", "old_mailbox", "referent", "elsewhere"]
"""How it was refused: signed in, by the letter to the former address, by a référent, or in another of her co-ops."""

Obstacle = Literal[
    "she_left",
    "asker_left",
    "voucher_left",
    "asker_no_referent",
    "may_gain",
    "mailbox_changed",
    "address_taken",
    "too_late",
]
"""What was in the way as its hour came."""


class RecoveryAsked(Event, frozen=True, kw_only=True):
    """A référent asked that a member's mail go to a new address; somebody else has `until` then to vouch for it.

    `number` counts what was asked for her from 1: each takes the place of the one before.
    """

    member_id: UUID
    number: int
    asked_by: UUID
    address: Sealed
    until: datetime


class MailboxConfirmed(Event, frozen=True, kw_only=True):
    """Whoever has the mailbox of the new address said yes."""

    member_id: UUID


class RecoveryVouched(Event, frozen=True, kw_only=True):
    """A second member vouched; it is done at `due_at` or later, unless whoever has `former` refuses."""

    member_id: UUID
    vouched_by: UUID
    former: Sealed
    due_at: datetime


class FormerAddressTold(Event, frozen=True, kw_only=True):
    """The letter by which it is refused has left for the former address: from then on counts until when, `due_at`."""

    member_id: UUID
    due_at: datetime


class RecoveryRefused(Event, frozen=True, kw_only=True, omit_defaults=True):
    """It was refused in time: by the member, by whoever has the former mailbox, or by a référent."""

    member_id: UUID
    asked_by: UUID | None
    vouched_by: UUID | None
    refused_as: Refuser | None = None


class AddressRecovered(Event, frozen=True, kw_only=True):
    """Nobody refused in time: mail for the member, and links to come in, go to the new address."""

    member_id: UUID
    asked_by: UUID | None
    vouched_by: UUID | None


class RecoveryDropped(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Its hour came and it could not be done: an address was not as it had been, or who vouched could not any more."""

    member_id: UUID
    asked_by: UUID | None
    vouched_by: UUID | None
    because: Obstacle | None = None


# What processes and pages may follow; all else that happens here is this context's own affair.
PUBLISHED = (RecoveryVouched, RecoveryRefused, AddressRecovered, RecoveryDropped)

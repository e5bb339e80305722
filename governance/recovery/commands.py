"""What can be asked of a member's way back to her account."""

from uuid import UUID

from kernel.command import Command
from people.person import Email


class AskRecovery(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask that a member's mail go to a new address, for she cannot open her old mailbox any more."""

    member_id: UUID
    email: Email


class ConfirmMailbox(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say yes for the new mailbox, to what was asked for her under a `number`."""

    member_id: UUID
    number: int


class VouchForMember(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Vouch that it is she who asks, and that she has the new mailbox."""

    member_id: UUID


class NoteFormerTold(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Note that the letter to the former address has left: her time to refuse begins."""

    member_id: UUID


class RefuseRecovery(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Refuse it in time: nothing changes."""

    member_id: UUID


class CompleteRecovery(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Do it, its hour having come."""

    member_id: UUID

"""The door for writing ways back."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from governance.mandates import Mandates, mandates_id
from governance.member import Member, MemberState
from governance.recovery.commands import (
    AskRecovery,
    CompleteRecovery,
    ConfirmMailbox,
    NoteFormerTold,
    RefuseRecovery,
    VouchForMember,
)
from governance.recovery.events import Obstacle, Refuser
from governance.recovery.recovery import REFUSED_WITHIN, VOUCHED_WITHIN, Recovery, recovery_id_of
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.transaction import Transaction
from kernel.period import in_waking_hours
from kernel.refused import NotYours, Unknown
from people.person import normal_email


class Recoveries(Door):
    """Ways back of members who have lost their mailbox. Each method carries out one command and may refuse it.

    A `zone` is that of the co-op's clocks.
    """

    def ask_recovery(self, command: AskRecovery, asked: Asked, zone: ZoneInfo) -> Done:
        """Ask that mail for a member go to a new address; asked by a référent, never for herself."""

        def decide(recovery: Recovery, transaction: Transaction) -> Sequence[Event]:
            if asked.by is None or asked.by == command.member_id or not _is_referent(transaction, asked):
                raise NotYours
            _check_member(transaction, command.member_id)
            address = transaction.seal(command.member_id, normal_email(command.email))
            until = in_waking_hours(asked.at + VOUCHED_WITHIN, zone)
            return recovery.ask(command, by=asked.by, address=address, until=until)

        return self._history.start(Recovery, recovery_id_of(command.member_id), command, asked, decide)

    def confirm_mailbox(self, command: ConfirmMailbox, asked: Asked) -> Done:
        """Say yes for the new mailbox; asked by whoever has the link that was sent there."""
        return self._change(Recovery, recovery_id_of(command.member_id), command, asked, Recovery.confirm)

    def vouch_for_member(self, command: VouchForMember, asked: Asked, zone: ZoneInfo, *, address: str) -> Done:
        """Vouch for a member whose mail goes to an `address` until now; asked by another member than herself."""

        def decide(recovery: Recovery, transaction: Transaction) -> Sequence[Event]:
            if asked.by is None or asked.by == command.member_id:
                raise NotYours
            _check_member(transaction, asked.by)
            _check_member(transaction, command.member_id)
            former = transaction.seal(command.member_id, address)
            due_at = in_waking_hours(asked.at + REFUSED_WITHIN, zone)
            return recovery.vouch(command, by=asked.by, former=former, at=asked.at, due_at=due_at)

        return self._history.change(Recovery, recovery_id_of(command.member_id), command, asked, decide)

    def note_former_told(self, command: NoteFormerTold, asked: Asked, zone: ZoneInfo) -> Done:
        """Note that the letter to the former address has left; nothing when it was noted."""
        tell = partial(Recovery.tell, due_at=in_waking_hours(asked.at + REFUSED_WITHIN, zone))
        return self._change(Recovery, recovery_id_of(command.member_id), command, asked, tell)

    def refuse_recovery(self, command: RefuseRecovery, asked: Asked, number: int | None = None) -> Done:
        """Refuse it; asked by the member, by a référent, or by who was told otherwise (`by` is `None`).

        With a `number`, only what was asked under it.
        """

        def decide(recovery: Recovery, transaction: Transaction) -> Sequence[Event]:
            if asked.by not in (None, command.member_id) and not _is_referent(transaction, asked):
                raise NotYours
            return recovery.refuse(command.member_id, number, refused_as=_refuser(command, asked, number))

        return self._history.change(Recovery, recovery_id_of(command.member_id), command, asked, decide)

    def complete_recovery(self, command: CompleteRecovery, asked: Asked, obstacle: Obstacle | None) -> Done:
        """Do it, its hour having come, or drop it for what is in the way."""
        complete = partial(Recovery.complete, at=asked.at, obstacle=obstacle)
        return self._change(Recovery, recovery_id_of(command.member_id), command, asked, complete)


def _refuser(command: RefuseRecovery, asked: Asked, number: int | None) -> Refuser:
    if asked.by:
        return "herself" if asked.by == command.member_id else "referent"
    return "elsewhere" if number is None else "old_mailbox"


def _is_referent(transaction: Transaction, asked: Asked) -> bool:
    mandates = transaction.read(Mandates, mandates_id(transaction.coop_id))
    return asked.by is not None and mandates.holds(asked.by, Role.REFERENT, asked.at)


def _check_member(transaction: Transaction, member_id: UUID) -> None:
    transaction.hold(member_id)  # she may be leaving
    if transaction.read(Member, member_id).state is not MemberState.MEMBER:
        raise Unknown

"""How a member who has lost her mailbox comes back: a référent asks, the new mailbox says yes, a second member vouches.

Then she has three days in which she can refuse, whatever the two have said.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID, uuid5

from msgspec.structs import replace

from governance.recovery.commands import AskRecovery, CompleteRecovery, ConfirmMailbox, NoteFormerTold, VouchForMember
from governance.recovery.events import (
    AddressRecovered,
    FormerAddressTold,
    MailboxConfirmed,
    Obstacle,
    RecoveryAsked,
    RecoveryDropped,
    RecoveryRefused,
    RecoveryVouched,
    Refuser,
)
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import Refused

VOUCHED_WITHIN = timedelta(days=7)
"""How long somebody may vouch for what was asked; after that it is asked anew."""

REFUSED_WITHIN = timedelta(hours=72)
"""How long, once vouched for, a member can refuse it before it is done."""


class RecoveryUnderWay(Refused):
    """A new address is vouched for already: it is hers {due}, unless it is refused until then."""


class RecoveryOver(Refused):
    """Nothing is asked here any more: it was refused, is done, or was asked anew. A référent can ask again."""


class MailboxSilent(Refused):
    """Nobody has said yes in the new mailbox yet. She opens the link that was sent there, then you can vouch."""


class AnotherVouches(Refused):
    """You asked for it yourself: another member has to vouch."""


class AlreadyVouched(Refused):
    """Another member has vouched already: there is nothing more to do."""


class TooLateToRefuse(Refused):
    """The address has changed already. Tell a référent at once: she can ask for another one."""


class RecoveryNotDue(Refused):
    """She can still refuse it until {due}."""


class RecoveryState(StrEnum):
    """How far it has come; `over` when it could not be done."""

    NONE = "none"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    VOUCHED = "vouched"
    DONE = "done"
    REFUSED = "refused"
    OVER = "over"


def recovery_id_of(member_id: UUID) -> UUID:
    """Return the id of a member's way back: always the same, so that only one is under way at a time."""
    return uuid5(member_id, "recovery")


class Recovery(Aggregate, frozen=True, kw_only=True):
    """A member's way back: what was asked last, by whom, and how far it has come. Addresses stand in it sealed."""

    state: RecoveryState = RecoveryState.NONE
    number: int = 0
    asked_by: UUID | None = None
    vouched_by: UUID | None = None
    until: datetime | None = None
    due_at: datetime | None = None
    former_knows: bool = False

    def ask(self, command: AskRecovery, *, by: UUID, address: Sealed, until: datetime) -> tuple[Event, ...]:
        """Return the asking, in place of what was asked before; refuses once that was vouched for."""
        if self.state is RecoveryState.VOUCHED:
            raise RecoveryUnderWay(due=self.due_at)
        return (
            RecoveryAsked(
                member_id=command.member_id, number=self.number + 1, asked_by=by, address=address, until=until
            ),
        )

    def confirm(self, command: ConfirmMailbox) -> tuple[Event, ...]:
        """Return the new mailbox's yes; nothing when it was said; refuses for what was asked anew since, or is over."""
        if command.number != self.number or not self._is_under_way:
            raise RecoveryOver
        return (MailboxConfirmed(member_id=command.member_id),) if self.state is RecoveryState.ASKED else ()

    def vouch(
        self, command: VouchForMember, *, by: UUID, former: Sealed, at: datetime, due_at: datetime
    ) -> tuple[Event, ...]:
        """Return that a second member vouches; nothing when it was she who did."""
        if self.state is RecoveryState.VOUCHED and by == self.vouched_by:
            return ()
        if self.state is RecoveryState.VOUCHED:
            raise AlreadyVouched
        if not self._is_under_way or self.until is None or at >= self.until:
            raise RecoveryOver
        if by == self.asked_by:
            raise AnotherVouches
        if self.state is RecoveryState.ASKED:
            raise MailboxSilent
        return (RecoveryVouched(member_id=command.member_id, vouched_by=by, former=former, due_at=due_at),)

    def tell(self, command: NoteFormerTold, *, due_at: datetime) -> tuple[Event, ...]:
        """Return that the former address is told, from when on it is `due_at`; nothing when it was."""
        if self.state is not RecoveryState.VOUCHED:
            raise RecoveryOver
        return () if self.former_knows else (FormerAddressTold(member_id=command.member_id, due_at=due_at),)

    def refuse(self, member_id: UUID, number: int | None, *, refused_as: Refuser) -> tuple[Event, ...]:
        """Return the refusal of what was asked last, or under a `number`, until it is done; nothing when it was."""
        if number not in (None, self.number):
            raise RecoveryOver
        if self.state is RecoveryState.DONE:
            raise TooLateToRefuse
        if self.state is RecoveryState.REFUSED:
            return ()
        if not self._is_under_way:
            raise RecoveryOver
        return (RecoveryRefused(member_id=member_id, **self._who, refused_as=refused_as),)

    def complete(self, command: CompleteRecovery, *, at: datetime, obstacle: Obstacle | None) -> tuple[Event, ...]:
        """Return its end, its hour having come: done, or dropped for what is in the way."""
        if self.state is not RecoveryState.VOUCHED or self.due_at is None:
            raise RecoveryOver
        if not self.former_knows or at < self.due_at:
            raise RecoveryNotDue(due=self.due_at)
        if obstacle:
            return (RecoveryDropped(member_id=command.member_id, **self._who, because=obstacle),)
        return (AddressRecovered(member_id=command.member_id, **self._who),)

    @property
    def _who(self) -> dict[str, UUID | None]:
        return {"asked_by": self.asked_by, "vouched_by": self.vouched_by}

    @property
    def _is_under_way(self) -> bool:
        return self.state in (RecoveryState.ASKED, RecoveryState.CONFIRMED, RecoveryState.VOUCHED)

    def evolve(self, event: Event) -> Self:
        """Return the way back after `event`."""
        match event:
            case RecoveryAsked(number=number, asked_by=by, until=until):
                anew = replace(self, state=RecoveryState.ASKED, number=number, asked_by=by, until=until)
                return replace(anew, vouched_by=None, due_at=None, former_knows=False)
            case MailboxConfirmed():
                return replace(self, state=RecoveryState.CONFIRMED)
            case RecoveryVouched(vouched_by=by, due_at=due_at):
                return replace(self, state=RecoveryState.VOUCHED, vouched_by=by, due_at=due_at)
            case FormerAddressTold(due_at=due_at):
                return replace(self, due_at=due_at, former_knows=True)
            case AddressRecovered():
                return replace(self, state=RecoveryState.DONE)
            case RecoveryRefused():
                return replace(self, state=RecoveryState.REFUSED)
            case RecoveryDropped():
                return replace(self, state=RecoveryState.OVER)
            case _:
                return self

"""A member: one person in one co-op, from joining to leaving, and to being forgotten."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID, uuid5

from msgspec.structs import replace

from governance.commands import JoinCoop, OpenSealedDriver, StartCoop
from governance.events import (
    BookingsSuspended,
    ErasureAsked,
    ErasureReminded,
    ErasureWithdrawn,
    MemberErased,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    SealedDriverOpened,
    SuspensionAnswered,
    SuspensionLifted,
)
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import Refused, Unknown


class CharterChanged(Refused):
    """The charter has changed since this page was opened. Read it again, then join."""


class MembershipErased(Refused):
    """This membership was erased for good, as was asked. Ask for an invitation to another mail address."""


class StillAMember(Refused):
    """Leave the co-op first; then the personal data can be erased."""


class NotYetErased(Refused):
    """Nothing is erased before the day that was asked for and told by letter."""


class NeedsAVote(Refused):
    """Only all members together can decide this, by a vote; such votes cannot be called here yet."""


class NotSuspended(Refused):
    """No suspension waits for an answer."""


class MemberState(StrEnum):
    """Where someone stands with the co-op."""

    STRANGER = "stranger"
    MEMBER = "member"
    FORMER = "former"
    ERASED = "erased"


def member_id_of(coop_id: UUID, person_id: UUID) -> UUID:
    """Return the id a person has as a member of a co-op: always the same, so that nobody is a member twice."""
    return uuid5(coop_id, f"member/{person_id}")


SUSPENDED_FOR = timedelta(days=15)
"""How long a référent alone may keep a member from booking, once."""

ERASED_AFTER = timedelta(days=30)
"""How long one may change one's mind once one asked to be erased (within the month of the GDPR's article 12.3)."""

REMINDED_BEFORE = timedelta(days=7)
"""How long before that day one is reminded of it; nobody is erased sooner after the reminder."""


class Member(Aggregate, frozen=True, kw_only=True):
    """One person in one co-op; the person's name and address stand outside the log."""

    state: MemberState = MemberState.STRANGER
    person_id: UUID | None = None
    suspended_until: datetime | None = None
    was_suspended: bool = False
    to_answer: bool = False
    erasure_due: datetime | None = None
    reminded: bool = False

    def found(self, command: StartCoop) -> tuple[Event, ...]:
        """Return the founder's joining, without invitation."""
        accepted = command.charter_version
        return (MemberJoined(person_id=command.founder_id, invitation_id=None, charter_version=accepted),)

    def join(self, command: JoinCoop, *, charter_version: str) -> tuple[Event, ...]:
        """Return the joining, or the return of someone who had left; nothing for a member.

        Refuses when the charter she accepts is not `charter_version`, and for an erased membership.
        """
        if self.state is MemberState.MEMBER:
            return ()
        if self.state is MemberState.ERASED:
            raise MembershipErased
        if command.charter_version != charter_version:
            raise CharterChanged
        joined = MemberReturned if self.state is MemberState.FORMER else MemberJoined
        return (
            joined(
                person_id=command.person_id,
                invitation_id=command.invitation_id,
                charter_version=charter_version,
            ),
        )

    def leave(self) -> tuple[Event, ...]:
        """Return the leaving; nothing for someone who has left."""
        return (MemberLeft(),) if self.state is MemberState.MEMBER else ()

    def ask_erasure(self, *, at: datetime) -> tuple[Event, ...]:
        """Return the wish to be erased, thirty days from now; nothing when it was said; refuses a member of today."""
        if self.state is MemberState.MEMBER:
            raise StillAMember
        if self.state is MemberState.ERASED or self.erasure_due is not None:
            return ()
        return (ErasureAsked(due_at=at + ERASED_AFTER),)

    def withdraw_erasure(self) -> tuple[Event, ...]:
        """Return the change of mind; nothing when nothing was asked."""
        return () if self.erasure_due is None else (ErasureWithdrawn(),)

    def remind(self, *, at: datetime) -> tuple[Event, ...]:
        """Return the reminder, once its day has come; nothing before, nor again."""
        if self.erasure_due is None or self.reminded or at < self.erasure_due - REMINDED_BEFORE:
            return ()
        return (ErasureReminded(due_at=max(self.erasure_due, at + REMINDED_BEFORE)),)

    def erase(self, *, at: datetime) -> tuple[Event, ...]:
        """Return the erasure, reminded of and due; nothing when done; refuses while still a member, and before."""
        if self.state is MemberState.MEMBER:
            raise StillAMember
        if self.state is MemberState.ERASED:
            return ()
        if self.erasure_due is None or not self.reminded or at < self.erasure_due:
            raise NotYetErased
        return (MemberErased(),)

    def open_sealed(self, command: OpenSealedDriver, *, reason: Sealed) -> tuple[Event, ...]:
        """Return that what is kept of her was opened, for a booking's trip; refuses `Unknown` who is not erased."""
        if self.state is not MemberState.ERASED:
            raise Unknown
        return (SealedDriverOpened(booking_id=command.booking_id, reason=reason),)

    def suspend(self, *, reason: Sealed, at: datetime) -> tuple[Event, ...]:
        """Suspend her new bookings, once; again it needs a vote. Refuses `Unknown` who is no member."""
        if self.state is not MemberState.MEMBER:
            raise Unknown
        if self.was_suspended:
            raise NeedsAVote
        return (BookingsSuspended(until=at + SUSPENDED_FOR, reason=reason),)

    def answer(self, *, answer: Sealed) -> tuple[Event, ...]:
        """Answer the suspension, once."""
        if not self.to_answer:
            raise NotSuspended
        return (SuspensionAnswered(answer=answer),)

    def lift(self, *, at: datetime) -> tuple[Event, ...]:
        """Let her book again; nothing when she may."""
        return (SuspensionLifted(),) if self.suspended_until is not None and at < self.suspended_until else ()

    def evolve(self, event: Event) -> Self:
        """Return the member after `event`."""
        match event:
            case MemberJoined(person_id=person_id) | MemberReturned(person_id=person_id):
                member = replace(self, state=MemberState.MEMBER, person_id=person_id)
                return replace(member, erasure_due=None, reminded=False)
            case MemberLeft():
                return replace(self, state=MemberState.FORMER)
            case ErasureAsked(due_at=due_at):
                return replace(self, erasure_due=due_at)
            case ErasureWithdrawn():
                return replace(self, erasure_due=None, reminded=False)
            case ErasureReminded(due_at=due_at):
                return replace(self, erasure_due=due_at, reminded=True)
            case MemberErased():
                return replace(self, state=MemberState.ERASED, person_id=None, erasure_due=None)
            case BookingsSuspended(until=until):
                return replace(self, suspended_until=until, was_suspended=True, to_answer=True)
            case SuspensionAnswered():
                return replace(self, to_answer=False)
            case SuspensionLifted():
                return replace(self, suspended_until=None)
            case _:
                return self

"""A member: one person in one co-op, from joining to leaving, and to being forgotten."""

from enum import StrEnum
from typing import Self
from uuid import UUID, uuid5

from msgspec.structs import replace

from governance.commands import JoinCoop, StartCoop
from governance.events import MemberErased, MemberJoined, MemberLeft, MemberReturned
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused


class CharterChanged(Refused):
    """The charter has changed since this page was opened. Read it again, then join."""


class MembershipErased(Refused):
    """This membership was erased for good, as was asked. Ask for an invitation to another mail address."""


class StillAMember(Refused):
    """Leave the co-op first; then the personal data can be erased."""


class MemberState(StrEnum):
    """Where someone stands with the co-op."""

    STRANGER = "stranger"
    MEMBER = "member"
    FORMER = "former"
    ERASED = "erased"


def member_id_of(coop_id: UUID, person_id: UUID) -> UUID:
    """Return the id a person has as a member of a co-op: always the same, so that nobody is a member twice."""
    return uuid5(coop_id, f"member/{person_id}")


class Member(Aggregate, frozen=True, kw_only=True):
    """One person in one co-op; the person's name and address stand outside the log."""

    state: MemberState = MemberState.STRANGER
    person_id: UUID | None = None

    def found(self, command: StartCoop) -> tuple[Event, ...]:
        """Return the founder's joining, without invitation."""
        accepted = command.charter_version
        return (MemberJoined(person_id=command.founder_id, invitation_id=None, charter_version=accepted),)

    def join(self, command: JoinCoop, *, charter_version: str) -> tuple[Event, ...]:
        """Return the joining, or the return of someone who had left; nothing for a member.

        Refuses when the charter she accepts is not the co-op's `charter_version`, and for an erased membership.
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

    def erase(self) -> tuple[Event, ...]:
        """Return the erasure; nothing when done; refuses while still a member."""
        if self.state is MemberState.MEMBER:
            raise StillAMember
        return (MemberErased(),) if self.state is MemberState.FORMER else ()

    def evolve(self, event: Event) -> Self:
        """Return the member after `event`."""
        match event:
            case MemberJoined(person_id=person_id) | MemberReturned(person_id=person_id):
                return replace(self, state=MemberState.MEMBER, person_id=person_id)
            case MemberLeft():
                return replace(self, state=MemberState.FORMER)
            case MemberErased():
                return replace(self, state=MemberState.ERASED, person_id=None)
            case _:
                return self

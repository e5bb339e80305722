"""An invitation: in the light pack, being invited by a référent is the admission."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from msgspec.structs import replace

from governance.commands import IssueInvitation
from governance.events import InvitationIssued, InvitationKind, InvitationRevoked, InvitationUsed
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused


class InvitationExpired(Refused):
    """This invitation is too old. Ask for a new one."""


class InvitationTakenBack(Refused):
    """This invitation was taken back. Ask for a new one."""


class InvitationAlreadyUsed(Refused):
    """Someone already joined with this invitation, which was for one person. Ask for one of your own."""


class Invitation(Aggregate, frozen=True, kw_only=True):
    """A mail link for one person, or a poster's code for all who scan it, until it expires."""

    kind: InvitationKind | None = None
    expires_at: datetime | None = None
    revoked: bool = False
    used_by: UUID | None = None

    def issue(self, command: IssueInvitation, *, at: datetime) -> tuple[Event, ...]:
        """Return its beginning."""
        return (InvitationIssued(kind=command.kind, expires_at=at + timedelta(days=command.days_valid)),)

    def revoke(self) -> tuple[Event, ...]:
        """Return its end; nothing when it was taken back already. One that was used stays used."""
        return () if self.revoked else (InvitationRevoked(),)

    def admit(self, member_id: UUID, *, at: datetime) -> tuple[Event, ...]:
        """Return what letting `member_id` in changes here: a mail invitation is used up, a poster's is not."""
        if self.used_by == member_id:
            return ()
        if self.used_by is not None:
            raise InvitationAlreadyUsed
        if self.revoked:
            raise InvitationTakenBack
        if self.expires_at is None or at >= self.expires_at:
            raise InvitationExpired
        return (InvitationUsed(member_id=member_id),) if self.kind is InvitationKind.MAIL else ()

    def evolve(self, event: Event) -> Self:
        """Return the invitation after `event`."""
        match event:
            case InvitationIssued(kind=kind, expires_at=expires_at):
                return replace(self, kind=kind, expires_at=expires_at)
            case InvitationRevoked():
                return replace(self, revoked=True)
            case InvitationUsed(member_id=member_id):
                return replace(self, used_by=member_id)
            case _:
                return self

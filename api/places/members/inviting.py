"""Inviting: a mail that admits one person; and the invitations that are open, to send again or take back."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.web.acts import Undo, act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from governance.application import Governance
from governance.commands import RevokeInvitation
from governance.events import InvitationKind
from governance.inviting.queries import InvitationRow, invitations_of, invitations_slice
from kernel.command import Asked, Done
from kernel.slice import Slice, Wanted
from kernel.text import N_
from usecases.actor import Actor
from usecases.coming_in import inviting
from usecases.coming_in.inviting import MAIL_DAYS, MailInvitation

INVITATIONS = f"{COOP}/invitations"
BACK = "/coops/{coop_id}/invitations"


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An open invitation, and the whole address that admits."""

    invitation_id: UUID
    kind: InvitationKind
    until: datetime
    link: str


class Inviting(View, frozen=True, kw_only=True):
    """The form's furniture (how many `days` an invitation lasts) and the invitations that are open."""

    template: ClassVar[str] = "members/inviting.html"

    opened: Sequence[Opened]
    days: int = MAIL_DAYS


@page(INVITATIONS, who="referent")
def show_invitations(visit: Visit) -> Page:
    """Invite by mail; see which invitations are open."""
    actor = visit.actor
    known = invitations_of(actor.connection, actor.coop_id, actor.now)
    return Page(Inviting(opened=[_opened(visit, row) for row in known if row.state == "valid"]))


@question(INVITATIONS, who="referent")
def invitations(actor: Actor, query: Wanted) -> Slice[InvitationRow]:
    """The co-op's invitations, newest first; the link is /invitations/ and the id."""
    return invitations_slice(actor.connection, actor.coop_id, actor.now, after=query.after, most=query.limit)


@act(
    f"{COOP}/mailed-invitations",
    who="referent",
    page=show_invitations,
    read=lambda visit: {"language": visit.lang},
    said=N_("The invitation is on its way."),
    then=BACK,
    undo=Undo("/coops/{coop_id}/invitations/{id}/revocation"),
    example={"email": "jean@example.org"},
)
def mail_invitation(actor: Actor, command: MailInvitation, asked: Asked) -> Done:
    """Invite one person by mail."""
    return inviting.mail_invitation(actor, command, asked)


@act(
    f"{INVITATIONS}/{{invitation_id:uuid}}/revocation",
    who="referent",
    page=show_invitations,
    said=N_("The invitation is taken back."),
    then=BACK,
    lasting="Another invitation is one tap.",
    example={},
)
def revoke_invitation(actor: Actor, command: RevokeInvitation, asked: Asked) -> Done:
    """Take an invitation back."""
    return Governance(actor.history).revoke_invitation(command, asked)


def link_of(visit: Visit, row: InvitationRow) -> str:
    """Return the whole address that admits by an invitation."""
    return f"{visit.site.settings.base_url}/invitations/{row.invitation_id}"


def _opened(visit: Visit, row: InvitationRow) -> Opened:
    link = link_of(visit, row)
    return Opened(invitation_id=row.invitation_id, kind=row.kind, until=row.expires_at, link=link)

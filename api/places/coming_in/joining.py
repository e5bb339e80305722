"""Joining a co-op by invitation: at once when signed in; otherwise the link sent to the address given asks again."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places.coming_in.charter import check_accepted
from api.places.coming_in.signing_in import link_sent
from api.speech.charter import charter
from api.web.acts import act
from api.web.answers import Answer, Go, Page, View
from api.web.fields import read_form
from api.web.routes import form, page, question
from api.web.visit import Visit
from fleet.queries import VehicleCard, vehicles_in_service
from governance.commands import Version
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from governance.invitation import InvitationAlreadyUsed, InvitationExpired, InvitationTakenBack
from governance.inviting.queries import InvitationState
from governance.queries import current_members, known_coop, member
from kernel.command import Asked, Done
from kernel.text import N_
from people.person import Email, Name, Phone
from usecases.actor import Actor
from usecases.coming_in.arriving import join_coop, known_invitation
from usecases.coming_in.links import Join

INVITATION = "/invitations/{invitation_id:uuid}"
JOINED = N_("Welcome: you are a member.")
ENDED = {"used": InvitationAlreadyUsed, "revoked": InvitationTakenBack, "expired": InvitationExpired}


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """What someone who is not signed in says of herself."""

    name: Name
    email: Email
    phone: Phone = ""


class AcceptInvitation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Become a member by an invitation; the charter version is the one read."""

    invitation_id: UUID
    charter_version: Version


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """What an invitation leads to, for everyone who holds it: `state` is valid, used, revoked or expired.

    `charter_version` is what newcomers accept; `/charter` says it.
    """

    coop_id: UUID
    coop_name: str
    commune_name: str
    kind: InvitationKind
    state: InvitationState
    expires_at: datetime
    charter_version: str


class Invitation(View, frozen=True, kw_only=True):
    """Who invites to what, and the charter; a `stranger` says who she is. The co-op speaks for a lost inviter."""

    template: ClassVar[str] = "coming_in/joining.html"

    invitation_id: UUID
    invited: Invited
    by: str
    members: int
    vehicles: Sequence[VehicleCard]
    charter: Sequence[str]
    stranger: bool


@question(INVITATION, who="everyone")
def invited_to(actor: Actor, invitation_id: UUID) -> Invited:
    """What an invitation leads to, and which charter one accepts."""
    row = known_invitation(actor.connection, invitation_id, actor.now)
    coop = known_coop(actor.connection, row.coop_id)
    return Invited(
        coop_id=coop.coop_id,
        coop_name=coop.name,
        commune_name=coop.commune_name,
        kind=row.kind,
        state=row.state,
        expires_at=row.expires_at,
        charter_version=CHARTER_VERSION,
    )


@page(INVITATION, who="everyone")
def show_invitation(visit: Visit, invitation_id: UUID) -> Page:
    """Show who invites to what, and the charter; refuse with what became of an invitation that ended."""
    actor = visit.actor
    invited = still_open(actor, invitation_id)
    view = Invitation(
        invitation_id=invitation_id,
        invited=invited,
        by=inviter(actor, invitation_id) or invited.coop_name,
        members=len(current_members(actor.connection, invited.coop_id)),
        vehicles=vehicles_in_service(actor.connection, invited.coop_id, on=actor.today),
        charter=charter(visit.lang),
        stranger=actor.person is None,
    )
    return Page(view)


@form(f"{INVITATION}/acceptance", who="everyone", page=show_invitation)
def join(visit: Visit, invitation_id: UUID) -> Answer:
    """Join at once when signed in; otherwise be asked by the link sent to the address given."""
    actor = visit.actor
    if actor.person is None:
        return _by_link(visit, still_open(actor, invitation_id), invitation_id)
    check_accepted(visit.form)
    accepted = AcceptInvitation(invitation_id=invitation_id, charter_version=CHARTER_VERSION)
    visit.site.settled(accept_invitation(actor, accepted, visit.asked()))
    return Go(f"/coops/{invited_to(actor, invitation_id).coop_id}/", said=JOINED)


@act(
    f"{INVITATION}/acceptance",
    who="person",
    lasting="Who came in leaves by her own page.",
    example={"charter_version": CHARTER_VERSION},
)
def accept_invitation(actor: Actor, command: AcceptInvitation, asked: Asked) -> Done:
    """Become a member by an invitation."""
    invited = known_invitation(actor.connection, command.invitation_id, actor.now)
    return join_coop(actor.history, actor.my_person.person_id, invited, command.charter_version, asked)


def still_open(actor: Actor, invitation_id: UUID) -> Invited:
    """Return what an invitation leads to; refuses with what became of it when it has ended."""
    invited = invited_to(actor, invitation_id)
    if invited.state in ENDED:
        raise ENDED[invited.state]
    return invited


def inviter(actor: Actor, invitation_id: UUID) -> str | None:
    """Return the name of who invites, `None` when she is lost."""
    row = known_invitation(actor.connection, invitation_id, actor.now)
    by = member(actor.connection, row.coop_id, row.issued_by, actor.now) if row.issued_by else None
    return by.name if by else None


def _by_link(visit: Visit, invited: Invited, invitation_id: UUID) -> Go:
    newcomer = read_form(visit.form, Newcomer)
    intent = Join(
        invitation_id=invitation_id,
        name=newcomer.name,
        phone=newcomer.phone,
        lang=visit.lang,
        coop_name=invited.coop_name,
    )
    return link_sent(visit, newcomer.email, intent)

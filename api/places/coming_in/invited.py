"""An invitation that was mailed: its link proves the mailbox, so who is new here joins by one press and no second mail.

Of an address that somebody here has it proves too little, for it lies in a mailbox for weeks: she comes in as ever.
"""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places.coming_in.arriving import Guest, Session, asked_here, went_in
from api.places.coming_in.asking_again import LinkOver
from api.places.coming_in.charter import check_accepted
from api.places.coming_in.joining import INVITATION, Invited, inviter, show_invitation, still_open
from api.speech.charter import charter
from api.web.acts import write
from api.web.answers import Answer, Go, Page, Refusal, View
from api.web.fields import read_form
from api.web.routes import form, page
from api.web.visit import Visit
from fleet.queries import VehicleCard, vehicles_in_service
from governance.commands import Version
from governance.coop import CHARTER_VERSION
from governance.member import member_id_of
from governance.queries import current_members
from kernel.refused import Unknown
from kernel.text import N_, Language
from people.person import Name, Person, Phone, person_by_email
from usecases.coming_in.arriving import Arrived, Herself, KnownHere, join_by_seal, known_invitation
from usecases.coming_in.inviting import mailbox_of

SEALED = f"{INVITATION}/{{seal:str}}"


class InvitedNewcomer(msgspec.Struct, frozen=True, kw_only=True):
    """What who is invited by mail says of herself: her address is known."""

    name: Name
    phone: Phone = ""


class AcceptBySeal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Join, new here, by a mailed invitation; the charter version is the one read."""

    name: Name
    phone: Phone = ""
    language: Language = "fr"
    charter_version: Version


class MailedInvitation(View, frozen=True, kw_only=True):
    """Who invites to what, the charter, and what members will see of her, who is new here; the `seal` of her link."""

    template: ClassVar[str] = "coming_in/invited.html"

    invitation_id: UUID
    seal: str
    guest: Guest
    invited: Invited
    by: str
    members: int
    vehicles: Sequence[VehicleCard]
    charter: Sequence[str]


@page(SEALED, who="everyone")
def show_mailed_invitation(visit: Visit, invitation_id: UUID, seal: str) -> Answer:
    """Show who invites to what, and ask who is new here for her name; opening it does nothing."""
    actor = visit.actor
    email = mailbox_of(actor.keyring, invitation_id, seal)
    known = person_by_email(actor.connection, email) if email else None
    if known and _has_joined(visit, invitation_id, known):
        return _come_in_again(visit, invitation_id)
    if email is None or known or actor.person:
        return show_invitation(visit, invitation_id)
    invited = still_open(actor, invitation_id)
    view = MailedInvitation(
        invitation_id=invitation_id,
        seal=seal,
        guest=Guest(new=True, email=email, name="", phone="", asked_as=""),
        invited=invited,
        by=inviter(actor, invitation_id) or invited.coop_name,
        members=len(current_members(actor.connection, invited.coop_id)),
        vehicles=vehicles_in_service(actor.connection, invited.coop_id, on=actor.today),
        charter=charter(visit.lang),
    )
    return Page(view)


@form(f"{SEALED}/acceptance", who="everyone", page=show_mailed_invitation)
def join_as_invited(visit: Visit, invitation_id: UUID, seal: str) -> Go:
    """Join at once, and come in: nobody else can have the link."""
    if mailbox_of(visit.actor.keyring, invitation_id, seal) is None:
        raise Unknown
    check_accepted(visit.form)
    said = read_form(visit.form, InvitedNewcomer)
    herself = Herself(name=said.name, phone=said.phone)
    try:
        return went_in(visit, _join(visit, invitation_id, seal, herself, visit.lang, CHARTER_VERSION))
    except KnownHere:
        if isinstance(shown := show_mailed_invitation(visit, invitation_id, seal), Go):
            return shown  # pressed twice: she is in
        raise


@write(f"{SEALED}/acceptance", who="everyone", example={"name": "Inès", "charter_version": CHARTER_VERSION})
def accept_as_invited(visit: Visit, invitation_id: UUID, seal: str, body: AcceptBySeal) -> Session:
    """Join by the link of a mailed invitation, new here, and come in."""
    herself = Herself(name=body.name, phone=body.phone)
    arrived = _join(visit, invitation_id, seal, herself, body.language, body.charter_version)
    return Session(bearer=arrived.secret, person_id=arrived.person_id)


def _join(visit: Visit, invitation_id: UUID, seal: str, herself: Herself, lang: str, charter_version: str) -> Arrived:
    arrived = join_by_seal(
        visit.actor.history,
        invitation_id,
        seal,
        herself,
        asked_here(visit),
        device=visit.sent.headers.get("user-agent", ""),
        lang=lang,
        charter_version=charter_version,
    )
    if arrived.done:
        visit.site.settled(arrived.done)
    return arrived


def _has_joined(visit: Visit, invitation_id: UUID, known: Person) -> bool:
    row = known_invitation(visit.actor.connection, invitation_id, visit.actor.now)
    return row.used_by == member_id_of(row.coop_id, known.person_id)


def _come_in_again(visit: Visit, invitation_id: UUID) -> Answer:
    """Lead a member who has joined by this very link to her co-op: by a link of now, unless she is signed in."""
    row = known_invitation(visit.actor.connection, invitation_id, visit.actor.now)
    home = f"/coops/{row.coop_id}/"
    if visit.actor.person:
        return Go(home)
    said = visit.say(N_("You have joined by this link already. To come in, ask for a new one."))
    return Page(LinkOver(next=home), status=410, refused=Refusal(said))

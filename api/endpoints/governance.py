"""Co-ops, their members, roles and invitations, for programs."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from api.endpoints.people import EMAIL
from api.newcomers import mail_invitation
from api.speech.charter import VERSION, charter
from api.web.declared import Declared, Read, Write
from api.web.visit import Visit
from governance import commands as c
from governance import queries
from governance.application import Governance
from governance.coop import NotAnIban
from governance.invitation import InvitationAlreadyUsed, InvitationExpired, InvitationTakenBack
from governance.mandates import LastReferent, MandateOver, MandateTooLong, RolesForMembers
from governance.member import CharterChanged, MembershipErased, StillAMember, member_id_of
from governance.rules.packs import UnknownPack
from kernel.command import Asked, Command, Done
from kernel.refused import NotYours, Unknown
from territory.communes import NoSuchCommune, commune
from usecases import leaving


class FoundCoop(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Start a co-op in a commune by its INSEE code, as its first member; the charter version is the one read."""

    name: c.Line
    commune_code: c.Line
    pack: c.Key = "light"
    accent: c.Accent = c.Accent.GREEN
    charter_version: c.Version


class AcceptInvitation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Become a member by an invitation; the charter version is the one read."""

    invitation_id: UUID
    charter_version: c.Version


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """What an invitation leads to: `state` is valid, used, revoked or expired; the charter is what one accepts."""

    coop_id: UUID
    coop_name: str
    commune_name: str
    kind: str
    state: str
    expires_at: datetime
    charter_version: str
    charter: tuple[str, ...]


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What every member accepts, and the version to name when one does."""

    version: str
    sentences: tuple[str, ...]


class MailInvitation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send someone a link that admits her alone; her address is kept nowhere once the mail has left."""

    email: Annotated[str, Meta(max_length=254, pattern=EMAIL)]


def _found(visit: Visit, it: FoundCoop, asked: Asked) -> Done:
    if it.charter_version != VERSION:
        raise CharterChanged
    place = commune(it.commune_code)
    command = c.StartCoop(
        coop_id=it.coop_id,
        founder_id=visit.my_person.person_id,
        name=it.name,
        commune_code=place.code,
        commune_name=place.name,
        departement=place.departement_name,
        time_zone=place.time_zone,
        language="en" if visit.lang == "en" else "fr",
        pack=it.pack,
        accent=it.accent,
        charter_version=it.charter_version,
    )
    return Governance(visit.site.history).start_coop(command, asked)


def _accept(visit: Visit, it: AcceptInvitation, asked: Asked) -> Done:
    person_id = visit.my_person.person_id
    command = c.JoinCoop(
        coop_id=it.coop_id,
        invitation_id=it.invitation_id,
        person_id=person_id,
        charter_version=it.charter_version,
    )
    return Governance(visit.site.history).join_coop(command, _as_member(visit, asked))


def _erase(visit: Visit, it: c.EraseMember, asked: Asked) -> Done:
    person_id = leaving.person_behind(visit.connection, it.coop_id, it.member_id, visit.now)
    return leaving.erase(visit.site.history, person_id, it, _as_member(visit, asked))


def _as_member(visit: Visit, asked: Asked) -> Asked:
    """Return the visit as the reader's own, though she is no member yet or no more."""
    return replace(asked, by=member_id_of(visit.place("coop_id"), visit.my_person.person_id))


def _invited(visit: Visit) -> Invited:
    row = queries.invitation(visit.connection, visit.place("invitation_id"), visit.now)
    here = queries.coop(visit.connection, row.coop_id) if row else None
    if row is None or here is None:
        raise Unknown
    return Invited(
        coop_id=here.coop_id,
        coop_name=here.name,
        commune_name=here.commune_name,
        kind=row.kind,
        state=row.state,
        expires_at=row.expires_at,
        charter_version=here.charter_version,
        charter=charter(visit.lang),
    )


def _member(visit: Visit) -> queries.MemberRow:
    row = queries.member(visit.connection, visit.coop_id, visit.place("member_id"), visit.now)
    if row is None:
        raise Unknown
    return row


def _door(visit: Visit) -> Any:
    return Governance(visit.site.history)


_COOP = "/coops/{coop_id:uuid}"
_MEMBER = f"{_COOP}/members/{{member_id:uuid}}"
_INVITATION = f"{_COOP}/invitations/{{invitation_id:uuid}}"

DECLARED: list[Declared] = [
    Write(
        name="api_start_coop",
        path="/coops",
        command=FoundCoop,
        carry_out=_found,
        summary="Start a co-op as its first member, référent and treasurer",
        refuses=(NoSuchCommune, UnknownPack, CharterChanged),
        example={"name": "Les Voisins du Diois", "commune_code": "26113", "charter_version": VERSION},
    ),
    Read(
        name="api_charter",
        path="/charter",
        answer=lambda a: Charter(version=VERSION, sentences=charter(a.lang)),
        returns=Charter,
        summary="What every member accepts",
    ),
    Read(
        name="api_coop",
        path=_COOP,
        answer=lambda a: a.here,
        returns=queries.CoopRow,
        summary="The co-op: where it is, how it speaks, where it is paid",
    ),
    Write(
        name="api_set_bank_account",
        path=f"{_COOP}/bank-account",
        method="PUT",
        command=c.SetBankAccount,
        carry_out=lambda a, it, asked: _door(a).set_bank_account(it, asked),
        summary="Say where the co-op itself is paid; treasurers and référents",
        refuses=(NotYours, NotAnIban),
        example={"holder": "Les Voisins du Diois", "iban": "FR76 3000 6000 0112 3456 7890 189"},
    ),
    Read(
        name="api_members",
        path=f"{_COOP}/members",
        answer=lambda a: queries.members_of(a.connection, a.coop_id, a.now),
        returns=tuple[queries.MemberRow, ...],
        summary="Everyone who is or was a member: current ones first, by name",
    ),
    Read(name="api_member", path=_MEMBER, answer=_member, returns=queries.MemberRow, summary="One member"),
    Write(
        name="api_give_role",
        path=f"{_MEMBER}/roles",
        command=c.GiveRole,
        carry_out=lambda a, it, asked: _door(a).give_role(it, asked),
        summary="Give a member a role, or renew it; 12 months at most",
        refuses=(RolesForMembers, MandateTooLong, MandateOver),
        example={"role": "treasurer", "until": "2027-06-30"},
    ),
    Write(
        name="api_end_role",
        path=f"{_MEMBER}/roles/end",
        command=c.EndRole,
        carry_out=lambda a, it, asked: _door(a).end_role(it, asked),
        summary="End a role before its date: one's own, or as a référent",
        refuses=(NotYours, LastReferent),
        example={"role": "treasurer"},
    ),
    Write(
        name="api_leave_coop",
        path=f"{_MEMBER}/departure",
        command=c.LeaveCoop,
        carry_out=lambda a, it, asked: leaving.leave(a.site.history, a.here, it, asked),
        summary="Leave the co-op: oneself, or on a référent's word; the balance stays in the books",
        refuses=(NotYours, leaving.TripUnderWay, leaving.StillLends, LastReferent),
        example={},
    ),
    Write(
        name="api_erase_member",
        path=f"{_MEMBER}/erasure",
        command=c.EraseMember,
        carry_out=_erase,
        summary="Erase a former member's personal data for good: one's own, or as a référent",
        refuses=(NotYours, StillAMember, Unknown),
        example={},
    ),
    Read(
        name="api_invitations",
        path=f"{_COOP}/invitations",
        answer=lambda a: queries.invitations_of(a.connection, a.coop_id, a.now),
        returns=tuple[queries.InvitationRow, ...],
        summary="The co-op's invitations, newest first; the link is /join/ and the id",
    ),
    Write(
        name="api_issue_invitation",
        path=f"{_COOP}/invitations",
        command=c.IssueInvitation,
        carry_out=lambda a, it, asked: _door(a).issue_invitation(it, asked),
        summary="Make an invitation for one person (mail) or for all who scan it (poster); you send it",
        example={"kind": "poster", "days_valid": 90},
    ),
    Write(
        name="api_mail_invitation",
        path=f"{_COOP}/mailed-invitations",
        command=MailInvitation,
        carry_out=lambda a, it, asked: mail_invitation(a, it.email, asked),
        summary="Invite one person by mail",
        example={"email": "jean@example.org"},
    ),
    Write(
        name="api_revoke_invitation",
        path=f"{_INVITATION}/revocation",
        command=c.RevokeInvitation,
        carry_out=lambda a, it, asked: _door(a).revoke_invitation(it, asked),
        summary="Take an invitation back",
        refuses=(InvitationAlreadyUsed,),
        example={},
    ),
    Read(
        name="api_invited",
        path="/invitations/{invitation_id:uuid}",
        answer=_invited,
        returns=Invited,
        summary="What an invitation leads to, and the charter one accepts",
        refuses=(Unknown,),
    ),
    Write(
        name="api_accept_invitation",
        path=f"{_INVITATION}/acceptance",
        command=AcceptInvitation,
        carry_out=_accept,
        summary="Become a member by an invitation",
        refuses=(
            InvitationExpired,
            InvitationTakenBack,
            InvitationAlreadyUsed,
            CharterChanged,
            MembershipErased,
            Unknown,
        ),
        example={"charter_version": VERSION},
    ),
]

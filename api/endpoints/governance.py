"""Co-ops, their members, roles and invitations, for programs."""

from typing import Any

from api.newcomers import mail_invitation
from api.web.declared import Declared, Read, Write
from api.web.visit import Visit
from governance import commands as c
from governance import queries
from governance.application import Governance
from governance.coop import NotAnIban
from governance.invitation import InvitationAlreadyUsed
from governance.mandates import LastReferent, MandateOver, MandateTooLong, RolesForMembers
from kernel.command import Command
from kernel.refused import NotYours, Unknown
from people.person import Email


class MailInvitation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send someone a link that admits her alone; her address is kept nowhere once the mail has left."""

    email: Email


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
    Read(
        name="api_invitations",
        path=f"{_COOP}/invitations",
        answer=lambda a: queries.invitations_of(a.connection, a.coop_id, a.now),
        returns=tuple[queries.InvitationRow, ...],
        summary="The co-op's invitations, newest first; the link is /invitations/ and the id",
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
]

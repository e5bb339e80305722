"""Members and their roles, and how new ones are invited: by mail, or by a poster with its QR code."""

from typing import Any

from api.drawing.codes import qr_of
from api.drawing.vehicles import tint_of
from api.newcomers import MAIL_DAYS, mail_invitation
from api.pages.declared import get, post
from api.pages.neighbours import Neighbours
from api.web.answers import Answer, Go, Page
from api.web.forms import Misread
from api.web.visit import Visit
from governance.application import Governance
from governance.commands import EndRole, EraseMember, GiveRole, IssueInvitation, RevokeInvitation
from governance.events import InvitationKind
from governance.queries import InvitationRow, MemberRow, invitations_of, member
from governance.roles import Role
from kernel.refused import Unknown
from usecases import leaving

POSTER_DAYS = 365


@get("/coops/{coop_id:uuid}/members/{member_id:uuid}")
def show_member(visit: Visit) -> Answer:
    """Show a member: how to reach her, her vehicles, her roles."""
    row, neighbours = _member(visit), Neighbours(visit)
    is_referent = visit.member is not None and visit.member.holds(Role.REFERENT)
    mine = row.member_id == visit.me
    shows = {
        "member": row,
        "name": neighbours.name(row.member_id),
        "vehicles": neighbours.owned_by(row.member_id) if row.is_member else [],
        "roles": [{"role": role, "name": neighbours.role(role)} for role in row.roles],
        "to_give": [(role, neighbours.role(role)) for role in Role if role not in row.roles],
        "may_give": is_referent and row.is_member,
        "may_end": is_referent or mine,
        "may_erase": is_referent and not row.is_member and row.erased_at is None,
    }
    return Page("member.html", shows)


@post("/coops/{coop_id:uuid}/members/{member_id:uuid}/roles", again=show_member)
def give_role(visit: Visit) -> Answer:
    """Give a member a role for a year, or renew it."""
    command = GiveRole(coop_id=visit.coop_id, member_id=visit.place("member_id"), role=_role(visit))
    visit.site.settled(Governance(visit.site.history).give_role(command, visit.asked()))
    return Go(_page(visit), said="The role is given, for a year.")


@post("/coops/{coop_id:uuid}/members/{member_id:uuid}/roles/end", again=show_member)
def end_role(visit: Visit) -> Answer:
    """End a member's role before its date."""
    command = EndRole(coop_id=visit.coop_id, member_id=visit.place("member_id"), role=_role(visit))
    visit.site.settled(Governance(visit.site.history).end_role(command, visit.asked()))
    return Go(_page(visit), said="The role has ended.")


@post("/coops/{coop_id:uuid}/members/{member_id:uuid}/erasure", again=show_member)
def erase_member(visit: Visit) -> Answer:
    """Erase a former member's personal data, as she asked."""
    if not visit.form.ticked("understood"):
        raise Misread({"understood": "Say that you understand: this cannot be undone."})
    row = _member(visit)
    command = EraseMember(coop_id=visit.coop_id, member_id=row.member_id)
    visit.site.settled(leaving.erase(visit.site.history, row.person_id, command, visit.asked()))
    return Go(f"/coops/{visit.coop_id}/community", said="These data are erased for good.")


@get("/coops/{coop_id:uuid}/invitations")
def invitations(visit: Visit) -> Answer:
    """Invite by mail; see which invitations are open."""
    rows = invitations_of(visit.connection, visit.coop_id, visit.now)
    shows = {
        "days": MAIL_DAYS,
        "open": [_invitation(visit, row) for row in rows if row.state == "valid"],
    }
    return Page("invite.html", shows)


@post("/coops/{coop_id:uuid}/invitations", again=invitations)
def invite(visit: Visit) -> Answer:
    """Send a newcomer a link that admits one person."""
    email = visit.form.mail_address("email")
    visit.site.settled(mail_invitation(visit, email, visit.asked()))
    return Go(f"/coops/{visit.coop_id}/invitations", said="The invitation is on its way.")


@post("/coops/{coop_id:uuid}/invitations/{invitation_id:uuid}/revocation", again=invitations)
def revoke_invitation(visit: Visit) -> Answer:
    """Take an invitation back."""
    command = RevokeInvitation(coop_id=visit.coop_id, invitation_id=visit.place("invitation_id"))
    visit.site.settled(Governance(visit.site.history).revoke_invitation(command, visit.asked()))
    return Go(f"/coops/{visit.coop_id}/invitations", said="The invitation is taken back.")


@get("/coops/{coop_id:uuid}/poster")
def poster(visit: Visit) -> Answer:
    """Show the poster to print; without an open invitation for it, say how to make one."""
    found = _poster(visit)
    address = _address(visit, found) if found else None
    vehicles = [{"name": v.name, "kind": v.kind, "tint": tint_of(v.vehicle_id)} for v in Neighbours(visit).vehicles]
    shows = {
        "join_address": address,
        "qr": qr_of(address) if address else None,
        "until": found.expires_at if found else None,
        "contact": {"name": visit.my_person.name, "phone": visit.my_person.phone},
        "vehicles": vehicles,
    }
    return Page("poster.html", shows)


@post("/coops/{coop_id:uuid}/poster", again=poster)
def make_poster(visit: Visit) -> Answer:
    """Make the poster's invitation for a year; the open one stays when there is one."""
    if _poster(visit) is None:
        command = IssueInvitation(coop_id=visit.coop_id, kind=InvitationKind.POSTER, days_valid=POSTER_DAYS)
        visit.site.settled(Governance(visit.site.history).issue_invitation(command, visit.asked()))
    return Go(f"/coops/{visit.coop_id}/poster")


def _member(visit: Visit) -> MemberRow:
    row = member(visit.connection, visit.coop_id, visit.place("member_id"), visit.now)
    if row is None:
        raise Unknown
    return row


def _role(visit: Visit) -> Role:
    text = visit.form.needed("role", 20)
    if text not in list(Role):
        raise Misread({"role": "Choose a role from the list."})
    return Role(text)


def _page(visit: Visit) -> str:
    return f"/coops/{visit.coop_id}/members/{visit.place('member_id')}"


def _poster(visit: Visit) -> InvitationRow | None:
    rows = invitations_of(visit.connection, visit.coop_id, visit.now)
    return next((row for row in rows if row.kind == InvitationKind.POSTER and row.state == "valid"), None)


def _invitation(visit: Visit, row: InvitationRow) -> dict[str, Any]:
    link = _address(visit, row)
    return {"invitation_id": row.invitation_id, "kind": row.kind, "until": row.expires_at, "link": link}


def _address(visit: Visit, row: InvitationRow) -> str:
    return f"{visit.site.settings.base_url}/join/{row.invitation_id}"

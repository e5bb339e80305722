"""Members and their roles, and how new ones are invited: by mail, or by a poster with its QR code."""

from typing import Any

from api import departures
from api.drawing.pictures import qr_of, tint_of
from api.newcomers import MAIL_DAYS, mail_invitation
from api.pages.neighbours import Neighbours
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.forms import Misread
from api.web.routes import get, post
from governance.application import Governance
from governance.commands import EndRole, EraseMember, GiveRole, IssueInvitation, RevokeInvitation
from governance.events import InvitationKind
from governance.queries import InvitationRow, MemberRow, invitations_of, member
from governance.roles import Role
from kernel.refused import Unknown

POSTER_DAYS = 365


@get("/coops/{coop_id:uuid}/members/{member_id:uuid}")
def show_member(asking: Asking) -> Answer:
    """Show a member: how to reach her, her vehicles, her roles."""
    row, neighbours = _member(asking), Neighbours(asking)
    is_referent = asking.member is not None and asking.member.holds(Role.REFERENT)
    mine = row.member_id == asking.me
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
def give_role(asking: Asking) -> Answer:
    """Give a member a role for a year, or renew it."""
    command = GiveRole(coop_id=asking.coop_id, member_id=asking.place("member_id"), role=_role(asking))
    asking.site.settled(Governance(asking.site.history).give_role(command, asking.asked()))
    return Go(_page(asking), said="The role is given, for a year.")


@post("/coops/{coop_id:uuid}/members/{member_id:uuid}/roles/end", again=show_member)
def end_role(asking: Asking) -> Answer:
    """End a member's role before its date."""
    command = EndRole(coop_id=asking.coop_id, member_id=asking.place("member_id"), role=_role(asking))
    asking.site.settled(Governance(asking.site.history).end_role(command, asking.asked()))
    return Go(_page(asking), said="The role has ended.")


@post("/coops/{coop_id:uuid}/members/{member_id:uuid}/erasure", again=show_member)
def erase_member(asking: Asking) -> Answer:
    """Erase a former member's personal data, as she asked."""
    if not asking.form.ticked("understood"):
        raise Misread({"understood": "Say that you understand: this cannot be undone."})
    row = _member(asking)
    command = EraseMember(coop_id=asking.coop_id, member_id=row.member_id)
    asking.site.settled(departures.erase(asking.site.history, row.person_id, command, asking.asked()))
    return Go(f"/coops/{asking.coop_id}/community", said="These data are erased for good.")


@get("/coops/{coop_id:uuid}/invitations")
def invitations(asking: Asking) -> Answer:
    """Invite by mail; see which invitations are open."""
    rows = invitations_of(asking.connection, asking.coop_id, asking.now)
    shows = {
        "days": MAIL_DAYS,
        "open": [_invitation(asking, row) for row in rows if row.state == "valid"],
    }
    return Page("invite.html", shows)


@post("/coops/{coop_id:uuid}/invitations", again=invitations)
def invite(asking: Asking) -> Answer:
    """Send a newcomer a link that admits one person."""
    email = asking.form.mail_address("email")
    asking.site.settled(mail_invitation(asking, email, asking.asked()))
    return Go(f"/coops/{asking.coop_id}/invitations", said="The invitation is on its way.")


@post("/coops/{coop_id:uuid}/invitations/{invitation_id:uuid}/revocation", again=invitations)
def revoke_invitation(asking: Asking) -> Answer:
    """Take an invitation back."""
    command = RevokeInvitation(coop_id=asking.coop_id, invitation_id=asking.place("invitation_id"))
    asking.site.settled(Governance(asking.site.history).revoke_invitation(command, asking.asked()))
    return Go(f"/coops/{asking.coop_id}/invitations", said="The invitation is taken back.")


@get("/coops/{coop_id:uuid}/poster")
def poster(asking: Asking) -> Answer:
    """Show the poster to print; without an open invitation for it, say how to make one."""
    found = _poster(asking)
    address = _address(asking, found) if found else None
    vehicles = [{"name": v.name, "kind": v.kind, "tint": tint_of(v.name)} for v in Neighbours(asking).vehicles]
    shows = {
        "join_address": address,
        "qr": qr_of(address) if address else None,
        "until": found.expires_at if found else None,
        "contact": {"name": asking.my_person.name, "phone": asking.my_person.phone},
        "vehicles": vehicles,
    }
    return Page("poster.html", shows)


@post("/coops/{coop_id:uuid}/poster", again=poster)
def make_poster(asking: Asking) -> Answer:
    """Make the poster's invitation for a year; the open one stays when there is one."""
    if _poster(asking) is None:
        command = IssueInvitation(coop_id=asking.coop_id, kind=InvitationKind.POSTER, days_valid=POSTER_DAYS)
        asking.site.settled(Governance(asking.site.history).issue_invitation(command, asking.asked()))
    return Go(f"/coops/{asking.coop_id}/poster")


def _member(asking: Asking) -> MemberRow:
    row = member(asking.connection, asking.coop_id, asking.place("member_id"), asking.now)
    if row is None:
        raise Unknown
    return row


def _role(asking: Asking) -> Role:
    text = asking.form.needed("role", 20)
    if text not in list(Role):
        raise Misread({"role": "Choose a role from the list."})
    return Role(text)


def _page(asking: Asking) -> str:
    return f"/coops/{asking.coop_id}/members/{asking.place('member_id')}"


def _poster(asking: Asking) -> InvitationRow | None:
    rows = invitations_of(asking.connection, asking.coop_id, asking.now)
    return next((row for row in rows if row.kind == InvitationKind.POSTER and row.state == "valid"), None)


def _invitation(asking: Asking, row: InvitationRow) -> dict[str, Any]:
    link = _address(asking, row)
    return {"invitation_id": row.invitation_id, "kind": row.kind, "until": row.expires_at, "link": link}


def _address(asking: Asking, row: InvitationRow) -> str:
    return f"{asking.site.settings.base_url}/join/{row.invitation_id}"

"""A member: how to reach her, her vehicles, what the co-op entrusts to her; erasing the data of one who left."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from api.places import COOP
from api.web.acts import Fields, act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from fleet.queries import vehicles_owned_by
from governance.application import Governance
from governance.commands import EndRole, EraseMember, GiveRole
from governance.member import member_id_of
from governance.queries import MemberRow, member, members_slice
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.refused import NotYours, Unknown
from kernel.slice import Slice, Wanted
from kernel.text import N_
from usecases import leaving
from usecases.actor import Actor

MEMBERS = f"{COOP}/members"
MEMBER = f"{MEMBERS}/{{member_id:uuid}}"
BACK = "/coops/{coop_id}/members/{member_id}"


class OneMember(View, frozen=True, kw_only=True):
    """A member, current or former, as any member may see her; what may be done is the reader's."""

    template: ClassVar[str] = "members/member.html"

    member: MemberRow
    vehicles: Sequence[str]
    may_give: bool
    may_end: bool
    may_erase: bool

    @property
    def to_give(self) -> Sequence[Role]:
        """The roles she does not hold."""
        return [role for role in Role if role not in self.member.roles]


@page(MEMBER, who="member")
def show_member(visit: Visit, member_id: UUID) -> Page:
    """Show a member: how to reach her, her vehicles, her roles."""
    actor = visit.actor
    row, is_referent = one_member(actor, member_id), actor.holds(Role.REFERENT)
    view = OneMember(
        member=row,
        vehicles=vehicles_owned_by(actor.connection, actor.coop_id, member_id) if row.is_member else (),
        may_give=is_referent and row.is_member,
        may_end=is_referent or member_id == actor.me,
        may_erase=is_referent and not row.is_member and row.erased_at is None,
    )
    return Page(view)


@question(MEMBERS, who="member")
def members(actor: Actor, query: Wanted) -> Slice[MemberRow]:
    """Everyone who is or was a member: current ones first, by name."""
    after, most = query.after, query.limit
    return members_slice(actor.connection, actor.coop_id, actor.now, formers=True, after=after, most=most)


@question(MEMBER, who="member")
def one_member(actor: Actor, member_id: UUID) -> MemberRow:
    """One member."""
    row = member(actor.connection, actor.coop_id, member_id, actor.now)
    if row is None:
        raise Unknown
    return row


@act(
    f"{MEMBER}/roles",
    who="referent",
    page=show_member,
    said=N_("The role is given, for a year."),
    then=BACK,
    example={"role": "treasurer", "until": "2027-06-30"},
)
def give_role(actor: Actor, command: GiveRole, asked: Asked) -> Done:
    """Give a member a role, or renew it; 12 months at most."""
    return Governance(actor.history).give_role(command, asked)


@act(
    f"{MEMBER}/roles/end",
    who="member",
    page=show_member,
    said=N_("The role has ended."),
    then=BACK,
    example={"role": "treasurer"},
)
def end_role(actor: Actor, command: EndRole, asked: Asked) -> Done:
    """End a role before its date: one's own, or as a référent."""
    return Governance(actor.history).end_role(command, asked)


def typed_erasure(visit: Visit) -> Fields:
    """Return nothing more than the address says, once it is understood that this cannot be undone."""
    visit.form.understood()
    return {}


@act(
    f"{MEMBER}/erasure",
    who="person",
    page=show_member,
    read=typed_erasure,
    said=N_("These data are erased for good."),
    then="/coops/{coop_id}/community",
    example={},
)
def erase_member(actor: Actor, command: EraseMember, asked: Asked) -> Done:
    """Erase a former member's personal data for good: one's own, or as a référent."""
    me = member_id_of(command.coop_id, actor.my_person.person_id)
    if actor.member is None and command.member_id != me:
        raise NotYours  # whoever else there is: strangers learn nothing of it
    return leaving.erase(actor, command, replace(asked, by=me))

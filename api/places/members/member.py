"""A member: how to reach her, her vehicles, what the co-op entrusts to her; what keeps her from booking."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.members.recovering import Recovering, may_recover, recovering, threatened_elsewhere
from api.web.acts import Undo, act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from fleet.queries import vehicles_owned_by
from governance.application import Governance
from governance.commands import (
    AnswerSuspension,
    EndRole,
    GiveRole,
    LiftSuspension,
    SuspendBookings,
)
from governance.queries import ByColumn, MemberRow, member, members_slice
from governance.roles import Role
from governance.suspension.queries import Suspension, suspension_of
from kernel.command import Asked, Done
from kernel.refused import Unknown
from kernel.slice import Slice, Wanted
from kernel.text import N_
from usecases.actor import Actor
from usecases.driving.lateness import CancelledLate, cancelled_late
from usecases.leaving import is_herself, is_herself_or_referent
from usecases.money.accounts import reads_accounts
from usecases.neighbours import Neighbours

MEMBERS = f"{COOP}/members"
MEMBER = f"{MEMBERS}/{{member_id:uuid}}"
BACK = "/coops/{coop_id}/members/{member_id}"


class OneMember(View, frozen=True, kw_only=True):
    """A member, current or former, as any member may see her; what may be done is the reader's.

    `cancelled_late` is how often, in the last year: for herself and référents, `None` for others.
    """

    template: ClassVar[str] = "members/member.html"

    member: MemberRow
    vehicles: Sequence[str]
    may_give: bool
    may_end: bool
    may_suspend: bool
    may_recover: bool
    suspension: Suspension | None
    suspended_by: str | None
    recovering: Recovering | None
    threatened: datetime | None
    mine: bool
    cancelled_late: int | None
    reads_account: bool

    @property
    def to_give(self) -> Sequence[Role]:
        """The roles she does not hold."""
        return [role for role in Role if role not in self.member.roles]


@page(MEMBER, who="member")
def show_member(visit: Visit, member_id: UUID) -> Page:
    """Show a member: how to reach her, her vehicles, her roles."""
    actor = visit.actor
    row, is_referent, mine = one_member(actor, member_id), actor.holds(Role.REFERENT), member_id == actor.me
    told_all = is_referent or mine
    suspension = _suspension(actor, row) if told_all else None
    way_back = recovering(actor, row) if row.is_member else None
    view = OneMember(
        member=row,
        vehicles=vehicles_owned_by(actor.connection, actor.coop_id, member_id) if row.is_member else (),
        may_give=is_referent and row.is_member,
        may_end=told_all,
        may_suspend=is_referent and row.is_member and not mine,
        may_recover=may_recover(actor, row, way_back),
        suspension=suspension,
        suspended_by=Neighbours(actor).member(suspension.by) if suspension else None,
        recovering=way_back,
        threatened=threatened_elsewhere(actor, row),
        mine=mine,
        cancelled_late=cancelled_late(actor, member_id).count if told_all else None,
        reads_account=mine or reads_accounts(actor),
    )
    return Page(view)


class MembersAsked(Wanted, frozen=True, kw_only=True):
    """By what members are sorted, and which slice of them."""

    sort: Annotated[ByColumn, msgspec.Meta(description="with a minus, falling")] = "name"


@question(MEMBERS, who="member")
def members(actor: Actor, query: MembersAsked) -> Slice[MemberRow]:
    """Everyone who is or was a member: current ones first, by name; or by when they joined."""
    by, after, most = query.sort, query.after, query.limit
    return members_slice(actor.connection, actor.coop_id, actor.now, formers=True, by=by, after=after, most=most)


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
    lasting="The same page ends it.",
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
    lasting="The same page gives it again.",
    example={"role": "treasurer"},
)
def end_role(actor: Actor, command: EndRole, asked: Asked) -> Done:
    """End a role before its date: one's own, or as a référent."""
    return Governance(actor.history).end_role(command, asked)


def _suspension(actor: Actor, row: MemberRow) -> Suspension | None:
    if row.suspended_until is None:
        return None
    return suspension_of(actor.connection, actor.keyring, actor.coop_id, row.member_id)


@question(f"{MEMBER}/suspensions", who=is_herself_or_referent)
def suspensions(actor: Actor, member_id: UUID) -> tuple[Suspension, ...]:
    """Why and until when her new bookings are or were suspended, and what she answered; mostly none."""
    found = suspension_of(actor.connection, actor.keyring, actor.coop_id, member_id)
    return (found,) if found else ()


@question(f"{MEMBER}/late-cancellations", who=is_herself_or_referent)
def late_cancellations(actor: Actor, member_id: UUID) -> CancelledLate:
    """How often she gave hours back after the time to cancel freely, in the last year."""
    return cancelled_late(actor, member_id)


@act(
    f"{MEMBER}/suspension",
    who="referent",
    page=show_member,
    said=N_("New bookings are suspended for 15 days. She is told why."),
    then=BACK,
    undo=Undo("/coops/{coop_id}/members/{member_id}/suspension/end"),
    example={"reason": "Three returns without a word, each of them hours late."},
)
def suspend_bookings(actor: Actor, command: SuspendBookings, asked: Asked) -> Done:
    """Suspend a member's new bookings for 15 days, once; again needs a vote."""
    return Governance(actor.history).suspend_bookings(command, asked)


@act(
    f"{MEMBER}/suspension/answer",
    who=is_herself,
    page=show_member,
    said=N_("Your answer is noted: the référents read it."),
    then=BACK,
    lasting="Her words are written anew on the same page.",
    example={"answer": "I was in hospital: nobody asked me."},
)
def answer_suspension(actor: Actor, command: AnswerSuspension, asked: Asked) -> Done:
    """Answer the suspension of my bookings."""
    return Governance(actor.history).answer_suspension(command, asked)


@act(
    f"{MEMBER}/suspension/end",
    who="referent",
    page=show_member,
    said=N_("She can book again."),
    then=BACK,
    lasting="Another is begun, with its reason.",
    example={},
)
def lift_suspension(actor: Actor, command: LiftSuspension, asked: Asked) -> Done:
    """Let a member book again before the time is over."""
    return Governance(actor.history).lift_suspension(command, asked)

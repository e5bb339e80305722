"""Whose account it is: members by their names, the co-op as its common purse."""

from collections.abc import Callable, Iterable
from uuid import UUID

from api.web.visit import Visit
from governance.queries import MemberRow, members_of
from governance.roles import Role

Naming = Callable[[UUID], str]


def holders(visit: Visit, known: Iterable[MemberRow] = ()) -> Naming:
    """Return what names an account to the reader; whoever was erased is a former member. `known` spares a question."""
    known = known or members_of(visit.connection, visit.coop_id, visit.now)
    names = {each.member_id: each.name for each in known}
    purse, former = visit.say("the common purse"), visit.say("a former member")
    return lambda account: purse if account == visit.coop_id else names.get(account) or former


def accounts_here(visit: Visit) -> frozenset[UUID]:
    """Return every account of the co-op: its own and its members', those who left included."""
    known = members_of(visit.connection, visit.coop_id, visit.now)
    return frozenset({visit.coop_id, *(each.member_id for each in known)})


def acting_for(visit: Visit) -> frozenset[UUID]:
    """Return the accounts the reader acts for: her own, and the co-op's when she is its treasurer."""
    treasurer = visit.member is not None and visit.member.holds(Role.TREASURER)
    return frozenset({visit.me, visit.coop_id} if treasurer else {visit.me})

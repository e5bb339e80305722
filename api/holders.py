"""Whose account it is: members by their names, the co-op as its common purse."""

from collections.abc import Callable, Iterable
from uuid import UUID

from api.web.asking import Asking
from governance.queries import MemberRow, members_of
from governance.roles import Role

Naming = Callable[[UUID], str]


def holders(asking: Asking, known: Iterable[MemberRow] = ()) -> Naming:
    """Return what names an account to the reader; whoever was erased is a former member. `known` spares a question."""
    known = known or members_of(asking.connection, asking.coop_id, asking.now)
    names = {each.member_id: each.name for each in known}
    purse, former = asking.say("the common purse"), asking.say("a former member")
    return lambda account: purse if account == asking.coop_id else names.get(account) or former


def accounts_here(asking: Asking) -> frozenset[UUID]:
    """Return every account of the co-op: its own and its members', those who left included."""
    known = members_of(asking.connection, asking.coop_id, asking.now)
    return frozenset({asking.coop_id, *(each.member_id for each in known)})


def acting_for(asking: Asking) -> frozenset[UUID]:
    """Return the accounts the reader acts for: her own, and the co-op's when she is its treasurer."""
    treasurer = asking.member is not None and asking.member.holds(Role.TREASURER)
    return frozenset({asking.me, asking.coop_id} if treasurer else {asking.me})

"""Who undoes for the co-op what stands in its books: its treasurer, never where she gains by it.

Another treasurer does so then, else a référent; where nobody else with a role is free of it, any other member. The only
member of a co-op does all, as in its transfers.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from governance.queries import current_members, roles_of
from governance.roles import Role, holders
from kernel.refused import Unknown
from ledger.entries.queries import entry
from usecases.actor import Actor
from usecases.money.contesting import deciders
from usecases.money.witnessed import gaining_by_undoing


def speakers(
    roles: Mapping[UUID, Collection[Role]], gaining: Collection[UUID], members: Collection[UUID]
) -> frozenset[UUID]:
    """Return who of all the `members` speaks for the co-op where some are `gaining`: none of these, but where all are.

    Then it is any other than a treasurer, and where there is no other each of them.
    """
    of_others = {member_id: held for member_id, held in roles.items() if member_id not in gaining}
    found = deciders(of_others, gaining, members)
    return found or frozenset(members) - holders(roles, Role.TREASURER) or frozenset(members)


def speaks_for_coop(actor: Actor, gaining: Collection[UUID]) -> bool:
    """Tell whether the reader speaks for the co-op where some are `gaining`."""
    if actor.holds(Role.TREASURER) and actor.me not in gaining:
        return True
    return actor.me in speakers_in(actor, gaining)


def speakers_in(actor: Actor, gaining: Collection[UUID]) -> frozenset[UUID]:
    """Return who speaks for the reader's co-op where some are `gaining`."""
    roles = roles_of(actor.connection, actor.coop_id, actor.now)
    return speakers(roles, gaining, current_members(actor.connection, actor.coop_id))


def undoes_entry(actor: Actor, entry_id: UUID) -> bool:
    """Is the treasurer, and gains nothing by its being undone; else whoever speaks for the co-op in her stead."""
    found = entry(actor.connection, actor.coop_id, entry_id)
    if found is None:
        raise Unknown
    return speaks_for_coop(actor, gaining_by_undoing(found))

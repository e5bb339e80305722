"""Who undoes for the co-op what stands in its books: its treasurer, never where she gains by it.

Another treasurer does so then, else a référent; where nobody else with a role is free of it, any other member. The only
member of a co-op does all, as in its transfers.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from governance.queries import current_members, roles_of
from governance.roles import Role, holders
from kernel.refused import Refused, Unknown
from ledger.entries.queries import EntryRow, entry
from usecases.actor import Actor
from usecases.money.contesting import deciders
from usecases.money.witnessed import made_lower_by


class PartOfExpense(Refused):
    """This is a part of an expense. Take the expense back on its own page: all its parts go with it."""


def speakers(
    roles: Mapping[UUID, Collection[Role]], gaining: Collection[UUID], members: Collection[UUID]
) -> frozenset[UUID]:
    """Return who of all the `members` speaks for the co-op where some are `gaining`: none of these, but where all are.

    Then it is any other than a treasurer, and where there is no other each of them.
    """
    of_others = {member_id: held for member_id, held in roles.items() if member_id not in gaining}
    found = deciders(of_others, gaining, members)
    return found or frozenset(members) - holders(roles, Role.TREASURER) or frozenset(members)


def undoers(actor: Actor, gaining: Collection[UUID], losing: Collection[UUID]) -> frozenset[UUID]:
    """Return who undoes for the co-op what some are `gaining` by, and others `losing`.

    What a treasurer has of the common purse she may give back, and another who speaks for the co-op may take back too:
    the purse contests nothing, and she would be the only one to look at it.
    """
    roles = roles_of(actor.connection, actor.coop_id, actor.now)
    members = current_members(actor.connection, actor.coop_id)
    found = speakers(roles, gaining, members)
    if actor.coop_id in gaining and not holders(roles, Role.TREASURER).isdisjoint(losing):
        found |= speakers(roles, {*gaining, *losing}, members)
    return found


def undoes_entry(actor: Actor, entry_id: UUID) -> bool:
    """Is the treasurer, and gains nothing by its being undone; else, or where it paid her, who speaks in her stead."""
    found = entry(actor.connection, actor.coop_id, entry_id)
    if found is None:
        raise Unknown
    return actor.me in entry_undoers(actor, found)


def can_be_undone(found: EntryRow) -> bool:
    """Tell whether an entry still stands and is undone by itself: an expense is taken back whole."""
    return found.can_be_reversed and found.kind != "expense"


def check_undone_by_itself(found: EntryRow) -> None:
    """Refuse `PartOfExpense` for what is taken back only with the rest of its expense."""
    if found.kind == "expense":
        raise PartOfExpense


def entry_undoers(actor: Actor, found: EntryRow) -> frozenset[UUID]:
    """Return who may undo an entry, the same once it is undone: those whom it made lower gain by that, others lose."""
    gaining = made_lower_by(found)
    return undoers(actor, gaining, {line.account for line in found.postings} - gaining)

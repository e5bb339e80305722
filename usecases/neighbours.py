"""What neighbours and vehicles are called: the one answer to "what is she called?", however few or many are named.

An erased member has no name any more: the answer is `None`, and those who show it choose how to say that.
"""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from sqlalchemy import Connection

from fleet.queries import vehicle_names
from governance.queries import names_of
from usecases.actor import Actor

Naming = Callable[[Connection, UUID, Iterable[UUID]], Mapping[UUID, str]]


class Neighbours:
    """The names of a co-op's members and vehicles, each asked of the database once; those who left keep theirs."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._members: dict[UUID, str | None] = {}
        self._vehicles: dict[UUID, str | None] = {}

    def meet(self, *, members: Iterable[UUID | None] = (), vehicles: Iterable[UUID | None] = ()) -> "Neighbours":
        """Ask for the names of all these in one question for each kind, before they are used one by one."""
        self._learn(self._members, members, names_of)
        self._learn(self._vehicles, vehicles, vehicle_names)
        return self

    def member(self, member_id: UUID | None) -> str | None:
        """Return a member's name, `None` once erased, and for nobody."""
        self.meet(members=(member_id,))
        return self._members[member_id] if member_id else None

    def vehicle(self, vehicle_id: UUID | None) -> str | None:
        """Return a vehicle's name, in service or not; `None` when the co-op never had it, and for none."""
        self.meet(vehicles=(vehicle_id,))
        return self._vehicles[vehicle_id] if vehicle_id else None

    def _learn(self, known: dict[UUID, str | None], wanted: Iterable[UUID | None], ask: Naming) -> None:
        unknown = {asked_id for asked_id in wanted if asked_id is not None} - known.keys()
        if unknown:
            known.update(dict.fromkeys(unknown))
            known.update(ask(self._actor.connection, self._actor.coop_id, unknown))

"""For whom the reader acts in a transfer: for herself, or for the co-op, never across from herself.

The co-op's transfers are its treasurer's to declare and to confirm. Of one with herself, another treasurer says that it
was made or has come, else a référent; where nobody else holds a role, any other member. The only member does all, but
for proving what she said herself.
"""

from collections.abc import Collection, Mapping
from functools import cached_property
from uuid import UUID

from governance.queries import current_members, roles_of
from governance.roles import Role
from ledger.settlement.queries import PlanLineRow
from usecases.actor import Actor
from usecases.money.contesting import deciders


class Acting:
    """Tells for which account the reader acts, across from which other; the roles are asked for once, where needed."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def __call__(self, account: UUID, across: UUID) -> bool:
        """Tell whether the reader acts for an account in a transfer with another."""
        actor = self._actor
        if account != actor.coop_id:
            return account == actor.account
        if actor.member is None:
            return False
        if across == actor.me:
            return self._holds_it and self._alone
        of_others = {member_id: held for member_id, held in self._roles.items() if member_id != across}
        return self._holds_it or actor.me in deciders(of_others, {across}, {actor.me})

    def has_part(self, debtor: UUID, receiver: UUID) -> bool:
        """Tell whether the reader acts for one side of a transfer."""
        return self(debtor, receiver) or self(receiver, debtor)

    def proves(self, line: PlanLineRow) -> bool:
        """Tell whether the reader may confirm a transfer with proof: as treasurer, never what she pays, gets or said.

        Of one that the co-op pays, where no treasurer is free of it, in her place.
        """
        actor, hers = self._actor, {line.debtor, line.receiver, line.declared_by}
        if actor.member is None or actor.me in hers:
            return False
        if self._holds_it or line.debtor != actor.coop_id:
            return self._holds_it
        of_others = {member_id: held for member_id, held in self._roles.items() if member_id not in hers}
        return actor.me in deciders(of_others, (), {actor.me})

    def leaves_to_another(self, account: UUID, across: UUID) -> bool:
        """Tell whether she would act as treasurer, were the transfer not her own."""
        return account == self._actor.coop_id and self._holds_it and not self(account, across)

    @property
    def _holds_it(self) -> bool:
        return self._actor.holds(Role.TREASURER)

    @cached_property
    def _roles(self) -> Mapping[UUID, Collection[Role]]:
        return roles_of(self._actor.connection, self._actor.coop_id, self._actor.now)

    @cached_property
    def _alone(self) -> bool:
        return current_members(self._actor.connection, self._actor.coop_id) == (self._actor.me,)

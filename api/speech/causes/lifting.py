"""A part taken off an entry, told: it is called after what it is taken off."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.speech.causes.telling import Link, Telling
from ledger.entries.causes.lifting import Lifted


class LiftingTelling(Telling[Lifted]):
    """What somebody bears no more of another entry."""

    @property
    def entries(self) -> tuple[UUID, ...]:
        """The entry it is taken off."""
        return (self.because.entry_id,)

    @property
    def accounts(self) -> Sequence[UUID]:
        """Who bears it no more, and those that the entry names."""
        return (self.because.account, *self._of.accounts)

    @property
    def vehicles(self) -> Sequence[UUID | None]:
        """Those that the entry it is taken off names."""
        return self._of.vehicles

    def title(self) -> str:
        """Say whose part of what it takes off."""
        name = self.teller.account(self.because.account)
        return self.say("Taken off {name}: {what}", name=name, what=self._of.title())

    def role(self, account: UUID, cents: int) -> str:  # noqa: ARG002 - the account alone tells
        """Tell who bears it no more from those it was owed to."""
        return self.say("bears it no more") if account == self.because.account else self.say("is owed it no more")

    def links(self) -> list[Link]:
        """Lead to what it is taken off, and to the contest."""
        return [
            Link(f"entries/{self.because.entry_id}", self.say("See the line it is taken off")),
            Link(f"contests/{self.because.contest_id}", self.say("See the contest")),
        ]

    @property
    def _of(self) -> Telling[Any]:
        return self.teller.tell(self.teller.entry(self.because.entry_id))

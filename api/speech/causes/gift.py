"""A gift to the common purse, told."""

from uuid import UUID

from api.speech.causes.telling import Telling
from ledger.entries.causes.gift import Given


class GiftTelling(Telling[Given]):
    """A member gave part of what she was owed."""

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """Its giver."""
        return (self.because.giver_id,)

    def title(self) -> str:
        """Say who gave."""
        return self.say("Gift by {name} to the common purse", name=self.teller.account(self.because.giver_id))

    def line(self, cents: int) -> str:  # noqa: ARG002 - only the giver has such a line
        """Leave out who gave: it was the reader."""
        return self.say("Gift to the common purse")

    def role(self, account: UUID, cents: int) -> str:  # noqa: ARG002 - the sign alone tells
        """Tell who gives from who receives."""
        return self.say("receives it") if cents > 0 else self.say("gives it")

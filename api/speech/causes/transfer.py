"""A transfer of a settlement plan, told: from whom to whom, under which reference."""

from uuid import UUID

from api.speech.causes.telling import Fact, Link, Telling
from ledger.entries.causes.transfer import PlanLinePaid


class TransferTelling(Telling[PlanLinePaid]):
    """A transfer that has come; who paid whom is told by its two sides."""

    @property
    def entries(self) -> tuple[UUID, ...]:
        """The entry itself, for its sides."""
        return (self.entry_id,)

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """Its two sides."""
        return tuple(line.account for line in self.teller.entry(self.entry_id).postings)

    def title(self) -> str:
        """Say who paid whom."""
        lines = self.teller.entry(self.entry_id).postings
        payer, receiver = (
            self.teller.account(next(line.account for line in lines if line.cents * sign > 0)) for sign in (1, -1)
        )
        return self.say("Transfer from {payer} to {receiver}", payer=payer, receiver=receiver)

    def role(self, account: UUID, cents: int) -> str:  # noqa: ARG002 - the sign alone tells
        """Tell who paid from who received."""
        return self.say("paid") if cents > 0 else self.say("received")

    def facts(self) -> list[Fact]:
        """Return the reference."""
        return [Fact(self.say("Reference"), self.because.reference)]

    def links(self) -> list[Link]:
        """Lead to the plan."""
        return [Link(f"plans/{self.because.plan_id}", self.say("See the settlement plan"))]

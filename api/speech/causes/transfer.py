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
        return self.say("Transfer from {payer} to {receiver}", payer=self._side(1), receiver=self._side(-1))

    def line(self, cents: int) -> str:
        """Say what it did: money that has come is owed no more, money that has gone neither."""
        if cents > 0:
            return self.say(
                "You paid {name} back {amount}: you owe that much less",
                name=self._side(-1),
                amount=self.teller.money(cents),
            )
        return self.teller.words.begin(
            self.say(
                "{name} paid you back {amount}: you are owed that much less",
                name=self._side(1),
                amount=self.teller.money(-cents),
            )
        )

    def _side(self, sign: int) -> str:
        """Return what the one is called who paid (1), or received (-1)."""
        lines = self.teller.entry(self.entry_id).postings
        return self.teller.account(next(line.account for line in lines if line.cents * sign > 0))

    def role(self, account: UUID, cents: int) -> str:  # noqa: ARG002 - the sign alone tells
        """Tell who paid from who received."""
        return self.say("paid") if cents > 0 else self.say("received")

    def facts(self) -> list[Fact]:
        """Return the reference."""
        return [Fact(self.say("Reference"), self.because.reference)]

    def links(self) -> list[Link]:
        """Lead to the plan."""
        return [Link(f"plans/{self.because.plan_id}", self.say("See the settlement plan"))]

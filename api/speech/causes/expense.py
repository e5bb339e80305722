"""A shared expense, told: what it was for, which month of how many, who paid and who bears it."""

from functools import cached_property
from uuid import UUID

from api.speech.causes.telling import Fact, Link, Step, Telling
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.posting import Shared, spare_cents
from ledger.entries.spread import Sides


class ExpenseTelling(Telling[ExpensePart]):
    """A part of an expense, all of it when it is not spread."""

    @property
    def vehicles(self) -> tuple[UUID | None, ...]:
        """The vehicle it was for, if it was for one."""
        return (self.because.vehicle_id,)

    def title(self) -> str:
        """Say what it was for."""
        return self.say("Expense: {what}", what=self._what())

    def line(self, cents: int) -> str:
        """Tell what the reader paid from what is her part of it."""
        paid = self.say("Paid: {what}") if cents > 0 else self.say("My part: {what}")
        return paid.format(what=self._what())

    def steps(self) -> list[Step]:
        """Return the whole and this month's part, for what is spread."""
        part = self.because
        if part.parts == 1:
            return []
        month = self.say("Month {part} of {parts}", part=part.part, parts=part.parts)
        whole = Step(self.say("Paid in all"), self.teller.money(part.whole_cents))
        return [whole, Step(month, self.teller.money(part.cents))]

    def remark(self) -> str:
        """Say where a cent between two months, or between two equal shares, comes from."""
        if self.because.parts == 1:
            return ""
        return self.say(
            "A month is what has accrued with it, less what had before, rounded down. "
            "{least} between two months, or between two equal shares, comes from there.",
            least=self.teller.least,
        )

    def role(self, account: UUID, cents: int) -> str:
        """Tell who paid, and by which shares the others bear it; and how much of it all a month is."""
        bears = account in self.because.borne.weights and (cents < 0 or account not in self.because.paid)
        role = self.share(account) if bears else self.say("paid")
        if self.because.parts == 1:
            return role
        whole, accrued, before = (
            self.teller.money((sides.borne if bears else sides.paid)[account]) for sides in self._accrued
        )
        month = self.say(
            "{whole} in all: {accrued} with this month, {before} before", whole=whole, accrued=accrued, before=before
        )
        return f"{role}. {month}"

    def facts(self) -> list[Fact]:
        """Return how it is split."""
        split = self.say("equally") if self.because.split == "equal" else self.say("by shares")
        return [Fact(self.say("Split"), split)]

    def links(self) -> list[Link]:
        """Lead to the whole expense, and to the receipt."""
        whole = Link(f"expenses/{self.because.expense_id}", self.say("See the whole expense"))
        return [whole, *self.receipt(self.because.receipt)]

    def shared(self) -> Shared:
        """Return by which shares it is borne."""
        return self.because.borne

    def odd_cent(self) -> str:
        """Name who has the odd cent of the whole, all its months together."""
        if self.because.parts == 1:
            return super().odd_cent()
        whole, *_ = self._accrued
        odd = spare_cents(whole.cents, self.because.borne.weights, whole.borne)
        if not odd:
            return ""
        return self.say(
            "All months together do not divide evenly. The odd {least}: {names}, nearest to it or drawn by lot.",
            least=self.teller.least,
            names=self.named(odd),
        )

    @cached_property
    def _accrued(self) -> tuple[Sides, Sides, Sides]:
        """What counts of it in all, with this part, and before it."""
        spread, part = self.because.spread, self.because.part
        return spread.until(spread.months), spread.until(part), spread.until(part - 1)

    def _what(self) -> str:
        """Return what it was for: "Insurance, Kangoo (3/12)"."""
        part = self.because
        what = self.teller.spent_on(part.kind, part.vehicle_id)
        return f"{what} ({part.part}/{part.parts})" if part.parts > 1 else what

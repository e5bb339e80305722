"""How an expense is spread over its months: what payers are given back and bearers bear, up to any of its parts.

In the end everyone has borne exactly the split of the whole, and every payer has been given back what she paid.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from kernel.money import accrued, split

SpreadBy = Literal["totals", "pairs"]


class Pair(NamedTuple):
    """The whole cents that one bearer owes one payer."""

    bearer: UUID
    payer: UUID
    cents: int


class Sides(NamedTuple):
    """What each payer is given back, and what each bearer bears: both sum to the same."""

    paid: dict[UUID, int]
    borne: dict[UUID, int]

    @property
    def cents(self) -> int:
        """How much it is in all."""
        return sum(self.paid.values())


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """An expense over its months, in one of two ways.

    By `pairs` the whole is split once, laid out between bearers and payers, and each pair's cents accrue by themselves:
    no part is negative, and a pair's is within a cent of its exact one. By `totals`, as for expenses recorded before
    there were pairs, each running total is split anew.
    """

    expense_id: UUID
    paid: dict[UUID, int]
    weights: dict[UUID, int]
    months: int
    by: SpreadBy

    def until(self, part: int) -> Sides:
        """Return all that counts once `part` parts stand in the books."""
        if self.by == "totals":
            total = accrued(sum(self.paid.values()), part, self.months)
            return Sides(split(total, self.paid, self.expense_id), split(total, self.weights, self.expense_id))
        sides = Sides(dict.fromkeys(self.paid, 0), dict.fromkeys(self.weights, 0))
        for pair in self.pairs():
            cents = accrued(pair.cents, part, self.months)
            sides.paid[pair.payer] += cents
            sides.borne[pair.bearer] += cents
        return sides

    def of(self, part: int) -> Sides:
        """Return what one part counts: what counts with it, less what counted before it."""
        with_it, before = self.until(part), self.until(part - 1)
        return Sides(_less(with_it.paid, before.paid), _less(with_it.borne, before.borne))

    def pairs(self) -> Iterator[Pair]:
        """Lay the cents of bearers and of payers side by side, all months together."""
        return side_by_side(split(sum(self.paid.values()), self.weights, self.expense_id), self.paid)

    def pairs_of(self, part: int) -> Iterator[Pair]:
        """Give what one part counts of each pair, where it is spread by pairs."""
        for pair in self.pairs():
            if cents := accrued(pair.cents, part, self.months) - accrued(pair.cents, part - 1, self.months):
                yield pair._replace(cents=cents)


def side_by_side(borne: Mapping[UUID, int], paid: Mapping[UUID, int]) -> Iterator[Pair]:
    """Lay the cents of bearers and of payers, none negative, side by side, each in the order of their ids.

    Each pair is whole cents, and each bearer's and each payer's pairs sum to hers.
    """
    bearers, payers = (sorted(side.items(), reverse=True) for side in (borne, paid))
    while bearers and payers:
        (bearer, owed), (payer, given) = bearers.pop(), payers.pop()
        if cents := min(owed, given):
            yield Pair(bearer, payer, cents)
        if owed > cents:
            bearers.append((bearer, owed - cents))
        if given > cents:
            payers.append((payer, given - cents))


def _less(cents: dict[UUID, int], earlier: dict[UUID, int]) -> dict[UUID, int]:
    return {account: cents[account] - earlier[account] for account in cents}

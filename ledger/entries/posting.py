"""The lines of an entry: they sum to zero, whatever is split and among however many."""

from collections import Counter
from uuid import UUID

import msgspec

from kernel.money import Money, split

_FEWEST_LINES = 2


class Posting(msgspec.Struct, frozen=True):
    """One line of an entry: what an account (a member's id, or the co-op's) gains when positive, owes when negative."""

    account: UUID
    amount: Money


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """How an amount was split: whole weights, and who got one spare cent (drawn by lot from the entry's own id)."""

    weights: dict[UUID, int]
    spare_cents: tuple[UUID, ...] = ()


def balanced(postings: tuple[Posting, ...]) -> bool:
    """Tell whether there are two lines or more, none zero, summing to zero in each currency."""
    sums: Counter[str] = Counter()
    for line in postings:
        sums[line.amount.currency] += line.amount.cents
    return len(postings) >= _FEWEST_LINES and all(line.amount.cents for line in postings) and not any(sums.values())


def opposite(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Return the lines that cancel these, account by account: negated, never split again."""
    return tuple(Posting(line.account, -line.amount) for line in postings)


def owing(entry_id: UUID, payer: UUID, amount: Money, receivers: dict[UUID, int]) -> tuple[tuple[Posting, ...], Shared]:
    """Return the lines by which `payer` owes an amount to `receivers` by weight, and how its cents were split.

    A negative amount goes the other way. No lines when nothing would move: no cents, or from one to oneself only.
    """
    parts = split(amount.cents, receivers, entry_id)
    shared = Shared(weights=receivers, spare_cents=spare_cents(amount.cents, receivers, parts))
    moving = {account: part for account, part in parts.items() if part}
    if not moving or set(moving) == {payer}:
        return (), shared
    theirs = (Posting(account, Money(part, amount.currency)) for account, part in moving.items())
    return (Posting(payer, -amount), *theirs), shared


def spare_cents(cents: int, weights: dict[UUID, int], parts: dict[UUID, int]) -> tuple[UUID, ...]:
    """Return who got one cent more than the floor of an exact share, so that the parts sum to the whole."""
    total = sum(weights.values())
    return tuple(account for account, part in parts.items() if part > cents * weights[account] // total)

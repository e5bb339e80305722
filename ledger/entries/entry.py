"""An entry of the journal: posted once, sums to zero, reversed at most once."""

from collections import Counter
from datetime import date
from uuid import UUID, uuid5

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import Money, split
from kernel.privacy import Sealed
from kernel.refused import Refused
from ledger.entries.because import Corrected, Shared
from ledger.events import EntryPosted, EntryReversed, Posting

_FEWEST_LINES = 2


class NotBalanced(Refused):
    """An entry needs two lines or more, none of them zero, that sum to zero."""


class AlreadyReversed(Refused):
    """This entry has already been undone. The books keep both, and they cancel out."""


class Entry(Aggregate, frozen=True, kw_only=True):
    """One journal entry."""

    posted: EntryPosted | None = None
    reversal_id: UUID | None = None

    def post(self, entry: EntryPosted) -> tuple[Event, ...]:
        """Post `entry`, unless it stands already; `NotBalanced` unless its lines are ≠ 0 and sum to zero."""
        if self.posted is not None:
            return ()
        if not balanced(entry.postings):
            raise NotBalanced
        return (entry,)

    def reverse(self, entry_id: UUID, *, on: date, true_day: date, reason: Sealed | None) -> tuple[Event, ...]:
        """Undo the entry with its exact opposite, account by account: negated, never split anew."""
        if self.reversal_id is not None or self.posted is None:
            raise AlreadyReversed
        reversed_ = EntryReversed(
            reversal_id=reversal_id(entry_id),
            legal_nature=self.posted.legal_nature,
            effective_on=on,
            postings=tuple(Posting(line.account, -line.amount) for line in self.posted.postings),
            because=Corrected(true_day=true_day, entry_id=entry_id, reason=reason),
            vehicle_id=self.posted.vehicle_id,
        )
        return (reversed_,)

    def evolve(self, event: Event) -> "Entry":
        """Return the entry after `event`."""
        match event:
            case EntryPosted():
                return Entry(posted=event)
            case EntryReversed(reversal_id=reversal):
                return msgspec.structs.replace(self, reversal_id=reversal)
        return self


def reversal_id(entry_id: UUID) -> UUID:
    """Return the id under which the opposite of an entry stands in the books: there can be only one."""
    return uuid5(entry_id, "reversal")


def balanced(postings: tuple[Posting, ...]) -> bool:
    """Tell whether there are two lines or more, none zero, summing to zero in each currency."""
    sums: Counter[str] = Counter()
    for line in postings:
        sums[line.amount.currency] += line.amount.cents
    return len(postings) >= _FEWEST_LINES and all(line.amount.cents for line in postings) and not any(sums.values())


def transfer(entry_id: UUID, payer: UUID, cents: int, receivers: dict[UUID, int]) -> tuple[tuple[Posting, ...], Shared]:
    """Return the lines by which `payer` owes `cents` to `receivers` by weight, and how the cents were split.

    A negative amount goes the other way. No lines when nothing would move: no cents, or from one to oneself only.
    """
    parts = split(cents, receivers, entry_id)
    shared = Shared(weights=receivers, spare_cents=spare_cents(cents, receivers, parts))
    moving = {account: part for account, part in parts.items() if part}
    if not moving or set(moving) == {payer}:
        return (), shared
    lines = [Posting(payer, Money(-cents)), *(Posting(account, Money(part)) for account, part in moving.items())]
    return tuple(lines), shared


def spare_cents(cents: int, weights: dict[UUID, int], parts: dict[UUID, int]) -> tuple[UUID, ...]:
    """Return who got one cent more than the floor of an exact share, so that the parts sum to the whole."""
    total = sum(weights.values())
    return tuple(account for account, part in parts.items() if part > cents * weights[account] // total)

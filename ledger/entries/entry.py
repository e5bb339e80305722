"""An entry of the journal: posted once, sums to zero, reversed at most once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import Money
from kernel.privacy import Sealed
from kernel.refused import Refused
from ledger.entries.causes import Explanation
from ledger.entries.causes.correction import Corrected, reversal_id
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.causes.lifting import Lifted, lifting_id
from ledger.entries.draft import Because, Draft
from ledger.entries.events import EntryPosted, EntryReversed, PartLifted
from ledger.entries.posting import Posting, balanced, opposite
from ledger.entries.spread import Pair, side_by_side


class NotBalanced(Refused):
    """An entry needs two lines or more, none of them zero, that sum to zero."""


class AlreadyReversed(Refused):
    """This entry has already been undone. The books keep both, and they cancel out."""


class Entry(Aggregate, frozen=True, kw_only=True):
    """One journal entry, and what was taken off it, by the account that bore it."""

    posted: EntryPosted | None = None
    lifted: dict[UUID, tuple[Posting, ...]] = msgspec.field(default_factory=dict)
    reversal_id: UUID | None = None

    @property
    def stands(self) -> bool:
        """Whether it was posted and not undone."""
        return self.posted is not None and self.reversal_id is None

    def post(self, draft: Draft[Explanation], *, on: date) -> tuple[Event, ...]:
        """Post a draft, to count on a day; `NotBalanced` unless its lines are ≠ 0 and sum to zero."""
        if self.posted is not None:
            return ()
        if not balanced(draft.postings):
            raise NotBalanced
        posted = EntryPosted(
            kind=draft.kind,
            legal_nature=draft.legal_nature,
            effective_on=on,
            postings=draft.postings,
            because=draft.because,
            vehicle_id=draft.vehicle_id,
        )
        return (posted,)

    def reverse(self, entry_id: UUID, *, on: date, true_day: date, reason: Sealed | None) -> tuple[Event, ...]:
        """Undo the entry with its exact opposite, account by account, and with it what was taken off it."""
        if self.reversal_id is not None or self.posted is None:
            raise AlreadyReversed
        stand = (*self.posted.postings, *(line for lines in self.lifted.values() for line in lines))
        reversed_ = EntryReversed(
            reversal_id=reversal_id(entry_id),
            legal_nature=self.posted.legal_nature,
            effective_on=on,
            postings=opposite(stand),
            because=Corrected(true_day=true_day, entry_id=entry_id, reason=reason),
            vehicle_id=self.posted.vehicle_id,
        )
        return (reversed_,)

    def lift(self, entry_id: UUID, account: UUID, *, contest_id: UUID, on: date, true_day: date) -> tuple[Event, ...]:
        """Take off the entry what an account bears of it, once; nothing when it bears nothing, or does not stand."""
        if self.posted is None or not self.stands or account in self.lifted:
            return ()
        postings = borne_by(account, self.posted.postings, self.posted.because)
        lifting = PartLifted(
            lifting_id=lifting_id(entry_id, account),
            account=account,
            legal_nature=self.posted.legal_nature,
            effective_on=on,
            postings=opposite(postings),
            because=Lifted(true_day=true_day, entry_id=entry_id, account=account, contest_id=contest_id),
            vehicle_id=self.posted.vehicle_id,
        )
        return (lifting,) if postings else ()

    def evolve(self, event: Event) -> "Entry":
        """Return the entry after `event`."""
        match event:
            case EntryPosted():
                return Entry(posted=event)
            case PartLifted(account=account, postings=postings):
                return msgspec.structs.replace(self, lifted={**self.lifted, account: postings})
            case EntryReversed(reversal_id=reversal):
                return msgspec.structs.replace(self, reversal_id=reversal)
        return self


def borne_by(account: UUID, postings: tuple[Posting, ...], because: Because) -> tuple[Posting, ...]:
    """Return of an entry's lines what one account bears, and across from it those it is owed to: it sums to zero.

    Empty when she bears nothing but what is owed to herself. However many bear a part, theirs together are never more
    than the entry's own lines.
    """
    theirs = [pair for pair in _pairs(postings, because) if pair.bearer == account != pair.payer]
    if not theirs:
        return ()
    currency = postings[0].amount.currency
    mine = Posting(account, Money(-sum(pair.cents for pair in theirs), currency))
    return (mine, *(Posting(pair.payer, Money(pair.cents, currency)) for pair in theirs))


def _pairs(postings: tuple[Posting, ...], because: Because) -> Iterator[Pair]:
    if isinstance(because, ExpensePart) and because.spread_by == "pairs":
        return because.spread.pairs_of(because.part)
    moved = Counter[UUID]()
    for line in postings:
        moved[line.account] += line.amount.cents
    borne = {account: -cents for account, cents in moved.items() if cents < 0}
    return side_by_side(borne, {account: cents for account, cents in moved.items() if cents > 0})

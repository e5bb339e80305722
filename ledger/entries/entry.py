"""An entry of the journal: posted once, sums to zero, reversed at most once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
from ledger.entries.causes.trip import TripCharge
from ledger.entries.draft import Because, Draft
from ledger.entries.events import EntryPosted, EntryReversed, PartLifted
from ledger.entries.posting import Posting, balanced, opposite
from ledger.entries.spread import Pair, side_by_side


class NotBalanced(Refused):
    """An entry needs two lines or more, none of them zero, that sum to zero."""


class AlreadyReversed(Refused):
    """This entry has already been undone. The books keep both, and they cancel out."""


class Entry(Aggregate, frozen=True, kw_only=True):
    """One journal entry, its opposite where it was undone, and what was taken off each, by the account that bore it."""

    posted: EntryPosted | None = None
    lifted: dict[UUID, PartLifted] = msgspec.field(default_factory=dict)
    reversal: EntryReversed | None = None
    given_back: dict[UUID, PartLifted] = msgspec.field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Whether it was posted and not undone."""
        return self.posted is not None and self.reversal is None

    @property
    def counted(self) -> dict[UUID, int]:
        """What it moved by account, less what was taken off it, as long as it was not undone."""
        lines = (*(self.posted.postings if self.posted else ()), *_lines(self.lifted))
        return {account: cents for account, cents in moved(lines).items() if cents}

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
        if self.reversal is not None or self.posted is None:
            raise AlreadyReversed
        stand = (*self.posted.postings, *_lines(self.lifted))
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
        """Take off the entry, or off what undid it, what an account bears of it, once.

        Nothing when it bears nothing, or the entry does not stand.
        """
        undone = self.reversal is not None and self.reversal.reversal_id == entry_id
        of, off = (self.reversal, self.given_back) if undone else (self.posted, self.lifted)
        if of is None or account in off or not (undone or self.stands):
            return ()
        because = Lifted(true_day=true_day, entry_id=entry_id, account=account, contest_id=contest_id)
        postings = borne_by(account, of.postings, of.because)
        return (_lifting(of, because, opposite(postings), on),) if postings else ()

    def take_again(self, *, on: date, true_day: date) -> tuple[Event, ...]:
        """Take again what was given back of an entry that was undone: it moves nothing then."""
        return tuple(
            _lifting(
                back,
                msgspec.structs.replace(back.because, entry_id=back.lifting_id, true_day=true_day),
                opposite(back.postings),
                on,
            )
            for back in self.given_back.values()
        )

    def evolve(self, event: Event) -> "Entry":
        """Return the entry after `event`."""
        match event:
            case EntryPosted():
                return Entry(posted=event)
            case PartLifted(account=account) if self.reversal is None:
                return msgspec.structs.replace(self, lifted={**self.lifted, account: event})
            case PartLifted(account=account) if account not in self.given_back:
                return msgspec.structs.replace(self, given_back={**self.given_back, account: event})
            case PartLifted(account=account):
                return msgspec.structs.replace(self, given_back=_without(self.given_back, account))
            case EntryReversed():
                return msgspec.structs.replace(self, reversal=event)
        return self


def borne_by(account: UUID, postings: tuple[Posting, ...], because: Because) -> tuple[Posting, ...]:
    """Return of an entry's lines what one account bears, and across from it those it is owed to: it sums to zero.

    Empty when she bears nothing but what is owed to herself. However many bear a part, theirs together are never more
    than the entry's own lines; of a trip charged anew, than what it costs more than before.
    """
    theirs = [pair for pair in _pairs(postings, because) if pair.bearer == account != pair.payer]
    if not theirs:
        return ()
    currency = postings[0].amount.currency
    mine = Posting(account, Money(-sum(pair.cents for pair in theirs), currency))
    return (mine, *(Posting(pair.payer, Money(pair.cents, currency)) for pair in theirs))


def changed(postings: tuple[Posting, ...], because: Because) -> Counter[UUID]:
    """Return what an entry changed, in cents by account: what it moved; of a trip charged anew, more than it was."""
    found = moved(postings)
    if isinstance(because, TripCharge):
        found.subtract(because.was)
    return found


def moved(postings: Iterable[Posting]) -> Counter[UUID]:
    """Return what some lines move, in cents by account."""
    found = Counter[UUID]()
    for line in postings:
        found[line.account] += line.amount.cents
    return found


def _pairs(postings: tuple[Posting, ...], because: Because) -> Iterator[Pair]:
    if isinstance(because, ExpensePart) and because.spread_by == "pairs":
        return because.spread.pairs_of(because.part)
    of_each = changed(postings, because)
    return side_by_side(+Counter({account: -cents for account, cents in of_each.items()}), +of_each)


def _lines(lifted: Mapping[UUID, PartLifted]) -> Iterator[Posting]:
    for part in lifted.values():
        yield from part.postings


def _without(lifted: Mapping[UUID, PartLifted], account: UUID) -> dict[UUID, PartLifted]:
    return {other: part for other, part in lifted.items() if other != account}


def _lifting(
    of: EntryPosted | EntryReversed | PartLifted, because: Lifted, postings: tuple[Posting, ...], on: date
) -> PartLifted:
    return PartLifted(
        lifting_id=lifting_id(because.entry_id, because.account),
        account=because.account,
        legal_nature=of.legal_nature,
        effective_on=on,
        postings=postings,
        because=because,
        vehicle_id=of.vehicle_id,
    )

"""An entry of the journal: posted once, sums to zero, reversed at most once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
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


class _Part(NamedTuple):
    """What an account bears of something that stands in the books as `entry_id`."""

    entry_id: UUID
    of: EntryPosted | EntryReversed | PartLifted
    borne: tuple[Posting, ...]


class Entry(Aggregate, frozen=True, kw_only=True):
    """One journal entry, its opposite where it was undone, and what was taken off.

    Of the entry that is `lifted`, by the account that bore it. What came once it was undone stands in `given_back`, by
    its own id: taken off what undid it, it gives that back; taken off this, it takes it off who bears it again.
    """

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

        Of an entry that was undone it is what she bears again, some of its undoing having been taken off. Nothing when
        she bears nothing.
        """
        found = list[Event]()
        for part in self._borne(entry_id, account):
            if part.borne and lifting_id(part.entry_id, account) not in self._taken_off:
                because = Lifted(true_day=true_day, entry_id=part.entry_id, account=account, contest_id=contest_id)
                found.append(_lifting(part.of, because, opposite(part.borne), on))
        return tuple(found)

    def _borne(self, entry_id: UUID, account: UUID) -> Iterator[_Part]:
        """Give what an account bears by the entry, or by what undid it."""
        if self.posted is None:
            return
        of, because = self.posted.postings, self.posted.because
        if self.reversal is None:
            yield _Part(entry_id, self.posted, borne_by(account, of, because))
        elif self.reversal.reversal_id == entry_id:
            yield _Part(entry_id, self.reversal, borne_by(account, self.reversal.postings, self.reversal.because))
        else:
            for back in self.given_back.values():
                if back.because.entry_id == self.reversal.reversal_id:
                    yield _Part(back.lifting_id, back, borne_again(account, back.postings, of, because))

    @property
    def _taken_off(self) -> set[UUID]:
        return {part.lifting_id for part in (*self.lifted.values(), *self.given_back.values())}

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

    def _takes_again(self, because: Lifted) -> bool:
        back = self.given_back.get(because.entry_id)
        return back is not None and back.account == because.account

    def evolve(self, event: Event) -> "Entry":
        """Return the entry after `event`."""
        match event:
            case EntryPosted():
                return Entry(posted=event)
            case PartLifted(account=account) if self.reversal is None:
                return msgspec.structs.replace(self, lifted={**self.lifted, account: event})
            case PartLifted(because=because) if self._takes_again(because):
                return msgspec.structs.replace(self, given_back=_without(self.given_back, because.entry_id))
            case PartLifted(lifting_id=lifting_id):
                return msgspec.structs.replace(self, given_back={**self.given_back, lifting_id: event})
            case EntryReversed():
                return msgspec.structs.replace(self, reversal=event)
        return self


def borne_by(account: UUID, postings: tuple[Posting, ...], because: Because) -> tuple[Posting, ...]:
    """Return of an entry's lines what one account bears, and across from it those it is owed to: it sums to zero.

    Empty when she bears nothing but what is owed to herself. However many bear a part, theirs together are never more
    than the entry's own lines; of a trip charged anew, than what it costs more than before.
    """
    return _borne(account, _pairs(postings, because), postings)


def borne_again(
    account: UUID, given_back: tuple[Posting, ...], of: tuple[Posting, ...], because: Because
) -> tuple[Posting, ...]:
    """Return what one account bears again of an entry that was undone, some of its undoing having been taken off.

    Of a trip charged anew it is never more than what that costs more than before.
    """
    pairs = [pair for pair in side_by_side(*_sides(moved(given_back))) if pair.bearer == account]
    if isinstance(because, TripCharge):
        more = moved(borne_by(account, of, because))
        pairs = [pair._replace(cents=min(pair.cents, more[pair.payer])) for pair in pairs if more[pair.payer] > 0]
    return _borne(account, pairs, given_back)


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
    return side_by_side(*_sides(changed(postings, because)))


def _sides(of_each: Counter[UUID]) -> tuple[Counter[UUID], Counter[UUID]]:
    return +Counter({account: -cents for account, cents in of_each.items()}), +of_each


def _borne(account: UUID, pairs: Iterable[Pair], postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    theirs = [pair for pair in pairs if pair.bearer == account != pair.payer]
    if not theirs:
        return ()
    currency = postings[0].amount.currency
    mine = Posting(account, Money(-sum(pair.cents for pair in theirs), currency))
    return (mine, *(Posting(pair.payer, Money(pair.cents, currency)) for pair in theirs))


def _lines(lifted: Mapping[UUID, PartLifted]) -> Iterator[Posting]:
    for part in lifted.values():
        yield from part.postings


def _without(given_back: Mapping[UUID, PartLifted], lifting: UUID) -> dict[UUID, PartLifted]:
    return {other: part for other, part in given_back.items() if other != lifting}


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

"""An entry of the journal: posted once, sums to zero, reversed at most once."""

from datetime import date
from uuid import UUID

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import Refused
from ledger.entries.causes import Explanation
from ledger.entries.causes.correction import Corrected, reversal_id
from ledger.entries.draft import Draft
from ledger.entries.events import EntryPosted, EntryReversed
from ledger.entries.posting import balanced, opposite


class NotBalanced(Refused):
    """An entry needs two lines or more, none of them zero, that sum to zero."""


class AlreadyReversed(Refused):
    """This entry has already been undone. The books keep both, and they cancel out."""


class Entry(Aggregate, frozen=True, kw_only=True):
    """One journal entry."""

    posted: EntryPosted | None = None
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
        """Undo the entry with its exact opposite, account by account."""
        if self.reversal_id is not None or self.posted is None:
            raise AlreadyReversed
        reversed_ = EntryReversed(
            reversal_id=reversal_id(entry_id),
            legal_nature=self.posted.legal_nature,
            effective_on=on,
            postings=opposite(self.posted.postings),
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

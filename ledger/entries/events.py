"""What has happened in the books: entries, their opposites, closed months."""

from datetime import date
from uuid import UUID

from kernel.event import Event
from ledger.entries.causes import Explanation
from ledger.entries.causes.lifting import Lifted
from ledger.entries.draft import EntryKind, LegalNature
from ledger.entries.posting import Posting


class EntryPosted(Event, frozen=True, kw_only=True):
    """An entry stands in the books: two lines or more that sum to zero."""

    kind: EntryKind
    legal_nature: LegalNature
    effective_on: date
    postings: tuple[Posting, ...]
    because: Explanation
    vehicle_id: UUID | None = None


class EntryReversed(Event, frozen=True, kw_only=True):
    """An entry was undone by its exact opposite, which stands in the books as entry `reversal_id`."""

    reversal_id: UUID
    legal_nature: LegalNature
    effective_on: date
    postings: tuple[Posting, ...]
    because: Explanation
    vehicle_id: UUID | None = None


class PartLifted(Event, frozen=True, kw_only=True):
    """What an account bore of an entry, or by its being undone, was taken off: the books hold it as `lifting_id`."""

    lifting_id: UUID
    account: UUID
    legal_nature: LegalNature
    effective_on: date
    postings: tuple[Posting, ...]
    because: Lifted
    vehicle_id: UUID | None = None


class MonthClosed(Event, frozen=True, kw_only=True):
    """A month is closed with this many entries in it; `month` is its first day."""

    month: date
    entries: int


class BalanceLimitSet(Event, frozen=True, kw_only=True):
    """How low a gift may bring its giver's balance, in cents (zero or below)."""

    cents: int


PUBLISHED = (EntryPosted, EntryReversed, PartLifted, MonthClosed)  # what processes and the front door may follow

"""One entry of the books, and the journal of all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from api.places import COOP
from api.web.routes import question
from kernel.privacy import Sealed
from kernel.refused import Unknown
from kernel.slice import Slice, Wanted
from ledger.entries import queries
from ledger.entries.causes import Explanation
from ledger.entries.draft import LegalNature
from ledger.entries.listing.queries import By, Narrowed, entries_by
from ledger.entries.queries import BookedKind
from usecases.actor import Actor
from usecases.copied import copied

ENTRIES = f"{COOP}/entries"
ENTRY = f"{ENTRIES}/{{entry_id:uuid}}"
SEALED = ("note", "reason")  # the fields of an explanation that hold what someone wrote


Since = Annotated[date | None, msgspec.Meta(description="first day")]
Until = Annotated[date | None, msgspec.Meta(description="last day, included")]
OfVehicle = Annotated[UUID | None, msgspec.Meta(description="only what is about this vehicle")]


class BooksAsked(Wanted, frozen=True, kw_only=True):
    """Which days and which vehicle are asked about, and which slice of the list."""

    since: Since = None
    until: Until = None
    vehicle_id: OfVehicle = None

    @property
    def narrowed(self) -> Narrowed:
        """Which entries are meant."""
        return Narrowed(since=self.since, until=self.until, vehicle_id=self.vehicle_id)


class EntriesAsked(BooksAsked, frozen=True, kw_only=True):
    """Which entries are asked for, and in which order."""

    sort: Annotated[By, msgspec.Meta(description="with a minus, falling")] = "day"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with all its sides, which sum to zero; any member may read it.

    `because` is its whole explanation, `words` what was noted with it, `None` once its author was erased.
    """

    entry_id: UUID
    kind: BookedKind
    legal_nature: LegalNature
    effective_on: date
    recorded_at: datetime
    posted_by: UUID | None
    vehicle_id: UUID | None
    because: Explanation
    words: str | None
    postings: tuple[queries.PostingRow, ...]
    reverses: UUID | None
    reversed_by: UUID | None


@question(ENTRIES, who="member")
def journal(actor: Actor, query: EntriesAsked) -> Slice[Entry]:
    """The journal: every entry with its sides, in the order of their days, or by what they moved."""
    found = entries_by(
        actor.connection, actor.coop_id, query.narrowed, by=query.sort, after=query.after, most=query.limit
    )
    opened = open_explanations(actor, found.items)
    return found.mapped(lambda row: _entry(row, *opened[row.entry_id]))


@question(ENTRY, who="member")
def entry(actor: Actor, entry_id: UUID) -> Entry:
    """One entry and its proof."""
    found = known_entry(actor, entry_id)
    return _entry(found, *open_explanations(actor, [found])[entry_id])


def known_entry(actor: Actor, entry_id: UUID) -> queries.EntryRow:
    """Return an entry of this co-op; refuses `Unknown`."""
    found = queries.entry(actor.connection, actor.coop_id, entry_id)
    if found is None:
        raise Unknown
    return found


def open_explanations(
    actor: Actor, rows: Sequence[queries.EntryRow | queries.LineRow]
) -> dict[UUID, tuple[Explanation, str | None]]:
    """Return, by entry, its explanation without what is sealed in it, and that text apart; all are opened at once."""
    texts = actor.opened_all(sealed_in(row.because) for row in rows)
    return {row.entry_id: _apart(row.because, texts) for row in rows}


def sealed_in(because: Explanation) -> Sealed | None:
    """Return what someone wrote with an entry, sealed, if anything."""
    return next((sealed for name in SEALED if (sealed := getattr(because, name, None))), None)


def _apart(because: Explanation, texts: Mapping[Sealed, str]) -> tuple[Explanation, str | None]:
    sealed = sealed_in(because)
    if sealed is None:
        return because, None
    blank = {name: None for name in SEALED if hasattr(because, name)}
    return msgspec.structs.replace(because, **blank), texts.get(sealed)


def _entry(row: queries.EntryRow, because: Explanation, words: str | None) -> Entry:
    return copied(row, Entry, because=because, words=words)

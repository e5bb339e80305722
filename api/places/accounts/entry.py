"""One entry of the books: its sum, all its sides, the rule it comes from; the journal; and undoing one."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from api.web.routes import question
from kernel.refused import Unknown
from kernel.slice import Slice
from ledger.entries import queries
from ledger.entries.causes import Explanation
from usecases.actor import Actor

ENTRIES = "/coops/{coop_id:uuid}/entries"
ENTRY = f"{ENTRIES}/{{entry_id:uuid}}"


class Span(msgspec.Struct, frozen=True):
    """Which days are asked about, and which slice of the list."""

    since: Annotated[date | None, msgspec.Meta(description="first day")] = None
    until: Annotated[date | None, msgspec.Meta(description="last day, included")] = None
    after: Annotated[str | None, msgspec.Meta(description="the `after` of the slice before")] = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000, description="at most so many")] = 100


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with all its sides, which sum to zero; any member may read it.

    `because` is its whole explanation, `words` what was noted with it, `None` once its author was erased.
    """

    entry_id: UUID
    kind: str
    legal_nature: str
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
def journal(actor: Actor, query: Span) -> Slice[Entry]:
    """The journal: every entry with its sides, in the order of their days."""
    found = queries.journal_slice(
        actor.connection,
        actor.coop_id,
        since=query.since,
        until=query.until,
        after=query.after,
        most=query.limit,
    )
    return found.mapped(lambda row: _entry(actor, row))


@question(ENTRY, who="member")
def entry(actor: Actor, entry_id: UUID) -> Entry:
    """One entry and its proof."""
    return _entry(actor, known_entry(actor, entry_id))


def known_entry(actor: Actor, entry_id: UUID) -> queries.EntryRow:
    """Return an entry of this co-op; refuses `Unknown`."""
    found = queries.entry(actor.connection, actor.coop_id, entry_id)
    if found is None:
        raise Unknown
    return found


def opened(actor: Actor, because: Explanation) -> tuple[Explanation, str | None]:
    """Return an explanation without what is sealed in it, and that text apart, opened."""
    for name in ("note", "reason"):
        sealed = getattr(because, name, None)
        if sealed is not None:
            return msgspec.structs.replace(because, **{name: None}), actor.opened(sealed)
    return because, None


def _entry(actor: Actor, row: queries.EntryRow) -> Entry:
    because, words = opened(actor, row.because)
    shown = {name: getattr(row, name) for name in Entry.__struct_fields__ if name not in ("because", "words")}
    return Entry(**shown, because=because, words=words)

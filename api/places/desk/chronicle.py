"""The whole journal of the co-op: what happened, newest first, as far back as its start."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.tables import ROWS, Order, order_of
from api.speech.chronicle import Chronicled, chronicled, latest_told
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.slice import Slice, Wanted
from usecases.actor import Actor

CHRONICLE = f"{COOP}/chronicle"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened: which event of what (`about`: a member, a vehicle, a vote …), when, and by whom."""

    position: int
    event: str
    about: UUID
    at: datetime
    by: UUID | None


class WholeChronicle(View, frozen=True, kw_only=True):
    """Some of what happened, newest first; `after` is where what was before begins."""

    template: ClassVar[str] = "desk/chronicle.html"

    happened: Sequence[Chronicled]
    after: str | None
    order: Order


@page(CHRONICLE, who="member")
def whole_chronicle(visit: Visit) -> Page:
    """Show what happened in the co-op, newest first."""
    asked = read_query(visit.sent.query, Wanted)
    found = latest_told(visit.actor, after=asked.after, most=ROWS)
    sentences = chronicled(visit.actor, visit.words, found.items)
    return Page(WholeChronicle(happened=sentences, after=found.after, order=order_of(visit, "")))


@question(CHRONICLE, who="member")
def chronicle(actor: Actor, query: Wanted) -> Slice[Told]:
    """What happened in the co-op, newest first: who joined, what was voted, settled, repaired; no ballot, no trip."""
    found = latest_told(actor, after=query.after, most=query.limit)
    return found.mapped(
        lambda row: Told(
            position=row.position, event=row.event.name(), about=row.stream_id, at=row.effective_at, by=row.by
        )
    )

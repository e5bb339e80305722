"""How often a member gave hours back when it was late for others to plan with them: for her and the référents alone."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from booking import queries
from usecases.actor import Actor

LOOKED_BACK = timedelta(days=365)
"""So far back it is counted: what is older is forgotten."""


class CancelledLate(msgspec.Struct, frozen=True, kw_only=True):
    """How many bookings whose hours ended since an instant, or are to come, were given back past free cancelling."""

    since: datetime
    count: int


def cancelled_late(actor: Actor, member_id: UUID) -> CancelledLate:
    """Return how often a member cancelled late in the last year."""
    since = actor.now - LOOKED_BACK
    return CancelledLate(since=since, count=queries.cancelled_late(actor.connection, actor.coop_id, member_id, since))

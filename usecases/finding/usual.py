"""The hours the reader usually takes, and the vehicle she takes then: offered before she asks."""

from booking.hours.queries import had_lately
from booking.hours.usual import LOOKED_BACK, Usual, usual_of
from usecases.actor import Actor


def usual_hours(actor: Actor) -> Usual | None:
    """Return the hours the reader usually takes that come next, `None` where nothing is usual yet."""
    had = had_lately(actor.connection, actor.coop_id, actor.me, actor.now - LOOKED_BACK)
    return usual_of(had, actor.now, actor.zone)

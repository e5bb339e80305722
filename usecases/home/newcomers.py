"""Who joined in the last days, for all to welcome."""

from datetime import datetime, time, timedelta

from governance.inviting.queries import Newcomer
from governance.inviting.queries import newcomers as joined_since
from usecases.actor import Actor

DAYS = 7
MOST = 3


def newcomers(actor: Actor) -> tuple[Newcomer, ...]:
    """Return the last few who joined today or in the six days before, the latest first; never the reader."""
    first_day = actor.today - timedelta(days=DAYS - 1)
    since = datetime.combine(first_day, time(), actor.zone)
    found = joined_since(actor.connection, actor.coop_id, since, most=MOST + 1)
    return tuple(newcomer for newcomer in found if newcomer.member_id != actor.me)[:MOST]

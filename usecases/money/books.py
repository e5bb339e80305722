"""The books of a co-op, by its own clocks and in its currency."""

from uuid import UUID
from zoneinfo import ZoneInfo

from governance.queries import known_coop
from kernel.log.history import History
from ledger.application import Ledger
from usecases.actor import Actor


def books_of(actor: Actor) -> Ledger:
    """Return the door of the books of the co-op that somebody acts in."""
    return Ledger(actor.history, actor.zone, actor.currency)


def ledger_of(history: History, coop_id: UUID) -> Ledger:
    """Return the door of a co-op's books, where nobody asks; refuses `Unknown`."""
    with history.reading() as connection:
        coop = known_coop(connection, coop_id)
    return Ledger(history, ZoneInfo(coop.time_zone), coop.currency)

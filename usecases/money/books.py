"""The books of a co-op, by its own clocks and in its currency."""

from uuid import UUID
from zoneinfo import ZoneInfo

from governance.queries import coop_row
from kernel.log.history import History
from ledger.application import Ledger
from usecases.actor import Actor


def books_of(actor: Actor) -> Ledger:
    """Return the door of the books of the co-op that somebody acts in."""
    return Ledger(actor.history, actor.zone, actor.currency)


def ledger_of(history: History, coop_id: UUID) -> Ledger:
    """Return the door of a co-op's books, where nobody asks; `LookupError` when there is no such co-op."""
    with history.reading() as connection:
        coop = coop_row(connection, coop_id)
    if coop is None:
        raise LookupError(f"no co-op {coop_id}")
    return Ledger(history, ZoneInfo(coop.time_zone), coop.currency)

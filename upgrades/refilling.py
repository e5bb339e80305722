"""Read models made anew where another version made them: all that a server itself needs of an upgrade."""

from collections.abc import Callable

from kernel.database import open_database
from kernel.log import rebuild
from processes import PROJECTIONS

PATIENCE = 3600  # seconds that an upgrade on SQLite waits for another one


def bring_up_to_date(url: str, progress: Callable[[int], object] = lambda _: None) -> int:
    """Make the read models anew where another version made them; return how many events were replayed.

    Of several processes one does it, and the others wait for it.
    """
    engine = open_database(url, waits_seconds=PATIENCE)
    try:
        return rebuild.bring_up_to_date(engine, PROJECTIONS, progress)
    finally:
        engine.dispose()

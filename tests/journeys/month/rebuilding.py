"""What people read does not change when the read models are dropped and the log is replayed; and the log is sound."""

from kernel.log.rebuild import rebuild
from kernel.log.verify import verify
from processes import PROJECTIONS
from tests.journeys.month.neighbours import Neighbours

PLACES = ("/", "/availability?when=tomorrow", "/bookings", "/accounts", "/community", "/books", "/expenses", "/rules")
READERS = ("Claire", "Amina", "Sophie")


def replay(neighbours: Neighbours, *more: str) -> None:
    """Read everything, replay the whole log, read everything again; then check the chain."""
    before = _read_everything(neighbours, *more)
    assert rebuild(neighbours.site.engine, PROJECTIONS) == neighbours.site.history.log.max_notification_id()
    assert _read_everything(neighbours, *more) == before
    assert verify(neighbours.site.engine).faults == ()


def _read_everything(neighbours: Neighbours, *more: str) -> dict[tuple[str, str], str]:
    pages = [f"{neighbours.here}{place}" for place in PLACES] + [*more]
    return {(name, page): _read(neighbours, name, page) for name in READERS for page in pages}


def _read(neighbours: Neighbours, name: str, page: str) -> str:
    phone = neighbours.phone(name)
    phone.open(page)
    return phone.main.inner_text()

"""No answer changes when the read models are dropped and the log is replayed; and no byte of the log can be changed."""

from uuid import UUID

from sqlalchemy import select, update

from kernel.log.rebuild import rebuild
from kernel.log.recorder import events
from kernel.log.verify import Verified, verify
from processes import PROJECTIONS
from tests.places.month.neighbours import Neighbours
from tests.places.month.reading import read_everything


def replay(neighbours: Neighbours) -> None:
    """Read everything, replay the whole log, read everything again; then check the chain."""
    engine, length = neighbours.site.engine, neighbours.site.history.log.max_notification_id() or 0
    before = read_everything(neighbours)
    assert rebuild(engine, PROJECTIONS) == length
    after = read_everything(neighbours)
    assert [asked for asked in before if after[asked] != before[asked]] == []
    assert verify(engine) == Verified(length, ())


def betray(neighbours: Neighbours) -> None:
    """Change one byte of the first entry of the books, behind everyone's back: it is found where it stands."""
    position = _flip(neighbours, "ledger.EntryPosted")
    (fault,) = verify(neighbours.site.engine).faults
    assert (fault.position, fault.coop_id) == (position, UUID(neighbours.purse))
    assert fault.reason.endswith("is not as recorded")


def _flip(neighbours: Neighbours, name: str) -> int:
    """Flip one bit in the middle of the first event of a name; return its position."""
    first = select(events.c.position, events.c.state).where(events.c.name == name).order_by(events.c.position).limit(1)
    with neighbours.site.writing() as connection:
        position, state = connection.execute(first).one()
        changed = bytearray(state)
        changed[len(changed) // 2] ^= 1
        connection.execute(update(events).where(events.c.position == position).values(state=bytes(changed)))
    return int(position)

"""What who can write to the database can do to it, past the product: chain the past anew, cut its end off."""

from uuid import UUID

from sqlalchemy import Connection, Engine, delete, select, update

from kernel.log.recorder import CHAIN_START, digest_of, events, link, link_of_0_1_0, log_head


def chain_anew(connection: Connection, coop_id: UUID, *, as_0_1_0_until: int = 0) -> None:
    """Compute a co-op's links again from what is stored, as anyone who can write to the database can."""
    previous = CHAIN_START
    for row in connection.execute(select(events).where(events.c.coop_id == coop_id).order_by(events.c.position)):
        stored = (row.position, coop_id.hex.encode(), row.stream_id.hex.encode(), row.version, row.name.encode())
        if row.position <= as_0_1_0_until:
            previous = link_of_0_1_0(previous, *stored, row.state)
        else:
            previous = link(previous, digest_of(*stored, row.state))
        connection.execute(update(events).where(events.c.position == row.position).values(chain=previous))


def cut(engine: Engine, last: int) -> None:
    with engine.begin() as connection:
        connection.execute(delete(events).where(events.c.position > last))
        connection.execute(update(log_head).values(position=last))

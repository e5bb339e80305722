"""Taking turns: of all the server processes, one at a time does what only one may do."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Column, Connection, Engine, String, Table, exc, insert, select

from kernel.database import writing
from kernel.tables import precious

turns = Table("turns", precious, Column("name", String(40), primary_key=True))


def register_turn(engine: Engine, name: str) -> None:
    """Make sure the turn called `name` exists, so that it can be taken."""
    # Several processes may start at once; only one makes the row.
    with suppress(exc.IntegrityError), writing(engine) as connection:
        if connection.execute(select(turns).where(turns.c.name == name)).first() is None:
            connection.execute(insert(turns).values(name=name))


@contextmanager
def take_turn(engine: Engine, name: str) -> Iterator[Connection | None]:
    """Give a transaction that holds the turn until it ends, or `None` when another process has it."""
    with writing(engine) as connection:
        taking = select(turns.c.name).where(turns.c.name == name).with_for_update(skip_locked=True)
        yield connection if connection.execute(taking).first() else None

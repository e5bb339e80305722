"""What stands in the read models, to compare before and after: a rebuild, a crash, two databases."""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, select

from kernel.read_models.projection import Put, PutMany, Write, parameters, statement
from kernel.tables import derived


def dump(engine: Engine) -> dict[str, list[str]]:
    """Return every derived table by name with its rows in an order that only their content decides."""
    with engine.connect() as connection:
        return {
            table.name: sorted(repr(dict(row)) for row in connection.execute(select(table)).mappings())
            for table in derived.sorted_tables
        }


def carry_out(connection: Connection, writes: Iterable[Write]) -> None:
    """Carry out writes one by one, in order: what those sent together must come to."""
    for write in writes:
        if isinstance(write, PutMany):
            carry_out(connection, [Put(write.table, {**write.alike, **row}) for row in write.rows])
            continue
        connection.execute(statement(write, connection.dialect.name), parameters(write))

"""What stands in the read models, to compare before and after: a rebuild, a crash, two databases."""

from sqlalchemy import Engine, select

from kernel.tables import derived


def dump(engine: Engine) -> dict[str, list[str]]:
    """Return every derived table by name with its rows in an order that only their content decides."""
    with engine.connect() as connection:
        return {
            table.name: sorted(repr(dict(row)) for row in connection.execute(select(table)).mappings())
            for table in derived.sorted_tables
        }

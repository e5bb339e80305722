"""What pages read, against the log: replayed into tables of this connection alone, which are gone when it ends.

So nobody waits meanwhile, nothing is written to what others see, and a database that cannot be written to is checked
like any other.
"""

from typing import Any

from sqlalchemy import JSON, Connection, Engine, MetaData, Select, Table, Text, cast, select, union_all
from sqlalchemy.schema import CreateTable

from checks.checked import UNREADABLE, Checked
from kernel.database import reading
from kernel.log.rebuild import replay
from kernel.read_models.projection import Projections
from kernel.read_models.recipe import known_recipe, recipe_of
from kernel.tables import derived
from ledger.entries.queries import not_adding_up

NAMED = 3  # rows of one table told one by one
SCRATCH = {"sqlite": "temp", "postgresql": "pg_temp"}  # where either database has such tables, before all others


def check_read_models(engine: Engine, projections: Projections) -> Checked:
    """Compare every row that pages read with what the log makes."""
    checked = Checked(said=f"Read models: {len(derived.tables)} tables, row by row against what the log makes")
    with reading(engine) as connection:
        connection.execution_options(postgresql_readonly=False)  # it makes tables of its own alone
        if known_recipe(connection) != recipe_of(connection, projections):
            checked.said = "Read models: not compared, another version made them; `voisiture upgrade` makes them anew"
            return checked
        for coop_id in not_adding_up(connection):
            checked.fault(f"co-op {coop_id}: its books do not add up")
        for table in derived.sorted_tables:
            connection.execute(CreateTable(_in(SCRATCH[connection.dialect.name], table)))
        try:
            replay(connection, projections)
        except UNREADABLE as error:
            checked.fault(f"the log cannot be replayed: {type(error).__name__}: {error}")
            return checked
        for table in derived.sorted_tables:
            _compare(connection, table, checked)
    return checked


def _compare(connection: Connection, table: Table, checked: Checked) -> None:
    dialect = connection.dialect
    here, made = (_rows(_in(schema, table)) for schema in (str(dialect.default_schema_name), SCRATCH[dialect.name]))
    odd = union_all(here.except_(made).subquery().select(), made.except_(here).subquery().select()).subquery()
    keys = [odd.c[column.name] for column in table.primary_key]
    for row in connection.execute(select(*keys).distinct().limit(NAMED)).mappings():
        key = ", ".join(f"{name} {value}" for name, value in row.items())
        checked.fault(f"{table.name}, {key}: this row is not what the log makes; `voisiture rebuild` makes it anew")


def _in(schema: str, table: Table) -> Table:
    return table.to_metadata(MetaData(), schema=schema)


def _rows(table: Table) -> Select[Any]:
    # PostgreSQL's JSON knows no equality.
    texts = (cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column for column in table.c)
    return select(*texts)

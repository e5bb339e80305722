"""Rebuilding the read models: read the whole log again, 500 events at a time, in one transaction that holds the log.

Whoever reads meanwhile sees the rows of before, to the end: where the
tables are as they were their rows are deleted, and dropped with their tables only where their definition has changed.
"""

from collections.abc import Callable

from sqlalchemy import Connection, Engine, delete, text

from kernel.database import analyze, writing
from kernel.log.mapper import EventMapper
from kernel.log.recorder import Log, hold_log
from kernel.read_models.folding import Folded
from kernel.read_models.projection import Projections, writes_of
from kernel.read_models.recipe import Recipe, keep_recipe, known_recipe, recipe_of
from kernel.tables import derived

BATCH = 500

Progress = Callable[[int], object]
"""Called with the position reached after each batch."""


def rebuild(engine: Engine, projections: Projections, progress: Progress = lambda _: None) -> int:
    """Replay the log into emptied read models; return the number of events. Others who write wait until it is done."""
    with writing(engine) as connection:
        hold_log(connection)
        return _rebuild(connection, projections, recipe_of(connection, projections), progress)


def is_up_to_date(engine: Engine, projections: Projections) -> bool:
    """Tell whether the read models were made by the tables and the code of this version."""
    with engine.connect() as connection:
        return are_up_to_date(connection, projections)


def are_up_to_date(connection: Connection, projections: Projections) -> bool:
    """Tell the same within a transaction: once it holds the log, nobody makes them anew before it ends."""
    return known_recipe(connection) == recipe_of(connection, projections)


def bring_up_to_date(engine: Engine, projections: Projections, progress: Progress = lambda _: None) -> int:
    """Rebuild what another version made; return the number of events, 0 when someone else has done it meanwhile."""
    with writing(engine) as connection:
        hold_log(connection)
        recipe = recipe_of(connection, projections)
        return 0 if known_recipe(connection) == recipe else _rebuild(connection, projections, recipe, progress)


def _rebuild(connection: Connection, projections: Projections, recipe: Recipe, progress: Progress) -> int:
    _empty(connection, recipe)
    position = replay(connection, projections, progress)
    keep_recipe(connection, recipe)
    analyze(connection, derived.sorted_tables)  # before anyone asks: left to itself, either database is late
    return position


def replay(connection: Connection, projections: Projections, progress: Progress = lambda _: None) -> int:
    """Write what the whole log makes into empty read models; return the last position."""
    log, mapper, position = Log(connection.engine), EventMapper(), 0
    while stored := log.select_after(position, BATCH, connection):
        folded = Folded(connection)
        for recorded in map(mapper.to_domain_event, stored):
            folded.extend(writes_of(recorded, projections))
        folded.flush()
        position = stored[-1].id
        progress(position)
    return position


def _empty(connection: Connection, recipe: Recipe) -> None:
    """Leave every read model without a row, and as it is defined today; those of before that are no more go."""
    known = known_recipe(connection)
    if known and known.definition == recipe.definition:
        for table in derived.sorted_tables:
            connection.execute(delete(table))
        return
    for name in known.names if known else ():
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))  # names that we wrote down ourselves
    derived.drop_all(connection)
    derived.create_all(connection)

"""A PostgreSQL database kept as it stands, beside itself, to be put back in a moment: only tables that changed are."""

from collections.abc import Callable

from sqlalchemy import Engine, text

from kernel.database import reading, writing
from kernel.tables import derived, precious

NAMES = [table.name for table in (*precious.sorted_tables, *derived.sorted_tables)]
_STAND = text(
    " UNION ALL ".join(
        f"SELECT '{name}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {name}"  # noqa: S608 - names of ours
        for name in NAMES
    )
)

Stand = dict[str, tuple[int, int]]


def kept_beside(engine: Engine) -> Callable[[], None]:
    """Keep every table as it is now; return what puts it back."""
    _write(engine, "DROP SCHEMA IF EXISTS kept CASCADE", "CREATE SCHEMA kept")
    _write(engine, *(f"CREATE TABLE kept.{name} AS TABLE {name}" for name in NAMES))
    stood = _stand(engine)

    def put_back() -> None:
        stands = _stand(engine)
        changed = [name for name in NAMES if stands[name] != stood[name]]
        _write(engine, *(f"TRUNCATE {name}; INSERT INTO {name} TABLE kept.{name}" for name in changed))
        stood.update(_stand(engine))

    return put_back


def _stand(engine: Engine) -> Stand:
    """Return how many rows each table has, and which transaction wrote the newest: neither stays when one changes."""
    with reading(engine) as connection:
        return {name: (rows, newest) for name, rows, newest in connection.execute(_STAND)}


def _write(engine: Engine, *statements: str) -> None:
    with writing(engine) as connection:
        for statement in statements:
            connection.execute(text(statement))

"""How a database goes about a question, as it tells itself, and how often it is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event


@contextmanager
def counted(asking: Connection | Engine) -> Iterator[list[str]]:
    """Give the list of the statements asked of a connection, or of every connection of an engine, as they come."""
    statements: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(asking, "before_cursor_execute", listen)
    yield statements
    event.remove(asking, "before_cursor_execute", listen)


def plan_of(connection: Connection, ask: Callable[[], object]) -> str:
    """Return the database's plan for every statement that `ask` makes on a connection, a step a line."""
    asked: list[tuple[str, Any]] = []

    def listen(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", listen)
    ask()
    event.remove(connection, "before_cursor_execute", listen)
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    cursor = connection.connection.cursor()
    steps: list[str] = []
    for statement, parameters in asked:
        cursor.execute(f"{explain} {statement}", parameters)
        steps += [str(row[-1]).strip() for row in cursor.fetchall()]
    return "\n".join(steps)

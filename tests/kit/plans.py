"""How a database goes about a question, as it tells itself."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event


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

"""What read models are made by: how their tables are defined, and the modules that fill them.

Where either is not what the rows were made by, the rows are made anew.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, create_mock_engine

from kernel.read_models.projection import Projections
from kernel.tables import derived, keep_value, known_value

NAME = "read_models"
_IMPORTS = re.compile(r"^(?:from ([\w.]+) import (.*)|import ([\w.]+))", re.MULTILINE)


class Recipe(msgspec.Struct, frozen=True):
    """A digest of the tables' definition, their names, and a digest of the code that fills them."""

    definition: str
    names: tuple[str, ...]
    code: str


def recipe_of(connection: Connection, projections: Projections) -> Recipe:
    """Return what this version makes read models by on this kind of database."""
    return Recipe(
        definition=_digest(_definition(connection)),
        names=tuple(sorted(derived.tables)),
        code=_digest(_code(projections)),
    )


def known_recipe(connection: Connection) -> Recipe | None:
    """Return what the rows that are there were made by; `None` when nobody wrote it down."""
    kept = known_value(connection, NAME)
    return msgspec.json.decode(kept, type=Recipe) if kept else None


def keep_recipe(connection: Connection, recipe: Recipe) -> None:
    """Write down what the rows that are there were made by."""
    keep_value(connection, NAME, msgspec.json.encode(recipe))


def _definition(connection: Connection) -> Iterator[str]:
    """Give every statement that makes the tables, with their indexes and triggers."""
    said: list[str] = []

    def note(statement: Any, *_: object, **__: object) -> None:
        said.append(str(statement.compile(dialect=connection.dialect)))

    derived.create_all(create_mock_engine(connection.engine.url, note), checkfirst=False)
    yield from said


def _code(projections: Projections) -> Iterator[str]:
    """Give the text of the modules that hold the projections, and of those of ours that these import."""
    ours = {project.__module__.split(".")[0] for project in projections.values()} | {"kernel"}
    waiting, read = sorted(project.__module__ for project in projections.values()), set[str]()
    while waiting:
        name = waiting.pop()
        module = sys.modules.get(name)
        if name in read or name.split(".")[0] not in ours or module is None or module.__file__ is None:
            continue
        read.add(name)
        text = Path(module.__file__).read_text(encoding="utf-8")
        yield f"{name}\n{text}"
        for source, named, whole in _IMPORTS.findall(text):
            parts = [f"{source}.{part}" for part in re.findall(r"\w+", named)] if source else []
            waiting += sorted([source or whole, *parts])


def _digest(texts: Iterator[str]) -> str:
    return hashlib.sha256("\0".join(sorted(texts)).encode()).hexdigest()

"""Who follows what: outside a context only the events it publishes are known."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from kernel.event import Event
from processes import PROCESSES
from tests.architecture.sources import modules, tree

PUBLISHERS = (
    "booking.events",
    "fleet.events",
    "governance.events",
    "governance.recovery.events",
    *(f"ledger.{group}.events" for group in ("entries", "pricing", "rhythm", "settlement", "spending")),
)


def events_modules(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Give each module of events that a statement imports whole, with the name it goes by."""
    if isinstance(node, ast.ImportFrom):
        yield from ((f"{node.module}.events", n.asname or n.name) for n in node.names if n.name == "events")
    elif isinstance(node, ast.Import):
        yield from ((n.name, n.asname or n.name) for n in node.names if n.name.endswith(".events"))


def known_events(module: Path) -> Iterator[type[Event]]:
    """Give every event a module knows by name: imported itself, or through the module it stands in."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".events"):
            yield from named(str(node.module), (n.name for n in node.names))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for stands_in, known_as in events_modules(node):
                yield from named(stands_in, attributes(module, known_as))


def attributes(module: Path, known_as: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == known_as:
            yield node.attr


def named(module: str, names: Iterator[str]) -> Iterator[type[Event]]:
    """Give those names of a module that are events; the others are values events hold."""
    found = (getattr(import_module(module), name) for name in names)
    yield from (one for one in found if isinstance(one, type) and issubclass(one, Event))


def is_published(event: type[Event]) -> bool:
    return event in import_module(event.__module__).PUBLISHED


@pytest.mark.parametrize("folder", ["processes", "usecases", "api"])
def test_only_published_events_are_known_outside_their_context(folder: str) -> None:
    known = {(str(module), event) for module in modules(folder) for event in known_events(module)}
    assert [f"{module} {event.name()}" for module, event in known if not is_published(event)] == []


def test_processes_follow_only_published_events() -> None:
    assert [event.name() for event in PROCESSES if not is_published(event)] == []


@pytest.mark.parametrize("name", PUBLISHERS)
def test_a_context_publishes_its_own_events_each_once(name: str) -> None:
    published = import_module(name).PUBLISHED
    assert len(set(published)) == len(published)
    assert [event.name() for event in published if event.__module__ != name] == []

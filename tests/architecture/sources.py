"""The repository as text and as syntax trees, read once for all architecture tests."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTEXTS = ("fleet", "booking", "ledger", "governance", "territory")
PRODUCT = (*CONTEXTS, "kernel", "people", "sending", "usecases", "processes", "api")
TREES = (*PRODUCT, "demo", "tests")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Return every Python file of some folders, relative to the root."""
    return tuple(sorted(path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py")))


@cache
def tree(module: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse((ROOT / module).read_text())


def functions(module: Path) -> Iterator[Function]:
    """Give every function of a module, those inside others included."""
    return (node for node in ast.walk(tree(module)) if isinstance(node, Function))


def lines(path: Path) -> int:
    """Return how many lines a file has."""
    return len((ROOT / path).read_text().splitlines())

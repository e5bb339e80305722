"""What import-linter cannot say: which names of a library, and which clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import CONTEXTS, PRODUCT, modules, tree

HANDED_ON = {"Connection", "Engine"}  # the front door opens them and hands them on; it writes no statement
CLOCKS_AND_CHANCE = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
IDS = {"uuid1", "uuid4", "uuid7"}


def imported(module: Path, library: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == library:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == library)


def test_the_front_door_use_cases_and_processes_hand_connections_on_and_write_no_statement() -> None:
    assert [
        f"{module} {name}"
        for module in modules("api", "processes", "usecases")
        for name in imported(module, "sqlalchemy")
        if name not in HANDED_ON
    ] == []


def test_no_context_reads_a_clock() -> None:
    assert [
        f"{module}:{node.lineno}"
        for module in modules(*CONTEXTS)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS_AND_CHANCE
    ] == []


def test_no_context_makes_an_id_by_chance() -> None:
    assert [
        f"{module} {name}"
        for module in modules(*CONTEXTS)
        for name in (*imported(module, "uuid"), *imported(module, "random"), *imported(module, "secrets"))
        if name in IDS or name in ("random", "secrets")
    ] == []


def test_tests_read_codes_with_the_one_reader_that_knows_which_kind_they_are() -> None:
    assert [str(module) for module in modules("tests") if [*imported(module, "zxingcpp")]] == ["tests/kit/codes.py"]


def test_no_handler_catches_everything_but_those_of_what_must_never_end() -> None:
    allowed = {"kernel/log/follower.py", "kernel/loop.py", "processes/keep_time.py", "sending/outbox.py"}
    assert [
        f"{module}:{node.lineno}"
        for module in modules(*PRODUCT)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and str(module) not in allowed
    ] == []

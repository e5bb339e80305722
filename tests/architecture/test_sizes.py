"""Sizes: what is over its size says that an idea is missing, not that it should be cut in two."""

import ast
from statistics import median

from tests.architecture.sources import PRODUCT, TREES, Function, functions, lines, modules

WAYS_IN = {"page", "question", "act", "form", "write"}


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def without_docstring(function: Function) -> int:
    first = function.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return length(function) - ((first.end_lineno or first.lineno) - first.lineno + 1 if said else 0)


def is_way_in(function: Function) -> bool:
    called = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(decorator, ast.Name) and decorator.id in WAYS_IN for decorator in called)


def test_no_function_is_longer_than_40_lines() -> None:
    assert [
        f"{module}:{function.lineno} {function.name} {length(function)}"
        for module in modules(*TREES)
        for function in functions(module)
        if length(function) > 40
    ] == []


def test_no_file_is_longer_than_300_lines() -> None:
    assert [f"{module} {lines(module)}" for module in modules(*TREES) if lines(module) > 300] == []


def test_half_the_files_are_shorter_than_120_lines() -> None:
    assert median(lines(module) for module in modules(*PRODUCT)) < 120


def test_no_way_in_is_longer_than_25_lines() -> None:
    ways = [(module, way) for module in modules("api") for way in functions(module) if is_way_in(way)]
    assert len(ways) > 100
    assert [
        f"{module}:{way.lineno} {way.name} {without_docstring(way)}"
        for module, way in ways
        if without_docstring(way) > 25
    ] == []

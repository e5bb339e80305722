"""Every answer that pages and programs are given, field by field, and what is kept of them from whom."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec

from tests.front.ways import WAYS
from usecases.readers import KEPT, Kept


def answers() -> dict[type[msgspec.Struct], set[str]]:
    """Return every struct that an answer to a program is made of, with who may ask for one."""
    found: dict[type[msgspec.Struct], set[str]] = {}
    for way in WAYS:
        if way.route.described and way.method == "GET":
            for kind in structs_in(way.route.described.returns):
                found.setdefault(kind, set()).add(way.who)
    return found


def structs_in(hint: Any, known: frozenset[Any] = frozenset()) -> Iterator[type[msgspec.Struct]]:
    """Give the structs that a value of a type is made of, those inside them too."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint not in known:
        yield hint
        for inner in get_type_hints(hint).values():
            yield from structs_in(inner, known | {hint})
    for inner in get_args(hint):
        yield from structs_in(inner, known)


def kept_of(kind: type[msgspec.Struct]) -> Iterator[Kept]:
    """Give what is kept of an answer."""
    return (kept for kept in KEPT if issubclass(kind, kept.answer))

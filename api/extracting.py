"""Finding the sentences of a module for Babel: those marked in the code, and those that refusals say.

A refusal's sentence is its docstring. Whatever else is said stands in `say(…)`, or in `N_(…)` where it is said later.
"""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

from api import places
from api.web.routes import every_route
from kernel.refused import Refused, every_refusal

Found = tuple[int, str | None, Any, list[str]]


def sentences(
    file: BinaryIO, keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Give every sentence of a Python file, with its line; Babel's own signature of an extraction method."""
    yield from extract_python(file, keywords, comment_tags, options)  # type: ignore[arg-type, misc]
    every_route(places)  # whatever may refuse is loaded with the ways in
    refusals: list[type[Refused]] = [Refused, *every_refusal()]
    for refusal in refusals:
        if Path(inspect.getfile(refusal)) == Path(file.name).resolve():
            yield inspect.getsourcelines(refusal)[1], None, refusal.sentence(), []

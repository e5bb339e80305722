"""What an API's description may not lose from one release to the next without having said so for one."""

from collections.abc import Iterator
from typing import Any

Description = dict[str, Any]


def lost(kept: Description, now: Description) -> list[str]:
    """Return what stood in the `kept` description and is gone without having been deprecated in an earlier release."""
    gone = sorted(set(_named(kept)) - set(_named(now)))
    return [name for name in gone if not _was_deprecated(kept, name, now["info"]["version"])]


def _named(description: Description) -> Iterator[str]:
    for path, operations in description["paths"].items():
        yield from (f"{method.upper()} {path}" for method in operations)
    for schema, told in description["components"]["schemas"].items():
        yield from (f"{schema}.{field}" for field in told.get("properties", ()))
    yield from (f"problem {problem['code']}" for problem in description["x-problems"])


def _was_deprecated(kept: Description, name: str, version: str) -> bool:
    """Tell whether a thing was marked, with its successor, in a release before this one."""
    mark = kept.get("x-deprecated", {}).get(name, {})
    return bool(mark.get("successor")) and mark.get("since") not in (None, version)

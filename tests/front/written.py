"""`python -m tests.front.written`: write the API's description and the list of all ways in to the documents.

It refuses when something that programs rely on would be lost without having been marked deprecated for one release.
"""

import sys
from pathlib import Path
from typing import Any

import msgspec

from api.places.programs.description import described
from api.web.access import meaning_of
from tests.front.kept import lost
from tests.front.ways import WAYS

DOCUMENTS = Path(__file__).parents[2] / "docs"
DESCRIPTION = DOCUMENTS / "openapi.json"
WAYS_IN = DOCUMENTS / "ways_in.md"

HEAD = """# Ways in

Written from the routes themselves by `python -m tests.front.written`. Who may is an audience (everyone, a person,
a member, a role in the co-op of the address), or a right, which looks at what the address names.

| Right | Who it lets in |
|---|---|
"""
BODY = """
| Method | Address | Who may |
|---|---|---|
"""


def description() -> dict[str, Any]:
    """Return the description as it is served."""
    served: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(described()))
    return served


def kept_description() -> dict[str, Any]:
    """Return the description in the documents."""
    kept: dict[str, Any] = msgspec.json.decode(DESCRIPTION.read_bytes())
    return kept


def ways_in() -> str:
    """Return every right with its meaning, and every way in with who may use it."""
    meanings = {way.who: meaning for way in WAYS if (meaning := meaning_of(way.route.who))}
    rights = [f"| `{name}` | {meaning} |\n" for name, meaning in sorted(meanings.items())]
    ways = sorted(WAYS, key=lambda way: (way.is_api, way.path, way.method))
    return HEAD + "".join(rights) + BODY + "".join(f"| {way.method} | `{way.path}` | {way.who} |\n" for way in ways)


def main() -> int:
    """Write both; return 1 when the API would lose something."""
    if DESCRIPTION.exists() and (gone := lost(kept_description(), description())):
        sys.stderr.writelines(f"lost without having been deprecated for a release: {name}\n" for name in gone)
        return 1
    written = description()
    written["paths"] = dict(sorted(written["paths"].items()))  # so that a new module moves nothing
    DESCRIPTION.write_bytes(msgspec.json.format(msgspec.json.encode(written), indent=1) + b"\n")
    WAYS_IN.write_text(ways_in(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

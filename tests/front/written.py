"""`python -m tests.front.written`: write the API's description and the lists of ways in and fields to the documents.

It refuses when something that programs rely on would be lost without having been marked deprecated for one release.
"""

import inspect
import sys
from pathlib import Path
from typing import Any

import msgspec

from api.places.programs.description import described
from api.web.access import meaning_of
from api.web.acts import DECLARED
from tests.front.fields import answers, kept_of
from tests.front.kept import lost
from tests.front.ways import WAYS

DOCUMENTS = Path(__file__).parents[2] / "docs"
DESCRIPTION = DOCUMENTS / "openapi.json"
WAYS_IN = DOCUMENTS / "ways_in.md"
FIELDS = DOCUMENTS / "fields.md"

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

UNDONE = """
Each act is undone by another, or lasts for a reason (`docs/decisions/0033-undone-for-ten-minutes.md`).

| Act | Undone by |
|---|---|
"""

FIELDS_HEAD = """# Who reads which field

Written from the answers themselves by `python -m tests.front.written`. Whoever may ask a question reads its whole
answer, but for these fields, which are told to some alone, on pages, by programs, in letters and files alike
(`usecases/readers.py`); to the others they are `null`.

| Field | Who reads it |
|---|---|
"""
FIELDS_BODY = """
| Answer | Who may ask | Fields |
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
    listed = "".join(f"| {way.method} | `{way.path}` | {way.who} |\n" for way in ways)
    return HEAD + "".join(rights) + BODY + listed + UNDONE + "".join(map(_undone, sorted(DECLARED)))


def _undone(name: str) -> str:
    act = DECLARED[name]
    how = f"`{act.undo.address}`{', for ten minutes' if act.undo.soon else ''}" if act.undo else act.lasting
    return f"| `{name}` | {how} |\n"


def fields() -> str:
    """Return every field that is kept from some with who reads it, and all fields of every answer."""
    known = sorted(answers().items(), key=lambda item: item[0].__name__)
    kept = [(f"{kind.__name__}.{name}", of.told_to) for kind, _ in known for of in kept_of(kind) for name in of.fields]
    some = [f"| `{name}` | {inspect.getdoc(told_to)} |\n" for name, told_to in kept]
    whole = [
        f"| `{kind.__name__}` | {', '.join(sorted(who))} | {', '.join(kind.__struct_fields__)} |\n"
        for kind, who in known
    ]
    return FIELDS_HEAD + "".join(some) + FIELDS_BODY + "".join(whole)


def main() -> int:
    """Write all; return 1 when the API would lose something."""
    if DESCRIPTION.exists() and (gone := lost(kept_description(), description())):
        sys.stderr.writelines(f"lost without having been deprecated for a release: {name}\n" for name in gone)
        return 1
    written = description()
    written["paths"] = dict(sorted(written["paths"].items()))  # so that a new module moves nothing
    DESCRIPTION.write_bytes(msgspec.json.format(msgspec.json.encode(written), indent=1) + b"\n")
    WAYS_IN.write_text(ways_in(), encoding="utf-8")
    FIELDS.write_text(fields(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

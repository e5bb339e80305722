"""Every sentence a person may read, gathered from where it stands: templates, code, refusals, voted rules.

`python -m tests.api.speech.msgids` prints those that have no French yet.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

from api.speech import labels
from api.speech.charter import charter
from api.speech.texts import translations
from governance.rules.catalogue import CATALOGUE
from governance.votes import explanation

ROOT = Path(__file__).parents[3]
PACKAGES = ("api", "booking", "fleet", "governance", "kernel", "ledger", "people", "processes", "sending", "territory")
SAME_EVERYWHERE = ("LANGUAGES", "SHAPES")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None}
JINJA = "jinja2.ext:babel_extract"
SOURCES = [("**.html", JINJA), ("**.txt", JINJA), ("**.py", "python")]


def msgids() -> frozenset[str]:
    """Return the English sentences, each the key of its translation (a plural under its singular)."""
    voted = {text for each in CATALOGUE.values() for text in (each.template, each.label, *each.choices.values())}
    counted = {value for name, value in vars(explanation).items() if name.isupper() and isinstance(value, str)}
    thresholds = set(explanation.THRESHOLDS.values())
    named = {
        word
        for name, each in vars(labels).items()
        if name.isupper() and name not in SAME_EVERYWHERE
        for word in _words(each)
    }
    return frozenset({*_extracted(), *_in_code(), *voted, *counted, *thresholds, *named, *charter("en")})


def _words(table: dict[str, str | tuple[str, str]]) -> Iterator[str]:
    """Yield the words of a table of labels; its drawings are none."""
    for label in table.values():
        word = label if isinstance(label, str) else label[1]
        if not word.startswith("<"):
            yield word


def _extracted() -> Iterator[str]:
    found = extract_from_dir(ROOT / "api", SOURCES, keywords=KEYWORDS)
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else message[0]


def _in_code() -> Iterator[str]:
    """Yield the refusals' sentences (their docstrings) and what is said once an act is done (`said="…"`)."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for each in PACKAGES for path in (ROOT / each).rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    bases = {node.name: [base.id for base in node.bases if isinstance(base, ast.Name)] for node in classes}
    for node in classes:
        if _is_refusal(node.name, bases):
            yield " ".join((ast.get_docstring(node) or "").split())
    for call in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)):
        yield from _misread(call)
    for word in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.keyword)):
        if word.arg == "said" and isinstance(word.value, ast.Constant):
            yield str(word.value.value)


def _misread(call: ast.Call) -> Iterator[str]:
    """Yield what a form says beside a field it cannot read: `Misread({field: sentence})`, `_read(…, sentence)`."""
    named = getattr(call.func, "id", getattr(call.func, "attr", ""))
    said: list[ast.expr] = []
    if named == "Misread" and call.args and isinstance(call.args[0], ast.Dict):
        said = call.args[0].values
    elif named == "_read" and call.args:
        said = call.args[-1:]
    yield from (str(each.value) for each in said if isinstance(each, ast.Constant))


def _is_refusal(name: str, bases: dict[str, list[str]]) -> bool:
    return name == "Refused" or any(_is_refusal(base, bases) for base in bases.get(name, []) if base != name)


if __name__ == "__main__":
    lacking = sorted(each for each in msgids() if translations("fr").gettext(each) == each)
    sys.stdout.writelines(f"{sentence}\n" for sentence in lacking)

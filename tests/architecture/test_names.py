"""Names: one word an idea, and no word that says nothing."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import app
from kernel import privacy
from kernel.log import heads
from people import bank_account, marks, photos, sealed_drivers
from tests.architecture.sources import CONTEXTS, PRODUCT, ROOT, TREES, functions, modules, tree
from usecases.coming_in import inviting
from usecases.profile import refusal_link

EMPTY = {"manager", "helper", "helpers", "utils", "util", "data", "info", "common", "base", "misc"}
MEANT = {("governance/counting.py", "base")}  # the ballots a majority is counted on: the statutes' own word
GLOSSARY = ROOT / "docs" / "glossary.md"
VAGUE = {"each", "told", "it", "thing", "data", "info", "tmp"}
EXPECTED = {"events", "commands", "application", "read_models", "queries"}
MOST_A_FOLDER = 12  # past that, group by aggregate or by place


def words(name: str) -> set[str]:
    return set(in_snake_case(name).split("_"))


def says_nothing(name: str) -> bool:
    """Tell whether a name is such a word, or ends with one; a module's or a class's may not even hold one."""
    within = words(name) & EMPTY if name[:1].isupper() else False
    return bool(within) or name.lower().split("_")[-1] in EMPTY


def named(module: Path) -> Iterator[tuple[str, int]]:
    """Give every name a module gives: itself, its classes, functions, parameters and annotated fields."""
    yield module.stem, 1
    for node in ast.walk(tree(module)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node.lineno


def test_no_name_says_nothing() -> None:
    assert [
        f"{module}:{line} {name}"
        for module in modules(*PRODUCT, "demo")
        for name, line in named(module)
        if says_nothing(name) and (str(module), name.lower()) not in MEANT
    ] == []


def bound(module: Path) -> Iterator[tuple[str, int]]:
    """Give every variable a module binds: assigned, looped over, caught or taken as a parameter."""
    for node in ast.walk(tree(module)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.ExceptHandler(name=str(name)):
                yield name, node.lineno


def bound_in_template(template: Path) -> Iterator[tuple[str, int]]:
    """Give every variable a template binds: looped over, set, or a macro's own."""
    for number, line in enumerate(template.read_text(encoding="utf-8").splitlines(), 1):
        for found in re.findall(r"\{% (?:for|set) ([\w, ]+?) (?:in|=) |\{% macro \w+\((.*?)\)", line):
            for name in re.findall(r"\w+", " ".join(found)):
                yield name, number


def test_a_variable_is_named_by_what_it_holds() -> None:
    in_code = [(module, bound(module)) for module in modules(*PRODUCT, "demo")]
    in_templates = [(path.relative_to(ROOT), bound_in_template(path)) for path in (ROOT / "api").rglob("*.html")]
    assert [
        f"{file}:{line} {name}" for file, names in (*in_code, *in_templates) for name, line in names if name in VAGUE
    ] == []


def test_no_class_is_a_service() -> None:
    verbs = {"in", "out", "of", "enter", "enters", "entered", "leave", "leaves", "left", "before", "into", "after"}
    classes = [node for module in modules(*TREES) for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef)]
    ending = [node.name for node in classes if node.name.endswith("Service")]
    assert [name for name in ending if re.findall("[A-Z][a-z]+", name)[-2].lower() not in verbs] == []


def replaced() -> dict[str, str]:
    """Return the words of the glossary by those they replace; words in italics have a meaning of their own."""
    rows = re.findall(r"^\| (.+?) \| .+ \| (.+?) \|$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        word.strip().replace(" ", "_"): meant
        for meant, instead in rows
        for word in instead.split(",")
        if "*" not in word and word != "Instead of"
    }


def in_snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_the_words_of_the_glossary_are_used_instead_of_those_they_replace() -> None:
    table = replaced()
    assert table["user"] == "member"
    assert [
        f"{module}:{line} {name}: say {table[word]}"
        for module in modules(*PRODUCT, "demo")
        for name, line in named(module)
        for word in table
        if re.search(rf"(^|_){word}s?($|_)", in_snake_case(name))
    ] == []


@pytest.mark.parametrize("floor", [("api",), tuple(folder for folder in PRODUCT if folder != "api")])
def test_two_things_of_one_floor_are_not_called_alike(floor: tuple[str, ...]) -> None:
    """An answer may be called as what it tells of (an entry, an expense); two answers may not."""
    classes = Counter(
        node.name for module in modules(*floor) for node in tree(module).body if isinstance(node, ast.ClassDef)
    )
    assert {name: count for name, count in classes.items() if count > 1} == {}


@pytest.mark.parametrize("context", [context for context in CONTEXTS if context != "territory"])
def test_the_same_names_are_found_in_each_context(context: str) -> None:
    assert {module.stem for module in modules(context)} >= EXPECTED


@pytest.mark.parametrize("folder", [*PRODUCT, "demo"])
def test_no_folder_holds_more_than_twelve_modules_or_templates(folder: str) -> None:
    held = Counter(module.parent for module in modules(folder) if module.stem != "__init__")
    drawn = Counter(template.parent for template in (ROOT / folder).rglob("*.html"))
    assert {str(folder): count for folder, count in (held + drawn).items() if count > MOST_A_FOLDER} == {}


@pytest.mark.parametrize("folder", PRODUCT)
def test_every_module_and_every_public_class_says_what_it_is_for(folder: str) -> None:
    silent = [str(module) for module in modules(folder) if not ast.get_docstring(tree(module))]
    silent += [
        f"{module} {node.name}"
        for module in modules(folder)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
    ]
    assert silent == []


def test_a_test_is_named_by_a_sentence() -> None:
    short = [
        f"{module} {function.name}"
        for module in modules("tests")
        for function in functions(module)
        if function.name.startswith("test_") and len(function.name.split("_")) < 3
    ]
    assert short == []


@pytest.mark.parametrize("folder", [folder for folder in PRODUCT if folder != "api"])
def test_only_the_front_door_knows_addresses(folder: str) -> None:
    said = {
        (str(module), node.value)
        for module in modules(folder)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.match(r"/[a-z]", node.value)
    }
    assert said == set()


def test_decisions_are_numbered_one_after_the_other() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    said = [file.read_text(encoding="utf-8").split(".", 1)[0] for file in files]
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert said == [f"# {number}" for number in range(1, len(files) + 1)]


def test_what_a_key_is_for_is_named_once_and_for_ever() -> None:
    """Another word is another key: nothing sealed or signed before would open."""
    named = [app.FORMS, bank_account.PURPOSE, heads.SIGNING, marks.PURPOSE, photos.PURPOSE, sealed_drivers.PURPOSE]
    assert [*named, privacy.COMMANDS, privacy.WRAPPING, refusal_link.PURPOSE, inviting.PURPOSE] == [
        "the tokens of forms",
        "bank accounts of people",
        "signatures of heads",
        "marks of browsers",
        "digests of photos",
        "drivers kept for a fine",
        "digests of commands",
        "wrapping of personal keys",
        "links that refuse a recovery",
        "invitations by mail",
    ]


def test_only_the_table_of_time_zones_names_paris() -> None:
    naming = (module for module in modules(*PRODUCT, "demo") if "Europe/Paris" in (ROOT / module).read_text())
    assert [str(module) for module in naming] == ["territory/time_zones.py"]

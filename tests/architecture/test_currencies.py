"""One place knows currencies, `kernel/money.py`: elsewhere nothing counts in euros, or in hundredths, unsaid."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PRODUCT, ROOT, modules, tree

MONEY = Path("kernel/money.py")
NAMES_ITS_CURRENCY = {"Money": 2, "parse": 2, "of": 2}
"""How many arguments it takes to make an amount of a currency, by `Money`, `Money.parse` or `Money.of`."""


def elsewhere() -> list[Path]:
    return [module for module in modules(*PRODUCT, "demo") if module != MONEY]


def made(module: Path) -> Iterator[tuple[ast.Call, str]]:
    """Give every amount that a module makes."""
    for node in ast.walk(tree(module)):
        match node:
            case ast.Call(func=ast.Name(id="Money")):
                yield node, "Money"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="Money"), attr=attr)):
                yield node, attr


def codes(module: Path) -> Iterator[ast.Constant]:
    """Give every text of a module that is the code of a currency, alone or per something."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and re.fullmatch(r"(EUR|XPF|TND)(/\w+)?", str(node.value)):
            yield node


def test_every_amount_says_in_which_currency() -> None:
    silent = [
        f"{module}:{call.lineno}"
        for module in elsewhere()
        for call, way in made(module)
        if len(call.args) + len(call.keywords) < NAMES_ITS_CURRENCY[way]
    ]
    assert silent == []


def test_one_place_names_the_codes_of_currencies() -> None:
    assert [f"{module}:{code.lineno}" for module in elsewhere() for code in codes(module)] == []


def test_no_template_marks_an_amount_with_a_sign_of_its_own() -> None:
    templates = (*ROOT.glob("api/**/*.html"), *ROOT.glob("api/**/*.txt"), *ROOT.glob("api/**/*.js"))
    assert [
        str(template) for template in templates if re.search(r"€|\bEUR\b|\bcents\s*/\s*100", template.read_text())
    ] == []


def test_no_amount_is_taken_for_hundredths() -> None:
    """An amount has `decimals_of` its currency: nothing multiplies or divides one by a hundred."""
    found = [
        f"{module}:{node.lineno}"
        for module in modules(*PRODUCT)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.BinOp) and _by_a_hundred(node) and re.search(r"cents|number|amount", ast.unparse(node))
    ]
    assert found == []


def _by_a_hundred(node: ast.BinOp) -> bool:
    return any(isinstance(side, ast.Constant) and side.value == 100 for side in (node.left, node.right))

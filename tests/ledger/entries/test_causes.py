"""Every cause of an entry is one file and one line in the list of explanations."""

import importlib
import pkgutil
from typing import get_args

import pytest

from ledger.entries import causes
from ledger.entries.draft import Because, EntryKind

EXPLANATIONS = get_args(causes.Explanation)


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(causes.__path__)])
def test_each_file_explains_one_kind_of_entry(name: str) -> None:
    module = importlib.import_module(f"{causes.__name__}.{name}")
    explained = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Because) and kind.__module__ == module.__name__
    ]
    assert len(explained) == 1
    assert explained[0] in EXPLANATIONS


def test_an_entrys_kind_is_what_its_explanation_is_told_apart_by() -> None:
    tags = {explanation.__struct_config__.tag for explanation in EXPLANATIONS}
    assert tags == {*get_args(EntryKind), "lifting", "reversal"}

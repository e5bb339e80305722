"""The order of names, and finding them by a part, however they are spelt: alike on both databases and in Python.

Accents, capitals, ligatures, hyphens and the form of an apostrophe change nothing.
"""

import string
import unicodedata
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, literal, true

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_ALIKE = {"Œ": "œ", "Æ": "æ", "ẞ": "ß", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
_SIGNS = dict.fromkeys("-\u2010\u2011\u2013\u00a0\u202f", " ") | dict.fromkeys("\u2018\u2019\u02bc", "'")
_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if base.isascii() and base.isalpha() else ""


_ACCENTED = {letter: bare for letter in map(chr, _LATIN) if (bare := _bare(letter))}
_CAPITALS = dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True))
_LETTERS = _ACCENTED | _ALIKE | _SIGNS | _CAPITALS
_FROM, _TO = "".join(_LETTERS), "".join(_LETTERS.values())


def plain(name: str) -> str:
    """Return what a name is ordered and looked for by."""
    name = name.translate(_table(_FROM, _TO))
    for ligature, letters in _LIGATURES.items():
        name = name.replace(ligature, letters)
    return name


def plainly(name: ColumnElement[Any]) -> ColumnElement[str]:
    """Return `plain` of a column."""
    spelt: ColumnElement[str] = func.translate(name, _FROM, _TO, type_=String)
    for ligature, letters in _LIGATURES.items():
        spelt = func.replace(spelt, ligature, letters, type_=String)
    return spelt


def holds(name: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """Tell whether each word of `part` stands somewhere in a name, in any order; every name holds the empty text."""
    words = (literal(f"%{_as_it_is(word)}%", String) for word in plain(part).split())
    return and_(true(), *(plainly(name).like(word, escape="/") for word in words))


def _as_it_is(word: str) -> str:
    for sign in "/%_":  # they would stand for other letters
        word = word.replace(sign, f"/{sign}")
    return word


def translate(text: str | None, letters: str, others: str) -> str | None:
    """Return a text, each of some letters replaced by its other: what PostgreSQL has, for SQLite."""
    return None if text is None else text.translate(_table(letters, others))


@lru_cache(8)
def _table(letters: str, others: str) -> dict[int, int]:
    return str.maketrans(letters, others)

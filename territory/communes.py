"""France's 34,969 communes, found by name, postcode or code, as people type them.

The whole index is one text, biggest commune first, and a search is a few `str.find`: no database, a few megabytes,
a few milliseconds, so that a page may search at every keystroke. It is built once, at the first question.
"""

import gzip
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

import msgspec

from kernel.money import EURO, PACIFIC_FRANC, Currency
from kernel.refused import Unknown
from territory.derive_communes import TABLE
from territory.time_zones import time_zone

_PACIFIC = ("986", "987", "988")  # Wallis-et-Futuna, French Polynesia, New Caledonia: all others have the euro
_LONGEST_QUESTION = 80
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


class NoSuchCommune(Unknown):
    """France's official list has no commune under the code {code}."""


class Commune(msgspec.Struct, frozen=True, kw_only=True):
    """A current commune: INSEE code, postcodes, inhabitants at the last census, and its EPCI when it has one.

    `time_zone` is the IANA name of the clocks people live by there, `currency` what they pay with.
    """

    code: str
    name: str
    departement: str
    departement_name: str
    postcodes: tuple[str, ...]
    population: int
    epci: str | None
    epci_name: str | None
    time_zone: str
    currency: Currency


class _Index(NamedTuple):
    """`lines` by falling population; `text` says the same for searching, line n from `starts[n]` on."""

    lines: tuple[str, ...]
    text: str
    starts: "array[int]"


def commune(code: str) -> Commune:
    """Return the commune with this INSEE code (`26113`, `2A004`); refuses with `NoSuchCommune`."""
    index = _index()
    at = index.text.find(f"#{code.lower()} ") if code.isalnum() else -1
    if at < 0:
        raise NoSuchCommune(code=code)
    return _commune(index.lines[_line_at(index, at)])


def count() -> int:
    """Return how many communes there are."""
    return len(_index().lines)


def search(text: str, limit: int = 10) -> tuple[Commune, ...]:
    """Return up to `limit` communes for a name, a postcode or a code, whole or begun, in any spelling.

    Exact names first, then names that begin so, names with a word that begins so, then those where each word is found
    in name, postcode or département (`saint denis 974`), then INSEE codes; within each, the most populous first.
    """
    asked = fold(text)[:_LONGEST_QUESTION].strip()
    if not asked:
        return ()
    index = _index()
    found: dict[int, None] = {}
    for line in _candidates(index, asked):
        found[line] = None
        if len(found) >= limit:
            break
    return tuple(_commune(index.lines[line]) for line in found)


def fold(text: str) -> str:
    """Return `text` without what people leave out: accents, case, hyphens and apostrophes; `St` becomes `saint`."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    letters = (letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter))
    return " ".join(_ABBREVIATIONS.get(word, word) for word in "".join(letters).split())


def _candidates(index: _Index, asked: str) -> Iterator[int]:
    words = {f" {word}" for word in asked.split()}
    rarest = min(words, key=index.text.count)
    return chain(
        _hits(index, f"\n {asked}\t"),
        _hits(index, f"\n {asked}"),
        (line for line in _hits(index, f" {asked}") if f" {asked}" in _searched(index, line).partition("\t")[0]),
        (line for line in _hits(index, rarest) if all(word in _searched(index, line) for word in words)),
        _hits(index, f"#{asked}"),
    )


def _hits(index: _Index, needle: str) -> Iterator[int]:
    at = index.text.find(needle)
    while at >= 0:
        yield _line_at(index, at)
        at = index.text.find(needle, index.text.index("\n", at + 1))


def _line_at(index: _Index, position: int) -> int:
    return bisect_right(index.starts, position) - 1


def _searched(index: _Index, line: int) -> str:
    return index.text[index.starts[line] : index.starts[line + 1]]


@cache
def _index() -> _Index:
    lines = gzip.decompress(TABLE.read_bytes()).decode().split("\n")[1:]
    lines.sort(key=lambda line: (-int(line.split("\t", 6)[5]), line))
    searched = [_searchable(line) for line in lines]
    starts = array("L", [0])
    for line in searched:
        starts.append(starts[-1] + len(line))
    return _Index(tuple(lines), "".join((*searched, "\n")), starts)


def _searchable(line: str) -> str:
    code, name, departement, departement_name, postcodes = islice(line.split("\t", 5), 5)
    return f"\n {fold(name)}\t {postcodes} {departement.lower()} {fold(departement_name)} #{code.lower()} "


def _commune(line: str) -> Commune:
    code, name, departement, departement_name, postcodes, population, epci, epci_name = line.split("\t")
    return Commune(
        code=code,
        name=name,
        departement=departement,
        departement_name=departement_name,
        postcodes=tuple(postcodes.split()),
        population=int(population),
        epci=epci or None,
        epci_name=epci_name or None,
        time_zone=time_zone(code, departement),
        currency=PACIFIC_FRANC if departement in _PACIFIC else EURO,
    )

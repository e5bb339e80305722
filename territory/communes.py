"""France's 34,969 communes, found by name, postcode or code, as people type them.

Whoever types the name a commune bore, or that of one that became part of it, finds today's commune; an arrondissement
leads to its city, for that is where a co-op has its commune.

The whole index is one text, biggest commune first, and a search is a few `str.find`: no database, a few megabytes,
a few milliseconds, so that a page may search at every keystroke. It is built once, at the first question.
"""

import gzip
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import msgspec
from msgspec.structs import asdict

from kernel.money import EURO, PACIFIC_FRANC, Currency
from kernel.refused import Unknown, Unreadable
from kernel.slice import Slice
from territory.derive_communes import BETWEEN_NAMES, TABLE
from territory.folding import fold
from territory.time_zones import time_zone

_PACIFIC = ("986", "987", "988")  # Wallis-et-Futuna, French Polynesia, New Caledonia: all others have the euro
_LONGEST_QUESTION = 80


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


class FoundCommune(Commune, frozen=True, kw_only=True):
    """A commune as it was found: `through` is the name that was typed, where it is not how the commune is called today.

    `Châlons-sur-Marne`, `Paris 11e Arrondissement`.
    """

    through: str | None


class _Index(NamedTuple):
    """`lines` by falling population; `text` says the same for searching, line n from `starts[n]` on.

    A line of it begins with a new line, then says ` today's name`, a tab, `| another name`, a tab, and so on, then
    `@ postcodes département #code ~another code `, all folded.
    """

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


def search(text: str, limit: int = 10, after: str | None = None) -> Slice[FoundCommune]:
    """Return up to `limit` communes for a name, a postcode or a code, whole or begun, in any spelling.

    Exact names first, today's before others, then names that begin so, names with a word that begins so, then those
    where each word is found in name, postcode or département (`saint denis 974`), then INSEE codes; within each, the
    most populous first. `after` is the code of the last one shown; refuses with `Unreadable` one that is not found so.
    """
    asked = fold(text)[:_LONGEST_QUESTION].strip()
    index = _index()
    lines = _once(_candidates(index, asked)) if asked else iter(())
    if after is not None and not any(index.lines[line].startswith(f"{after}\t") for line in lines):
        raise Unreadable(what="this is not the mark of this list's next page")
    shown = [line for line, _ in zip(lines, range(limit + 1), strict=False)]
    found = tuple(_found(index, line, asked) for line in shown[:limit])
    return Slice(items=found, after=found[-1].code if len(shown) > limit else None)


def _once(lines: Iterator[int]) -> Iterator[int]:
    met = set[int]()
    for line in lines:
        if line not in met:
            met.add(line)
            yield line


def _candidates(index: _Index, asked: str) -> Iterator[int]:
    words = {f" {word}" for word in asked.split()}
    rarest = min(words, key=index.text.count)
    every = [line for line in _hits(index, rarest) if all(word in _searched(index, line) for word in words)]
    return chain(
        _hits(index, f"\n {asked}\t"),
        _hits(index, f"| {asked}\t"),
        _hits(index, f"\n {asked}"),
        (line for line in every if f" {asked}" in _searched(index, line).partition("\t")[0]),
        (line for line in every if f" {asked}" in _searched(index, line).partition("@")[0]),
        (line for line in every if words.issuperset(map(" {}".format, _named(index, line).split()))),
        every,
        _hits(index, f"#{asked}"),
        _hits(index, f"~{asked}"),
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


def _named(index: _Index, line: int) -> str:
    return _searched(index, line).partition("\t")[0]


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
    code, name, departement, departement_name, postcodes, _, _, _, others, codes = line.split("\t")
    names = "".join(f"| {fold(other)}\t" for other in others.split(BETWEEN_NAMES) if other)
    place = f" {postcodes} {departement.lower()} {fold(departement_name)} "
    return f"\n {fold(name)}\t{names}@{place}#{code.lower()} {''.join(f'~{other} ' for other in codes.lower().split())}"


def _found(index: _Index, line: int, asked: str) -> FoundCommune:
    here = _commune(index.lines[line])
    others = [other for other in index.lines[line].split("\t")[8].split(BETWEEN_NAMES) if other]
    return FoundCommune(**asdict(here), through=_through(here, others, asked))


def _through(here: Commune, others: list[str], asked: str) -> str | None:
    """Return which of the other names was typed, `None` when today's was, or a postcode or a code."""
    if fold(here.name) == asked:
        return None
    place = fold(" ".join((*here.postcodes, here.departement, here.departement_name)))
    exact = [other for other in others if fold(other) == asked]
    if exact or _says(f"{fold(here.name)} {place}", asked):
        return exact[0] if exact else None
    return next((other for other in others if _says(f"{fold(other)} {place}", asked)), None)


def _says(text: str, asked: str) -> bool:
    return all(f" {word}" in f" {text}" for word in asked.split())


def _commune(line: str) -> Commune:
    code, name, departement, departement_name, postcodes, population, epci, epci_name, *_ = line.split("\t")
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

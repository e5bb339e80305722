"""Derive `communes.tsv.gz` from Etalab's published package, once a year, and always to the same bytes.

The package says far more than a co-op needs (12 MB); the table keeps one line for each current commune, sorted by
code. An early version of it tells the names that communes bore since 1943, which later ones leave out. Run by `make
communes` on the archives that `npm pack` brings; an archive with other content is refused.
"""

import gzip
import hashlib
import json
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from territory.folding import fold


class Package(NamedTuple):
    """An archive as npm has it."""

    name: str
    sha512: str


NOW = Package(
    "@etalab/decoupage-administratif@6.0.0",
    "5dabd8b0595b70cfe9acaafc84d1cf28447de081f0fddb3134ce27c6358c624e"
    "8f2c5002a4479dbe7ffbc0af016a8ce6d1d09885659c7feedb716a40e6998269",
)
PAST = Package(
    "@etalab/decoupage-administratif@0.7.0",
    "7b33be2c7c88ac98c306513b0f15d26ef1f14a5893193e28e3ec35a4c680e858"
    "c25431625bbe33a792e19a2d46a58d8971e94aab89bccc78c3a25d3c3baba7a9",
)
COLUMNS = (
    *("code", "name", "departement", "departement_name", "postcodes", "population", "epci", "epci_name"),
    *("other_names", "other_codes"),
)
BETWEEN_NAMES = "|"
TABLE = Path(__file__).with_name("communes.tsv.gz")


def rows(
    communes: list[Any], departements: list[Any], groupings: list[Any], past: list[Any]
) -> Iterator[tuple[str, ...]]:
    """Yield one row of `COLUMNS` for each current commune; what the sources do not say is an empty field.

    `past` says which names a code bore. Its other names are those of the communes that became part of it, those it bore
    itself, and those of its arrondissements.
    """
    names = {departement["code"]: departement["nom"] for departement in departements}
    epci = {member["code"]: grouping for grouping in groupings for member in grouping["membres"]}
    borne, parts = _borne((*past, *communes)), _parts(communes)
    for commune in sorted(communes, key=lambda commune: commune["code"]):
        if commune["type"] != "commune-actuelle":
            continue
        code, name, departement = commune["code"], commune["nom"], commune["departement"]
        grouping = epci.get(code, {"code": "", "nom": ""})
        postcodes = " ".join(sorted(commune.get("codesPostaux", ())))
        place = (code, name, departement, names[departement])
        others = sorted({*commune.get("anciensCodes", ()), *parts.get(code, ())} - {code})
        called = BETWEEN_NAMES.join(_others(name, (borne.get(other, ()) for other in (code, *others))))
        population = str(commune.get("population", 0))
        yield (*place, postcodes, population, grouping["code"], grouping["nom"], called, " ".join(others))


def derive(now: Path, past: Path) -> bytes:
    """Return the compressed table made from both archives; `ValueError` when one is not the package it should be."""
    sources = [
        *_sources(now, NOW, ("communes", "departements", "epci")),
        *_sources(past, PAST, ("historique-communes",)),
    ]
    lines = ["\t".join(row) for row in (COLUMNS, *rows(*sources))]
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def _borne(called: Iterable[Any]) -> Mapping[str, dict[str, None]]:
    """Return the names that each code bore, in the order they are told."""
    borne: dict[str, dict[str, None]] = {}
    for commune in called:
        borne.setdefault(commune["code"], {})[commune["nom"]] = None
    return borne


def _parts(communes: list[Any]) -> Mapping[str, list[str]]:
    """Return the codes of what lies in each commune: delegated and associated communes, and arrondissements."""
    parts: dict[str, list[str]] = {}
    for commune in communes:
        whole = commune.get("chefLieu") or commune.get("commune")
        if whole:
            parts.setdefault(whole, []).append(commune["code"])
    return parts


def _others(name: str, borne: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield once each other name that is not how today's name begins: whoever types that has found it already."""
    met, today = set[str](), f"{fold(name)} "
    for other in (other for names in borne for other in names):
        typed = fold(other)
        if typed not in met and not today.startswith(f"{typed} "):
            yield other
        met.add(typed)


def _sources(archive: Path, package: Package, names: Iterable[str]) -> list[list[Any]]:
    if hashlib.sha512(archive.read_bytes()).hexdigest() != package.sha512:
        raise ValueError(f"{archive} is not {package.name}")
    with tarfile.open(archive) as opened:
        return [_source(opened, package, name) for name in names]


def _source(opened: tarfile.TarFile, package: Package, name: str) -> list[Any]:
    member = opened.extractfile(f"package/data/{name}.json")
    if member is None:
        raise ValueError(f"{package.name} has no {name}")
    content: list[Any] = json.load(member)
    return content


if __name__ == "__main__":
    TABLE.write_bytes(derive(*map(Path, sys.argv[1:])))

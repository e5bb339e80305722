"""Derive `communes.tsv.gz` from Etalab's published package, once a year, and always to the same bytes.

The package says far more than a co-op needs (12 MB); the table keeps one line for each current commune, sorted by
code. Run by `make communes` on the archive that `npm pack` brings; an archive with other content is refused.
"""

import gzip
import hashlib
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = "@etalab/decoupage-administratif@6.0.0"
SHA512 = (
    "5dabd8b0595b70cfe9acaafc84d1cf28447de081f0fddb3134ce27c6358c624e"
    "8f2c5002a4479dbe7ffbc0af016a8ce6d1d09885659c7feedb716a40e6998269"
)
COLUMNS = ("code", "name", "departement", "departement_name", "postcodes", "population", "epci", "epci_name")
TABLE = Path(__file__).with_name("communes.tsv.gz")


def rows(communes: list[Any], departements: list[Any], groupings: list[Any]) -> Iterator[tuple[str, ...]]:
    """Yield one row of `COLUMNS` for each current commune; a commune outside any EPCI has two empty fields."""
    names = {departement["code"]: departement["nom"] for departement in departements}
    epci = {member["code"]: grouping for grouping in groupings for member in grouping["membres"]}
    for commune in sorted(communes, key=lambda commune: commune["code"]):
        if commune["type"] != "commune-actuelle":
            continue
        grouping = epci.get(commune["code"], {"code": "", "nom": ""})
        postcodes = " ".join(sorted(commune.get("codesPostaux", ())))
        population = str(commune.get("population", 0))
        departement = commune["departement"]
        place = (commune["code"], commune["nom"], departement, names[departement])
        yield (*place, postcodes, population, grouping["code"], grouping["nom"])


def derive(archive: Path) -> bytes:
    """Return the compressed table made from the package at `archive`; `ValueError` when it is not that package."""
    if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
        raise ValueError(f"{archive} is not {PACKAGE}")
    with tarfile.open(archive) as package:
        sources = [_source(package, name) for name in ("communes", "departements", "epci")]
    lines = ["\t".join(row) for row in (COLUMNS, *rows(*sources))]
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def _source(package: tarfile.TarFile, name: str) -> list[Any]:
    member = package.extractfile(f"package/data/{name}.json")
    if member is None:
        raise ValueError(f"{PACKAGE} has no {name}")
    content: list[Any] = json.load(member)
    return content


if __name__ == "__main__":
    TABLE.write_bytes(derive(Path(sys.argv[1])))

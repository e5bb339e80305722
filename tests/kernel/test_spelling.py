"""Names in the order people look for them, and found however they are spelt, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Engine, MetaData, String, Table, insert, select

from kernel.database import writing
from kernel.read_models.spelling import holds, plain, plainly, translate

NAMES = (
    *("Élodie", "zoé", "Eva", "ANNE", "Ève", "Zacharie", "Œdipe", "50 %_/", "Ève-Marie"),
    *("Linh Nguyễn", "Rose d’Hauterives", "Łukasz Strauß", "Чехов"),
)
names = Table("kernel_names", MetaData(), Column("name", String(40), primary_key=True))


@pytest.fixture
def known(engine: Engine) -> Iterator[Engine]:
    """Some names, in no order."""
    names.metadata.create_all(engine)
    with writing(engine) as connection:
        connection.execute(insert(names), [{"name": name} for name in NAMES])
    yield engine
    engine.dispose()
    names.metadata.drop_all(engine)


def called(known: Engine, part: str) -> list[str]:
    with known.connect() as connection:
        query = select(names.c.name).where(holds(names.c.name, part)).order_by(plainly(names.c.name))
        return [*connection.execute(query).scalars()]


def test_accents_and_capitals_change_no_order(known: Engine) -> None:
    found = [name for name in called(known, "") if name[0] not in "5Ч"]
    latin = ["ANNE", "Élodie", "Eva", "Ève", "Ève-Marie", "Linh Nguyễn", "Łukasz Strauß", "Œdipe", "Rose d’Hauterives"]
    assert found == [*latin, "Zacharie", "zoé"]
    assert sorted(found, key=plain) == found


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("ZOE", ["zoé"]),
        ("eve", ["Ève", "Ève-Marie"]),
        ("è r", ["Ève-Marie", "Rose d’Hauterives", "Zacharie"]),
        ("-marie", ["Ève-Marie"]),
        ("marie eve", ["Ève-Marie"]),
        ("oed", ["Œdipe"]),
        ("nguyen", ["Linh Nguyễn"]),
        ("d'haut", ["Rose d’Hauterives"]),
        ("strauss luk", ["Łukasz Strauß"]),
        ("Чехов", ["Чехов"]),
        ("%", ["50 %_/"]),
        ("_", ["50 %_/"]),
        ("/", ["50 %_/"]),
        ("\\", []),
        ("nobody", []),
    ],
)
def test_a_part_of_a_name_is_found_however_it_is_spelt(known: Engine, part: str, found: list[str]) -> None:
    assert called(known, part) == found


def test_no_name_stays_none() -> None:
    assert translate(None, "é", "e") is None

"""Many new rows sent as one are kept as they would be one by one, whatever kind of value they hold."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
    select,
)

from kernel.read_models.many import put_many
from kernel.read_models.projection import PutMany
from kernel.tables import Instant
from tests.kit.rows import carry_out
from tests.kit.scale import scaled

shelf = Table(
    "kernel_many",
    MetaData(),
    Column("place", Integer, primary_key=True),
    Column("key", Uuid, nullable=False),
    Column("sum", BigInteger),
    Column("open", Boolean),
    Column("day", Date),
    Column("at", Instant),
    Column("share", Numeric(6, 3)),
    Column("label", String(40)),
    Column("words", Text),
    Column("facts", JSON),
    Column("sealed", LargeBinary),
)

HERE = timezone(timedelta(hours=11))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
ALIKE = st.fixed_dictionaries({"day": st.dates(), "label": TEXTS, "key": st.uuids()})
OWN = st.fixed_dictionaries(
    {
        "sum": st.none() | st.integers(-(2**62), 2**62),
        "open": st.none() | st.booleans(),
        "at": st.integers(0, 10**16).map(
            lambda micros: datetime(1970, 1, 1, tzinfo=HERE) + timedelta(microseconds=micros)
        ),
        "share": st.none() | st.decimals(-999, 999, places=3),
        "words": st.none() | TEXTS,
        "facts": st.dictionaries(TEXTS, TEXTS, max_size=2),
    }
)


def kept(engine: Engine, write: PutMany, *, together: bool) -> list[tuple[object, ...]]:
    with engine.connect() as connection, connection.begin() as transaction:
        shelf.create(connection)
        if together:
            put_many(connection, write)
        else:
            carry_out(connection, [write])
        rows = connection.execute(select(shelf).order_by(shelf.c.place)).all()
        transaction.rollback()
    return [tuple(row) for row in rows]


@settings(max_examples=scaled(30))
@given(alike=ALIKE, own=st.lists(OWN, max_size=4))
def test_many_rows_are_kept_as_one_by_one(
    engine: Engine, alike: dict[str, object], own: list[dict[str, object]]
) -> None:
    write = PutMany(shelf, alike, [{"place": place, **row} for place, row in enumerate(own)])
    assert kept(engine, write, together=True) == kept(engine, write, together=False)


def test_what_each_kind_of_value_comes_to(engine: Engine) -> None:
    at = datetime(2026, 3, 29, 1, 59, 59, 5, UTC)
    values = {"sum": -5, "open": True, "at": at, "share": Decimal("0.125"), "words": "l'été", "facts": {"a": "é"}}
    write = PutMany(shelf, {"key": UUID(int=7), "day": date(2026, 2, 28)}, [{"place": 1, **values}])
    key, day = UUID(int=7), date(2026, 2, 28)
    assert kept(engine, write, together=True) == [
        (1, key, -5, True, day, at, Decimal("0.125"), None, "l'été", {"a": "é"}, None)
    ]


def test_bytes_are_refused_where_they_would_become_a_text(engine: Engine) -> None:
    write = PutMany(shelf, {"key": UUID(int=1)}, [{"place": 1, "sealed": b"\x00\xff"}])
    if engine.dialect.name == "postgresql":
        with pytest.raises(TypeError):
            kept(engine, write, together=True)
    else:
        assert kept(engine, write, together=True)[0][-1] == b"\x00\xff"

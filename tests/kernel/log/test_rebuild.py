"""Rebuilding: writes folded by hundreds leave the same rows as writes carried out one by one."""

from collections.abc import Iterable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, select

from kernel.database import writing
from kernel.log.history import History
from kernel.log.rebuild import rebuild
from kernel.privacy import Keyring
from kernel.read_models.folding import Folded
from kernel.read_models.projection import Add, Change, Put, PutMany, Remove, Set, Write
from tests.kernel.jars import COOP, add, coins_in, project, tables
from tests.kit.rows import carry_out
from tests.kit.scale import scaled

shelf = Table(
    "kernel_shelf",
    MetaData(),
    Column("row", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("coins", Integer, nullable=False, server_default="0"),
    Column("stones", Integer, nullable=False, server_default="0"),
    Column("label", String(10)),
)

KEYS = st.fixed_dictionaries({"row": st.integers(0, 1), "place": st.integers(0, 2)})
NUMBERS = st.integers(-9, 9)
VALUES = st.fixed_dictionaries(
    {}, optional={"coins": NUMBERS, "stones": NUMBERS, "label": st.sampled_from(["a", "b", None])}
).filter(bool)
AMOUNTS = st.fixed_dictionaries({}, optional={"coins": NUMBERS, "stones": NUMBERS}).filter(bool)
WRITES = st.lists(
    st.one_of(
        st.builds(lambda key, values: Put(shelf, key | values), KEYS, VALUES),
        st.builds(lambda key, values: Set(shelf, key, values), KEYS, VALUES),
        st.builds(lambda key, values: Change(shelf, key, values), KEYS, VALUES),
        st.builds(lambda key, amounts: Add(shelf, key, amounts), KEYS, AMOUNTS),
        st.builds(lambda key: Remove(shelf, key), KEYS),
        st.builds(
            lambda alike, places: PutMany(shelf, alike, [{"place": place, "label": f"{place}é"} for place in places]),
            st.fixed_dictionaries({"row": st.integers(0, 1), "stones": NUMBERS}),
            st.lists(st.integers(0, 2), unique=True),
        ),
    ),
    max_size=30,
)


def lawful(writes: Iterable[Write]) -> Iterator[Write]:
    """Leave out each `Put` of a row that is there already: no projection does that."""
    there = set[tuple[int, int]]()
    for write in writes:
        if isinstance(write, PutMany):
            new = {(write.alike["row"], row["place"]) for row in write.rows}
            if there.isdisjoint(new):
                there |= new
                yield write
            continue
        key = write.row if isinstance(write, Put) else write.key
        at = key["row"], key["place"]
        match write:
            case Put() if at in there:
                continue
            case Put() | Set() | Add():
                there.add(at)
            case Remove():
                there.discard(at)
        yield write


def rows_after(engine: Engine, batches: Sequence[Sequence[Write]], *, folded: bool) -> list[tuple[object, ...]]:
    with engine.connect() as connection, connection.begin() as transaction:
        shelf.create(connection)
        for batch in batches:
            if folded:
                together = Folded(connection)
                together.extend(batch)
                together.flush()
            else:
                carry_out(connection, batch)
        rows = connection.execute(select(shelf).order_by(shelf.c.row, shelf.c.place)).all()
        transaction.rollback()
    return [tuple(row) for row in rows]


@settings(max_examples=scaled(60))
@given(writes=WRITES, size=st.integers(1, 30))
def test_writes_folded_leave_the_same_rows_as_one_by_one(engine: Engine, writes: list[Write], size: int) -> None:
    sequence = list(lawful(writes))
    batches = [sequence[start : start + size] for start in range(0, len(sequence), size)]
    assert rows_after(engine, batches, folded=True) == rows_after(engine, batches, folded=False)


def test_a_row_put_twice_is_refused_folded_or_not(engine: Engine) -> None:
    twice = [Put(shelf, {"row": 1, "place": 1, "coins": 1})] * 2
    for folded in (True, False):
        with pytest.raises(Exception, match=r"(?i)unique"):
            rows_after(engine, [twice], folded=folded)


def test_a_rebuild_reads_every_event_and_tells_how_far_it_is(engine: Engine) -> None:
    history = History(engine, {}, Keyring(bytes(32)))
    positions: list[int] = []
    for number in range(7):
        add(history, COOP, number + 1)
    tables.create_all(engine)
    assert rebuild(engine, {"tests": project}, positions.append) == 7
    assert positions == [7]
    assert coins_in(engine, COOP) == 28
    tables.drop_all(engine)


def test_a_rebuild_that_fails_leaves_the_rows_as_they_were(jars: History) -> None:
    add(jars, COOP, 3)
    with writing(jars.engine) as connection:
        connection.exec_driver_sql("UPDATE kernel_jars SET coins = 4")

    def failing(_: object) -> Iterable[Write]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rebuild(jars.engine, {"tests": failing})
    assert coins_in(jars.engine, COOP) == 4

"""E8: a byte of the past that was changed or removed is found, and where."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, LargeBinary, bindparam, cast, delete, exc, select, text, update

from kernel.log.history import History
from kernel.log.recorder import events, log_head
from kernel.log.verify import Fault, verify
from tests.kernel.jars import COOP, OTHER_COOP, add
from tests.kit.scale import scaled

JARS = [UUID(int=0xABCDEF), UUID(int=0xFEDCBA << 64)]
LAST = 9


@pytest.fixture
def written(jars: History) -> Engine:
    """Nine events of two co-ops in four streams; the first co-op's second event stands alone in its stream."""
    for number in range(LAST):
        coop = (COOP, OTHER_COOP)[number % 3 == 2]
        add(jars, JARS[number % 2] if coop == COOP else UUID(int=number), 1, coop_id=coop)
    return jars.engine


def stored_bytes(connection: Connection, position: int, column: str) -> bytes:
    """Return what is stored of one column: the bytes of a text or a number as they stand."""
    stored = events.c[column]
    on_sqlite = connection.dialect.name == "sqlite" and column in ("coop_id", "stream_id", "name")
    value = connection.execute(
        select(cast(stored, LargeBinary) if on_sqlite else stored).where(events.c.position == position)
    ).scalar_one()
    match value:
        case int():
            return value.to_bytes(8 if column == "position" else 4, "big", signed=True)
        case UUID():
            return value.bytes
        case str():
            return value.encode()
        case _:
            return bytes(value)


def store_bytes(connection: Connection, position: int, column: str, changed: bytes) -> None:
    """Store bytes in one column, past whatever the product's own types would refuse."""
    value: Any = changed
    if column in ("position", "version"):
        value = int.from_bytes(changed, "big", signed=True)
    elif column in ("coop_id", "stream_id", "name") and connection.dialect.name == "sqlite":
        connection.execute(
            text(f"UPDATE events SET {column} = CAST(:changed AS TEXT) WHERE position = :position"),  # noqa: S608
            {"changed": changed, "position": position},
        )
        return
    elif column in ("coop_id", "stream_id"):
        value = UUID(bytes=changed)
    elif column == "name":
        value = changed.decode("ascii")
    connection.execute(
        update(events).where(events.c.position == bindparam("here")).values({column: value}), {"here": position}
    )


def flipped(stored: bytes, bit: int) -> bytes:
    index, shift = divmod(bit % (8 * len(stored)), 8)
    return stored[:index] + bytes([stored[index] ^ 1 << shift]) + stored[index + 1 :]


def change_one_bit(engine: Engine, position: int, column: str, bit: int) -> Iterator[None]:
    """Change one bit, then give control, then put it back."""
    with engine.begin() as connection:
        before = stored_bytes(connection, position, column)
        after = flipped(before, bit)
        at = int.from_bytes(after, "big", signed=True) if column == "position" else position
        try:
            store_bytes(connection, position, column, after)
        except (exc.DBAPIError, UnicodeDecodeError):
            assume(condition=False)  # the database itself refuses such a value
    yield
    with engine.begin() as connection:
        store_bytes(connection, at, column, before)


def test_an_untouched_log_has_no_fault(written: Engine) -> None:
    assert verify(written) == (LAST, ())


def test_an_empty_log_has_no_fault(engine: Engine) -> None:
    assert verify(engine) == (0, ())


@settings(max_examples=scaled(120))
@given(
    position=st.integers(1, LAST),
    column=st.sampled_from([column.name for column in events.c]),
    bit=st.integers(0, 4000),
)
def test_any_changed_bit_of_any_stored_column_is_found_at_its_position(
    written: Engine, position: int, column: str, bit: int
) -> None:
    for _ in change_one_bit(written, position, column, bit):
        assert verify(written).faults[0].position == position
    assert verify(written).faults == ()


def test_a_changed_event_is_found_with_its_coop_and_stream(written: Engine) -> None:
    for _ in change_one_bit(written, 3, "state", 100):
        assert verify(written).faults == (Fault(3, OTHER_COOP, UUID(int=2), "tests.CoinsAdded is not as recorded"),)


@pytest.mark.parametrize("gone", [{1}, {4}, {4, 5, 6}])
def test_a_removed_event_is_found_missing(written: Engine, gone: set[int]) -> None:
    with written.begin() as connection:
        connection.execute(delete(events).where(events.c.position.in_(gone)))
    first = verify(written).faults[0]
    assert (first.position, first.reason) == (min(gone), f"{len(gone)} events missing")


@pytest.mark.parametrize("kept", [0, 4, 8])
def test_a_removed_tail_is_found_missing(written: Engine, kept: int) -> None:
    with written.begin() as connection:
        connection.execute(delete(events).where(events.c.position > kept))
    faults = verify(written).faults
    assert [fault.position for fault in faults] == [kept + 1]


def test_two_events_that_changed_places_are_found(written: Engine) -> None:
    with written.begin() as connection:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            connection.execute(update(events).where(events.c.position == before).values(position=after))
    assert {fault.position for fault in verify(written).faults} >= {2, 3}


def test_an_event_moved_to_another_coop_is_found(written: Engine) -> None:
    with written.begin() as connection:
        connection.execute(update(events).where(events.c.position == 1).values(coop_id=UUID(int=77)))
    assert verify(written).faults[0].position == 1


@pytest.mark.parametrize(("heads", "rows"), [((), 0), ((LAST, LAST), 2)])
def test_a_log_whose_head_was_taken_away_or_doubled_is_told_of_in_a_sentence(
    written: Engine, heads: tuple[int, ...], rows: int
) -> None:
    with written.begin() as connection:
        connection.execute(delete(log_head))
        for position in heads:
            connection.execute(log_head.insert().values(position=position))
    reason = f"log_head holds {rows} rows in place of one: what the log's last position should be is not known"
    assert verify(written).faults == (Fault(LAST + 1, None, None, reason),)

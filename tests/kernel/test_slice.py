"""Slices of a long list, on both databases: no row is lost or shown twice, whatever is added between two of them."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import BigInteger, Column, Date, Engine, MetaData, String, Table, Uuid, insert, select

from kernel.database import writing
from kernel.refused import Unreadable
from kernel.slice import Slice, newest_first, oldest_first
from kernel.tables import Instant

NOON = datetime(2026, 10, 25, 12, tzinfo=UTC)
notes = Table(
    "kernel_notes",
    MetaData(),
    Column("note_id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("title", String(20), nullable=False),
)
BY_INSTANT = (notes.c.at, notes.c.note_id)
BY_NUMBER = (notes.c.number,)
BY_TITLE = (notes.c.title, notes.c.note_id)


@pytest.fixture
def board(engine: Engine) -> Iterator[Engine]:
    """Ten notes, three an hour, so that some share an instant."""
    notes.metadata.create_all(engine)
    put(engine, *range(10))
    yield engine
    engine.dispose()
    notes.metadata.drop_all(engine)


def put(board: Engine, *numbers: int) -> None:
    """Put notes on the board; their ids are in no order."""
    rows = [
        {
            "note_id": UUID(int=number * 7919 % 101),
            "at": at,
            "number": number,
            "day": at.date(),
            "title": f"é{number // 3}",
        }
        for number in numbers
        for at in [NOON + timedelta(hours=number // 3)]
    ]
    with writing(board) as connection:
        connection.execute(insert(notes), rows)


def read(board: Engine, after: str | None, most: int, key: tuple[Column[object], ...] = BY_INSTANT) -> Slice[int]:
    with board.connect() as connection:
        found = newest_first(connection, select(notes), key, after=after, most=most)
        return found.mapped(lambda row: int(row["number"]))


def read_all(board: Engine, most: int, key: tuple[Column[object], ...] = BY_INSTANT) -> list[int]:
    shown = [read(board, None, most, key)]
    while shown[-1].after is not None:
        shown.append(read(board, shown[-1].after, most, key))
    return [number for found in shown for number in found.items]


def in_order(*numbers: int) -> list[int]:
    return sorted(numbers, key=lambda number: (number // 3, UUID(int=number * 7919 % 101)), reverse=True)


@pytest.mark.parametrize("most", [1, 2, 3, 9, 10, 11])
def test_slices_of_any_size_show_every_row_once_newest_first(board: Engine, most: int) -> None:
    assert read_all(board, most) == in_order(*range(10))
    assert read_all(board, most, BY_NUMBER) == list(reversed(range(10)))


def test_the_last_slice_says_that_nothing_follows(board: Engine) -> None:
    assert read(board, None, 10).after is None
    assert read(board, None, 9).after is not None
    assert read(board, read(board, None, 9).after, 9).after is None


def test_slices_oldest_first_show_every_row_once(board: Engine) -> None:
    numbers: list[int] = []
    after, more = None, True
    with board.connect() as connection:
        while more:
            found = oldest_first(connection, select(notes), BY_INSTANT, after=after, most=4)
            numbers += [row["number"] for row in found.items]
            after, more = found.after, found.after is not None
    assert numbers == list(reversed(in_order(*range(10))))


def test_slices_by_day_show_every_row_once(board: Engine) -> None:
    put(board, *range(10, 90))
    assert len(set(read_all(board, 7, (notes.c.day, notes.c.number)))) == 90


def test_slices_by_a_text_show_every_row_once(board: Engine) -> None:
    assert len(set(read_all(board, 4, BY_TITLE))) == 10


@pytest.mark.parametrize("title", ["a\x00b", "é" * 201, 3, None])
def test_a_text_no_column_holds_is_refused(board: Engine, title: object) -> None:
    with pytest.raises(Unreadable):
        read(board, of_this_list(board, title, AN_ID, key=BY_TITLE), 3, BY_TITLE)


def test_an_empty_list_is_one_empty_slice(board: Engine) -> None:
    with board.connect() as connection:
        nothing = newest_first(connection, select(notes).where(notes.c.number > 99), BY_NUMBER, after=None, most=3)
    assert nothing == Slice(items=(), after=None)


def test_what_is_added_at_the_top_meanwhile_shifts_nothing(board: Engine) -> None:
    first = read(board, None, 4)
    put(board, 20, 21)
    second = read(board, first.after, 10)
    assert [*first.items, *second.items] == in_order(*range(10))
    assert read(board, None, 2).items == tuple(in_order(20, 21))


def test_what_is_added_further_down_meanwhile_is_met_there(board: Engine) -> None:
    first = read(board, None, 4, BY_NUMBER)
    put(board, -1)
    assert read(board, first.after, 10, BY_NUMBER).items == (5, 4, 3, 2, 1, 0, -1)


def test_rows_that_share_an_instant_with_the_last_one_shown_are_not_lost(board: Engine) -> None:
    first = read(board, None, 2)  # number 9 alone in its hour, then one of three that share theirs
    assert sorted([*first.items, *read(board, first.after, 2).items]) == [6, 7, 8, 9]


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def of_this_list(board: Engine, *values: object, key: tuple[Column[object], ...] = BY_INSTANT) -> str:
    """Return a cursor as this list writes it, with other values in it."""
    known = read(board, None, 1, key).after or ""
    mark = json.loads(base64.urlsafe_b64decode(known + "=" * (-len(known) % 4)))[0]
    return encoded(json.dumps([mark, *values], ensure_ascii=False, separators=(",", ":")))


AN_ID = "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize("cursor", ["", "x", "é", "====", "%00", encoded("[]"), encoded("null"), encoded("[3]")])
def test_a_text_that_no_list_gave_is_refused(board: Engine, cursor: str) -> None:
    with pytest.raises(Unreadable):
        read(board, cursor, 3)


@pytest.mark.parametrize(
    "values",
    [
        ("2026-10-25T12:00:00Z", 3),
        ("2026-10-25T12:00:00", AN_ID),
        ("9999-12-31T23:59:59-05:00", AN_ID),
        ("2026-10-25T13:00:00+01:00", AN_ID),
        ("2026-10-25T12:00:00Z", AN_ID, 1),
        ("2026-10-25T12:00:00Z",),
    ],
)
def test_a_place_that_is_none_of_the_list_is_refused(board: Engine, values: tuple[object, ...]) -> None:
    with pytest.raises(Unreadable):
        read(board, of_this_list(board, *values), 3)


def test_a_cursor_written_otherwise_than_we_write_it_is_refused(board: Engine) -> None:
    cursor = read(board, None, 3).after or ""
    written = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    for other in (f"{cursor}=", encoded(written.replace(",", ", "))):
        with pytest.raises(Unreadable):
            read(board, other, 3)


def test_a_cursor_of_another_list_is_refused_though_its_key_is_of_the_same_kinds(board: Engine) -> None:
    by_reading = select(notes.c.note_id, notes.c.at.label("read_at"), notes.c.number).subquery()
    key = (by_reading.c.read_at, by_reading.c.note_id)
    with board.connect() as connection:
        other = newest_first(connection, select(by_reading), key, after=None, most=3).after
        turned = oldest_first(connection, select(notes), BY_INSTANT, after=None, most=3).after
    for cursor in (other, turned):
        assert cursor is not None
        with pytest.raises(Unreadable):
            read(board, cursor, 3)


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30, "3", 3.5, True])
def test_a_number_no_column_holds_is_refused(board: Engine, number: object) -> None:
    with pytest.raises(Unreadable):
        read(board, of_this_list(board, number, key=BY_NUMBER), 3, BY_NUMBER)


def test_the_ends_of_time_are_places_like_any_other(board: Engine) -> None:
    assert len(read(board, of_this_list(board, "9999-12-31T23:59:59.999999Z", AN_ID), 20).items) == 10
    assert read(board, of_this_list(board, "0001-01-01T00:00:00Z", AN_ID), 20).items == ()

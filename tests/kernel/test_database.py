"""Both databases opened so that they behave alike."""

import sqlite3
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from kernel.database import create_tables, is_away, open_database, optimize, writing
from kernel.log.recorder import events
from kernel.tables import Instant
from tests.kit.databases import on_sqlite

instants = Table("kernel_instants", MetaData(), Column("id", Integer, primary_key=True), Column("at", Instant))

MOMENTS = [
    datetime(2026, 11, 2, 9, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 11, 2, 9, tzinfo=UTC),
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=UTC),
]


@on_sqlite
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 30000), ("foreign_keys", 1)]
)
def test_sqlite_is_opened_to_keep_what_it_says_it_kept(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@on_sqlite
def test_a_reader_is_not_stopped_by_a_writer_on_sqlite(engine: Engine) -> None:
    with writing(engine) as writer, engine.connect() as reader:
        writer.exec_driver_sql("UPDATE log_head SET position = 7")
        assert reader.exec_driver_sql("SELECT position FROM log_head").scalar() == 0


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("UPDATE log_head SET position = 7")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT position FROM log_head").scalar() == 0


def test_creating_the_tables_again_changes_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        create_tables(connection)
        assert connection.exec_driver_sql("SELECT position FROM log_head").all() == [(0,)]


@on_sqlite
def test_sqlite_counts_again_what_was_asked_of_it(engine: Engine) -> None:
    row = {"stream_id": UUID(int=1), "name": "a", "state": b"", "chain": b""}
    with writing(engine) as connection:
        for position in range(1, 21):
            connection.execute(
                insert(events), row | {"position": position, "version": position, "coop_id": UUID(int=9)}
            )
        connection.execute(select(events).where(events.c.coop_id == UUID(int=9))).all()
    optimize(engine)
    with engine.connect() as connection:
        counted = connection.exec_driver_sql("SELECT stat FROM sqlite_stat1 WHERE idx = 'events_by_coop'").scalar()
    assert counted == "20 20 1"


def test_an_instant_comes_back_as_it_was_in_utc_and_in_order(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        instants.create(connection)
        connection.execute(insert(instants), [{"at": moment} for moment in MOMENTS])
        found = connection.execute(select(instants.c.at).order_by(instants.c.at)).scalars().all()
        transaction.rollback()
    assert found == sorted(MOMENTS)
    assert {moment.tzinfo for moment in found} == {UTC}


def test_an_instant_from_another_zone_is_the_same_instant(engine: Engine) -> None:
    paris = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris"))
    with engine.connect() as connection, connection.begin() as transaction:
        instants.create(connection)
        connection.execute(insert(instants), {"at": paris})
        assert connection.execute(select(instants.c.at)).scalar() == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        transaction.rollback()


def test_no_instant_at_all_stays_none(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        instants.create(connection)
        connection.execute(insert(instants), {"at": None})
        assert connection.execute(select(instants.c.at)).scalar() is None
        transaction.rollback()


def test_an_instant_without_its_offset_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        instants.create(connection)
        with pytest.raises(StatementError, match="offset"):
            connection.execute(insert(instants), {"at": datetime(2026, 11, 2, 9)})  # noqa: DTZ001 - what is refused
        transaction.rollback()


@on_sqlite
def test_who_waited_in_vain_for_sqlite_is_told_that_it_is_away(engine: Engine, database_url: str) -> None:
    impatient = open_database(database_url, waits_seconds=0)
    with writing(engine), pytest.raises(sqlite3.OperationalError) as told, writing(impatient):
        pass
    assert is_away(told.value)
    assert not is_away(ValueError())
    impatient.dispose()

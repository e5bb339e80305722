"""The steps lead from any version to this one, whole or not at all."""

import os
import signal
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import HeadMaintainer, MigrationContext
from sqlalchemy import Column, Connection, MetaData, Table, inspect, select, text

from kernel.database import create_tables, open_database, writing
from kernel.log.remembered import commands
from kernel.privacy import Keyring
from kernel.tables import precious
from people.bank_account import opened_account
from people.person import people
from tests.kit.databases import SECRET
from tests.kit.processes import PATIENCE_SECONDS, forking
from upgrades.ready import upgrade
from upgrades.schema import HERE, State, config_of, state_of, upgrade_tables


def die_after(step: str, database_url: str) -> None:
    """Upgrade, in a process of its own, and be killed once a step is carried out."""
    carried_out = HeadMaintainer.update_to_step

    def die(self: HeadMaintainer, some: Any) -> None:
        carried_out(self, some)
        if self.heads == {step}:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(HeadMaintainer, "update_to_step", die)  # noqa: B010 - a method of the library
    upgrade(database_url, Keyring(SECRET))


CHANGED = ("iban", "iban_holder", "account", "fingerprint")  # by a step: each has its own assertion


def defined(connection: Connection) -> dict[str, Any]:
    """Return everything a database says of its precious tables, in no order."""
    look = inspect(connection)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in look.get_columns(table)
            },
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(unique["column_names"] for unique in look.get_unique_constraints(table)),
            "indexes": sorted((index["name"], index["column_names"]) for index in look.get_indexes(table)),
            "storage": storage_of(connection, table),
        }
        for table in precious.tables
    }


def storage_of(connection: Connection, table: str) -> list[Any]:
    """Return how PostgreSQL keeps each column: shrunk (x), or as it is written (e)."""
    if connection.dialect.name != "postgresql":
        return []
    columns = "SELECT attname, attstorage FROM pg_attribute WHERE attrelid = CAST(:of AS regclass)"
    kept = text(f"{columns} AND attnum > 0 AND NOT attisdropped")
    return sorted(map(tuple, connection.execute(kept, {"of": table})))


def steps_only(connection: Connection) -> None:
    """Make the tables by the steps alone, from nothing."""
    command.upgrade(config_of(connection), "head")


def versions() -> list[str]:
    """Return every version, the oldest first."""
    return sorted(path.stem.split("_")[1] for path in (HERE / "steps").glob("step_*.py"))


def test_the_steps_make_what_an_empty_database_is_given_at_once(bare_url: str) -> None:
    engine = open_database(bare_url)
    with writing(engine) as connection:
        steps_only(connection)
        by_steps = defined(connection)
        connection.rollback()
    with writing(engine) as connection:
        create_tables(connection)
        assert defined(connection) == by_steps
        assert connection.execute(text("SELECT position FROM log_head")).all() == [(0,)]
    engine.dispose()


def test_the_steps_leave_nothing_that_the_code_does_not_know(released_url: str) -> None:
    engine = open_database(released_url)
    with writing(engine) as connection:
        upgrade_tables(connection, Keyring(SECRET))
        context = MigrationContext.configure(connection, opts={"include_object": _is_precious})
        assert compare_metadata(context, precious) == []
    engine.dispose()


def _is_precious(thing: object, name: str, kind: str, _reflected: bool, _other: object) -> bool:  # noqa: FBT001
    table = name if kind == "table" else getattr(thing, "table").name  # noqa: B009
    return table in precious.tables


def test_an_older_database_keeps_all_it_holds(released_url: str) -> None:
    engine = open_database(released_url)
    with writing(engine) as connection:
        before, paid, asked = held(connection), paid_into(connection), asked_for(connection)
        upgrade_tables(connection, Keyring(SECRET))
        assert {table: in_columns_of(before[table], held(connection)[table]) for table in before} == before
        assert accounts(connection) == paid
        assert asked_for(connection) == {asked_id: Keyring(SECRET).digest(known) for asked_id, known in asked.items()}
        assert state_of(connection) == "current"
    engine.dispose()


def held(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the precious tables that are there."""
    there = MetaData()
    there.reflect(connection, only=lambda name, _: name in precious.tables)
    return {
        table.name: sorted(map(tuple, connection.execute(select(*_unsealed(table)))), key=repr)
        for table in there.sorted_tables
    }


def in_columns_of(known: list[tuple[Any, ...]], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows by the columns that were known before: new ones stand at the end."""
    return sorted((row[: len(known[0])] for row in rows), key=repr) if known else rows


def _unsealed(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if column.name not in CHANGED]


def paid_into(connection: Connection) -> set[tuple[Any, ...]]:
    """Return who is paid where, as 0.1.0 kept it."""
    query = "SELECT CAST(person_id AS TEXT), iban, iban_holder FROM people WHERE iban IS NOT NULL"
    return {(UUID(person_id), iban, holder) for person_id, iban, holder in connection.execute(text(query))}


def asked_for(connection: Connection) -> dict[UUID, str]:
    """Return what is kept of the content of each command."""
    return {row.command_id: row.fingerprint for row in connection.execute(select(commands))}


def accounts(connection: Connection) -> set[tuple[Any, ...]]:
    """Return who is paid where, as it opens today."""
    kept = connection.execute(select(people.c.person_id, people.c.account).where(people.c.account.is_not(None)))
    opened = {person_id: opened_account(Keyring(SECRET), person_id, account) for person_id, account in kept}
    return {(person_id, found.iban, found.holder) for person_id, found in opened.items() if found}


def test_asked_twice_it_does_nothing_more(released_url: str) -> None:
    engine = open_database(released_url)
    for _ in range(2):
        with writing(engine) as connection:
            upgrade_tables(connection, Keyring(SECRET))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).all() == [(versions()[-1],)]
    engine.dispose()


@pytest.mark.parametrize("step", versions())
def test_killed_at_a_step_nothing_has_happened_and_it_can_be_done_again(released_url: str, step: str) -> None:
    engine = open_database(released_url)
    with engine.connect() as connection:
        before = (sorted(inspect(connection).get_table_names()), held(connection))
    dying = forking().Process(target=die_after, args=(step, released_url))
    dying.start()
    dying.join(PATIENCE_SECONDS)
    assert dying.exitcode == -signal.SIGKILL
    with engine.connect() as connection:
        assert (sorted(inspect(connection).get_table_names()), held(connection)) == before
        assert state_of(connection) == "older"
    with writing(engine) as connection:
        upgrade_tables(connection, Keyring(SECRET))
        assert state_of(connection) == "current"
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "state"), [("0001", "older"), (versions()[-1], "current"), ("9999", "newer"), (None, "older")]
)
def test_a_database_knows_its_age(released_url: str, version: str | None, state: State) -> None:
    engine = open_database(released_url)
    with writing(engine) as connection:
        if version:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})
        assert state_of(connection) == state
    engine.dispose()


def test_an_empty_database_is_said_to_be_empty(bare_url: str) -> None:
    engine = open_database(bare_url)
    with engine.connect() as connection:
        assert state_of(connection) == "empty"
    engine.dispose()

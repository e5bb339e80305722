"""Who drove, of somebody erased: kept until no fine can come, opened by this installation alone, then gone."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update

from kernel.database import reading, writing
from kernel.privacy import Keyring
from people.person import Person
from people.sealed_drivers import KeptDriver, forget_drivers, kept_until, seal_driver, sealed_driver, sealed_drivers

HERE, HERS, ANOTHER = UUID(int=1), UUID(int=2), UUID(int=3)
NADIA = Person(person_id=UUID(int=9), email="nadia@example.org", name="Nadia", phone="06 12 34 56 78")
UNTIL = datetime(2028, 2, 2, 8, tzinfo=UTC)


def seal(engine: Engine, keyring: Keyring, member_id: UUID = HERS) -> None:
    with writing(engine) as connection:
        seal_driver(connection, keyring, HERE, member_id, NADIA, UNTIL)


def opened(engine: Engine, keyring: Keyring, member_id: UUID = HERS) -> KeptDriver | None:
    with reading(engine) as connection:
        return sealed_driver(connection, keyring, HERE, member_id)


@pytest.mark.parametrize(
    ("ended", "until"),
    [
        ("2026-11-02T08:00", "2028-02-02T08:00"),
        ("2026-01-31T23:59", "2027-04-30T23:59"),
        ("2026-11-30T08:00", "2028-02-29T08:00"),
        ("2025-11-30T08:00", "2027-02-28T08:00"),
        ("2026-09-15T08:00", "2027-12-15T08:00"),
    ],
)
def test_a_trip_is_kept_fifteen_months_to_the_day(ended: str, until: str) -> None:
    assert kept_until(datetime.fromisoformat(f"{ended}Z")) == datetime.fromisoformat(f"{until}Z")


def test_it_is_opened_by_this_installation_alone(engine: Engine) -> None:
    keyring = Keyring(b"1" * 32)
    seal(engine, keyring)
    assert opened(engine, keyring) == KeptDriver(name="Nadia", email="nadia@example.org", phone="06 12 34 56 78")
    assert opened(engine, Keyring(b"2" * 32)) is None
    assert opened(engine, keyring, ANOTHER) is None


def test_nothing_of_her_stands_there_in_clear_and_nobody_else_is_put_in_her_place(engine: Engine) -> None:
    keyring = Keyring(b"1" * 32)
    seal(engine, keyring)
    with writing(engine) as connection:
        (row,) = connection.execute(select(sealed_drivers)).all()
        assert b"nadia" not in row.sealed.lower()
        connection.execute(update(sealed_drivers).values(member_id=ANOTHER))
    assert opened(engine, keyring, ANOTHER) is None


def test_it_goes_when_no_fine_can_come_any_more(engine: Engine) -> None:
    keyring = Keyring(b"1" * 32)
    seal(engine, keyring)
    for late, kept in ((-timedelta(seconds=1), True), (timedelta(), False)):
        with writing(engine) as connection:
            forget_drivers(connection, UNTIL + late)
        assert (opened(engine, keyring) is not None) is kept

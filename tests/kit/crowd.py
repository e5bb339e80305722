"""A village that has grown: hundreds of vehicles, thousands of members, years of someone's trips, made in bulk.

Rows are copied, not lived: what a page or a command asks of the database is to be the same beside them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, insert, select

from booking.read_models import bookings
from booking.terms.read_models import drivers
from booking.trip import trip_id
from governance.member import member_id_of
from governance.read_models import members
from kernel.tables import derived
from ledger.entries.causes.fuel import fuel_id
from ledger.entries.causes.trip import charge_id
from people.person import people
from tests.kit.village import COOP, Village, person_id_of

Row = dict[str, Any]

LATER = 1_000  # a copy's place in the log or the rulebook: after all that really happened, each its own


def crowd(village: Village, *, vehicles: int = 0, members: int = 0, trips: int = 0) -> None:
    """Let a village grow by so many vehicles, members, and trips of Nadia's."""
    with village.site.writing() as connection:
        _copy_vehicles(connection, village.vehicle("Biporteur"), vehicles)
        _copy_members(connection, person_id_of("Paul"), members)
        if trips:
            _copy_trips(connection, village.member("Nadia"), trips)


def _copy_vehicles(connection: Connection, vehicle_id: UUID, count: int) -> None:
    copies = [{vehicle_id: uuid4()} for _ in range(count)]
    for table in derived.sorted_tables:
        rows = copied(connection, table, copies)
        insert_all(connection, table, (_named(row, f"Vélo {number}") for number, row in rows))


def _copy_members(connection: Connection, person_id: UUID, count: int) -> None:
    persons = [uuid4() for _ in range(count)]
    member_id = member_id_of(COOP, person_id)
    copies = [{person_id: person, member_id: member_id_of(COOP, person)} for person in persons]
    for table in (people, members, drivers):
        rows = copied(connection, table, copies)
        insert_all(connection, table, (_addressed(_named(row, f"Voisine {number:04}"), number) for number, row in rows))


def _copy_trips(connection: Connection, driver_id: UUID, count: int) -> None:
    mine = (bookings.c.driver_id == driver_id, bookings.c.status == "over")
    booking_id = connection.execute(select(bookings.c.booking_id).where(*mine)).scalars().first()
    assert booking_id
    copies = [dict(zip(_of_trip(booking_id), _of_trip(uuid4()), strict=True)) for _ in range(count)]
    for table in derived.sorted_tables:
        rows = copied(connection, table, copies)
        insert_all(connection, table, (_earlier(row, number) for number, row in rows))


def _of_trip(booking_id: UUID) -> tuple[UUID, ...]:
    """Return the ids of all that follows from a booking that was driven."""
    trip = trip_id(booking_id)
    return booking_id, trip, charge_id(trip), fuel_id(trip)


def copied(connection: Connection, table: Table, copies: Sequence[dict[UUID, UUID]]) -> Iterator[tuple[int, Row]]:
    """Give, for each copy and with its number, the rows of a table that name one of its ids, with new ones.

    All copies rename the same ids.
    """
    old = copies[0].keys() if copies else set[UUID]()
    rows = [dict(row) for row in connection.execute(select(table)).mappings()]
    naming = [row for row in rows if not old.isdisjoint(value for value in row.values() if isinstance(value, UUID))]
    for number, ids in enumerate(copies, start=1):
        for row in naming:
            yield number, {name: _renamed(value, ids, number, name) for name, value in row.items()}


def _renamed(value: Any, ids: dict[UUID, UUID], number: int, name: str) -> Any:
    if isinstance(value, UUID):
        return ids.get(value, value)
    if isinstance(value, dict | list):
        text = json.dumps(value)
        for old, new in ids.items():
            text = text.replace(str(old), str(new))
        return json.loads(text)
    return value + LATER * number if name in ("position", "version") else value


def _named(row: Row, name: str) -> Row:
    return row | {"name": name} if "name" in row else row


def _addressed(row: Row, number: int) -> Row:
    return row | {"email": f"voisine{number}@example.org"} if "email" in row else row


def _earlier(row: Row, days: int) -> Row:
    """Return a row whose hours are some days before."""
    return {name: value - timedelta(days=days) if isinstance(value, datetime) else value for name, value in row.items()}


def insert_all(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Add rows, if there are any."""
    if made := list(rows):
        connection.execute(insert(table), made)

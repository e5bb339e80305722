"""Who people are, outside the log: what must be correctable and erasable stands here, never in an event."""

from collections.abc import Collection
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta
from sqlalchemy import (
    Column,
    Connection,
    Index,
    LargeBinary,
    Numeric,
    String,
    Table,
    Uuid,
    delete,
    insert,
    select,
    update,
)

from kernel.tables import precious
from kernel.text import END, IS_NAME, MAIL_ADDRESS, NAME

PHONE = rf"^(\+?[0-9][0-9 .()/-]{{3,28}})?{END}"
Email = Annotated[str, Meta(max_length=254, pattern=MAIL_ADDRESS, extra_json_schema={"format": "email"})]
Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=NAME, extra_json_schema=IS_NAME)]
Phone = Annotated[str, Meta(max_length=30, pattern=PHONE, extra_json_schema={"format": "tel"})]
"""As people write it; empty when there is none."""

people = Table(
    "people",
    precious,
    Column("person_id", Uuid, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("phone", String(30)),
    Column("language", String(2), nullable=False),
    Column("latitude", Numeric(8, 5)),
    Column("longitude", Numeric(8, 5)),
    Column("account", LargeBinary),
    Index("people_by_name", "name"),
)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One person's profile: the mail address is the sign-in, lower-case; the rest is hers to fill in.

    `account` is where she is paid, sealed: `people.bank_account` opens it.
    """

    person_id: UUID
    email: str
    name: str
    phone: str | None = None
    language: str = "fr"
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    account: bytes | None = None


def add_person(connection: Connection, person: Person) -> None:
    """Store a new person; the database refuses a second person with the same mail address."""
    connection.execute(insert(people), msgspec.structs.asdict(person) | {"email": normal_email(person.email)})


def change_person(connection: Connection, person_id: UUID, **values: object) -> None:
    """Store new `values` (columns of the profile) of a person."""
    connection.execute(update(people).where(people.c.person_id == person_id).values(**values))


def person(connection: Connection, person_id: UUID) -> Person | None:
    """Return a person, or `None` when unknown or erased."""
    return _one(connection, people.c.person_id == person_id)


def person_by_email(connection: Connection, email: str) -> Person | None:
    """Return the person with this mail address, whatever its case, or `None`."""
    return _one(connection, people.c.email == normal_email(email))


def addresses_of(connection: Connection, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the mail addresses of people by their ids; of those erased there is none."""
    if not person_ids:
        return {}
    asked = select(people.c.person_id, people.c.email).where(people.c.person_id.in_(person_ids))
    return {row.person_id: row.email for row in connection.execute(asked)}


def erase_person(connection: Connection, person_id: UUID) -> None:
    """Delete a profile for good."""
    connection.execute(delete(people).where(people.c.person_id == person_id))


def normal_email(email: str) -> str:
    """Return a mail address as it is compared: trimmed, lower-case."""
    return email.strip().lower()


def _one(connection: Connection, condition: Any) -> Person | None:
    row = connection.execute(select(people).where(condition)).mappings().one_or_none()
    return Person(**row) if row else None

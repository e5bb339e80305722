"""Who drove, of somebody erased: sealed, for a fine alone, until no fine for her trips can come any more.

The holder of a vehicle answers within a year for who drove it (code de la route, L121-3 and L121-6; a petty offence is
time-barred after one, code de procédure pénale, 9), and the notice takes its time: fifteen months after each trip.
"""

from calendar import monthrange
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Column, Connection, Index, LargeBinary, Table, Uuid, delete, insert, select

from kernel.privacy import Keyring
from kernel.tables import Instant, precious
from people.person import Person

PURPOSE = "drivers kept for a fine"
MONTHS = 15

sealed_drivers = Table(
    "sealed_drivers",
    precious,
    Column("coop_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("until", Instant, nullable=False),
    Index("sealed_drivers_by_time", "until"),
)


class KeptDriver(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a driver: her name, her mail address and her phone; no other address of hers is known."""

    name: str
    email: str
    phone: str | None


def kept_until(ended_at: datetime) -> datetime:
    """Return until when who made a trip is kept: the same day and hour, 15 months after the keys were given back."""
    years, month = divmod(ended_at.month - 1 + MONTHS, 12)
    year, month = ended_at.year + years, month + 1
    day = min(ended_at.day, monthrange(year, month)[1])  # of a shorter month the last
    return ended_at.replace(year=year, month=month, day=day)


def seal_driver(
    connection: Connection, keyring: Keyring, coop_id: UUID, member_id: UUID, herself: Person, until: datetime
) -> None:
    """Keep who a member is, sealed, until her last trip is too old for a fine."""
    plain = msgspec.json.encode(KeptDriver(name=herself.name, email=herself.email, phone=herself.phone))
    sealed = keyring.seal_as(PURPOSE, member_id, plain)
    row = {"coop_id": coop_id, "member_id": member_id, "sealed": sealed, "until": until}
    connection.execute(insert(sealed_drivers), row)


def sealed_driver(connection: Connection, keyring: Keyring, coop_id: UUID, member_id: UUID) -> KeptDriver | None:
    """Return who a member was who is erased; `None` when that is not kept, or no more."""
    hers = (sealed_drivers.c.coop_id == coop_id, sealed_drivers.c.member_id == member_id)
    sealed = connection.execute(select(sealed_drivers.c.sealed).where(*hers)).scalar()
    plain = keyring.open_as(PURPOSE, member_id, sealed) if sealed else None
    return msgspec.json.decode(plain, type=KeptDriver) if plain else None


def forget_drivers(connection: Connection, at: datetime) -> None:
    """Delete what is kept of drivers for whose trips no fine can come any more."""
    connection.execute(delete(sealed_drivers).where(sealed_drivers.c.until <= at))

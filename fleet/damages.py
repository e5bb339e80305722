"""What is asked about damages: those of a vehicle that are known, not yet repaired, in the order they were seen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, RowMapping, Select, exists, select

from fleet.catalogue import Part
from fleet.read_models import damages
from kernel.privacy import Keyring, Sealed
from kernel.slice import Slice, oldest_first
from people.photos import photos


class DamageRow(msgspec.Struct, frozen=True, kw_only=True):
    """A damage, mended or not. `sentence` and `photo_id` are `None` once the member who saw it has been erased."""

    damage_id: UUID
    part: Part
    sentence: str | None
    photo_id: UUID | None
    trip_id: UUID | None
    reported_at: datetime
    mended_at: datetime | None


def known_damages(connection: Connection, keyring: Keyring, coop_id: UUID, vehicle_id: UUID) -> tuple[DamageRow, ...]:
    """Return the damages not yet repaired, for whoever takes the vehicle over."""
    rows = connection.execute(_known(coop_id, vehicle_id).order_by(*_AS_SEEN)).mappings().all()
    return _opened(connection, keyring, rows)


def damages_slice(
    connection: Connection,
    keyring: Keyring,
    coop_id: UUID,
    vehicle_id: UUID,
    *,
    mended: bool = False,
    after: str | None = None,
    most: int,
) -> Slice[DamageRow]:
    """Return a slice of the damages not yet repaired, or of all ever seen; refuses a text that is not a cursor."""
    query = _seen(coop_id, vehicle_id) if mended else _known(coop_id, vehicle_id)
    found = oldest_first(connection, query, _AS_SEEN, after=after, most=most)
    return found.mapped_together(lambda rows: _opened(connection, keyring, rows))


def damaged_vehicle(connection: Connection, coop_id: UUID, damage_id: UUID) -> UUID | None:
    """Return the vehicle a damage was seen on, repaired or not; `None` when it is unknown here."""
    this = (damages.c.coop_id == coop_id, damages.c.damage_id == damage_id)
    return connection.execute(select(damages.c.vehicle_id).where(*this)).scalar()


_AS_SEEN = (damages.c.reported_at, damages.c.damage_id)
_ITS_PHOTO = (photos.c.coop_id == damages.c.coop_id, photos.c.photo_id == damages.c.photo_id)
_PHOTO_THERE = exists().where(*_ITS_PHOTO).label("photo_there")


def _seen(coop_id: UUID, vehicle_id: UUID) -> Select[Any]:
    of_vehicle = (damages.c.coop_id == coop_id, damages.c.vehicle_id == vehicle_id)
    return select(damages, _PHOTO_THERE).where(*of_vehicle)


def _known(coop_id: UUID, vehicle_id: UUID) -> Select[Any]:
    return _seen(coop_id, vehicle_id).where(damages.c.mended_at.is_(None))


def _opened(connection: Connection, keyring: Keyring, rows: Sequence[RowMapping]) -> tuple[DamageRow, ...]:
    """Return damages with what was written of them, all opened at once."""
    texts = keyring.open_all(connection, (_words(row) for row in rows))
    plain = [name for name in DamageRow.__struct_fields__ if name not in ("sentence", "photo_id")]
    return tuple(
        DamageRow(
            **{name: row[name] for name in plain},
            sentence=texts.get(_words(row)),
            photo_id=row["photo_id"] if row["photo_there"] else None,
        )
        for row in rows
    )


def _words(row: RowMapping) -> Sealed:
    return Sealed(row["coop_id"], row["words_by"], row["words"])

"""Photos: kept beside the log, small, without the place and device they were taken with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Connection, LargeBinary, Table, Uuid, select
from sqlalchemy.dialects import postgresql, sqlite

from kernel.refused import CommandReused, Refused
from kernel.tables import Instant, precious

photos = Table(
    "photos",
    precious,
    Column("coop_id", Uuid, primary_key=True),
    Column("photo_id", Uuid, primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
    Column("kept_at", Instant, nullable=False),
)


class NoSuchPhoto(Refused):
    """One of the photos is not there. Send it again."""


def keep_photo(connection: Connection, coop_id: UUID, photo_id: UUID, jpeg: bytes, at: datetime) -> None:
    """Keep a photo that `pictures.plain_jpeg` made.

    The same photo sent again changes nothing; another one under a known id is refused with `CommandReused`.
    """
    row = {"coop_id": coop_id, "photo_id": photo_id, "jpeg": jpeg, "kept_at": at}
    adding = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(photos)
    connection.execute(adding.on_conflict_do_nothing(), row)  # it may be sent twice at the same instant
    if photo(connection, coop_id, photo_id) != jpeg:
        raise CommandReused


def photo(connection: Connection, coop_id: UUID, photo_id: UUID) -> bytes | None:
    """Return a photo of a co-op as JPEG bytes, or `None`."""
    mine = (photos.c.coop_id == coop_id) & (photos.c.photo_id == photo_id)
    return connection.execute(select(photos.c.jpeg).where(mine)).scalar()


def check_photos(connection: Connection, coop_id: UUID, *photo_ids: UUID | None) -> None:
    """Refuse with `NoSuchPhoto` unless each photo named (`None`: none) is kept in this co-op."""
    for photo_id in photo_ids:
        if photo_id and photo(connection, coop_id, photo_id) is None:
            raise NoSuchPhoto

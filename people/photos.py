"""Photos: kept beside the log, small, without the place and device they were taken with, and erasable."""

import io
from datetime import datetime
from uuid import UUID

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import Column, Connection, LargeBinary, Table, Uuid, insert, select

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

WIDEST = 1600  # pixels: enough to read a receipt or see a scratch
MOST_PIXELS = 60_000_000


class NotAPhoto(Refused):
    """This file is not a photo we can read: send a JPEG, PNG or WebP picture."""


def keep_photo(connection: Connection, coop_id: UUID, photo_id: UUID, jpeg: bytes, at: datetime) -> None:
    """Keep a photo that `plain_jpeg` made.

    The same photo sent again changes nothing; another one under a known id is refused with `CommandReused`.
    """
    known = photo(connection, coop_id, photo_id)
    if known is None:
        row = {"coop_id": coop_id, "photo_id": photo_id, "jpeg": jpeg, "kept_at": at}
        connection.execute(insert(photos), row)
    elif known != jpeg:
        raise CommandReused


def photo(connection: Connection, coop_id: UUID, photo_id: UUID) -> bytes | None:
    """Return a photo of a co-op as JPEG bytes, or `None`."""
    mine = (photos.c.coop_id == coop_id) & (photos.c.photo_id == photo_id)
    return connection.execute(select(photos.c.jpeg).where(mine)).scalar()


def plain_jpeg(content: bytes) -> bytes:
    """Return a picture as a JPEG of at most 1600 pixels without its metadata; `NotAPhoto` for anything else.

    It takes a while: do it before opening a transaction, which would hold everyone else up.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPhoto
            opened.thumbnail((WIDEST, WIDEST))  # first, so that a JPEG is read at a fraction of its size
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPhoto from error
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=80, optimize=True)
    return kept.getvalue()

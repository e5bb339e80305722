"""Photos: kept beside the log, small, without the place and device they were taken with."""

import io
import struct
from datetime import datetime
from uuid import UUID

from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError
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

WIDEST = 1600  # pixels: enough to read a receipt or see a scratch
MOST_PIXELS = 25_000_000  # held in memory at once: a hundred megabytes
Image.MAX_IMAGE_PIXELS = None  # ours refuses; the library's own would first only warn

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # by EXIF 3.0's orientation, which is 1 for a picture that stands

# What reading EXIF that any software may have written has been seen to raise, and its kin.
_BROKEN_EXIF = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)

_FRAME, _SCAN = (0xC0, 0xC1), 0xDA  # ITU-T T.81, table B.1: the markers of a sequential frame, and of a scan


class NotAPhoto(Refused):
    """This file is not a photo we can read: send a JPEG, PNG or WebP picture."""


class NoSuchPhoto(Refused):
    """One of the photos is not there. Send it again."""


def keep_photo(connection: Connection, coop_id: UUID, photo_id: UUID, jpeg: bytes, at: datetime) -> None:
    """Keep a photo that `plain_jpeg` made.

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


def plain_jpeg(content: bytes) -> bytes:
    """Return a picture as a JPEG of at most 1600 pixels without its metadata; `NotAPhoto` for anything else.

    At most 25 million pixels are read: a larger JPEG at a half, a quarter or an eighth of its width, what cannot be
    read so is refused. It takes a while: to be done before a transaction is opened, which would hold everyone else.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if _too_large(opened) and _in_one_pass(content):
                shrunk = WIDEST / max(opened.size)
                opened.draft(None, (int(opened.width * shrunk) + 1, int(opened.height * shrunk) + 1))
            if _too_large(opened):
                raise NotAPhoto
            opened.thumbnail((WIDEST, WIDEST))
            upright = _upright(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPhoto from error
    upright.info.clear()  # a comment would be kept with it
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=80, optimize=True)
    return kept.getvalue()


def _too_large(opened: ImageFile.ImageFile) -> bool:
    return opened.width * opened.height > MOST_PIXELS


def _in_one_pass(content: bytes) -> bool:
    """Tell whether this is a JPEG whose first scan holds all of it, line by line, as cameras write it.

    Only then does a fraction of it take a fraction of the memory: of any other, all is held before a line is read.
    """
    components, at = b"", 2
    while content[at : at + 1] == b"\xff":
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        segment = content[at + 4 : at + 2 + length]
        if marker == _SCAN:
            return bool(components) and segment[:1] == components
        if marker in _FRAME:
            components = segment[5:6]
        at += 2 + length
    return False


def _upright(opened: Image.Image) -> Image.Image:
    """Return a picture as it was held, or as it lies when its EXIF makes no sense."""
    try:
        turn = _TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN_EXIF:
        return opened
    return opened if turn is None else opened.transpose(turn)

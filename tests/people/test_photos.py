"""Photos: small, upright, without what a phone writes into them, kept once, each in its own co-op."""

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import Engine

from kernel.database import writing
from kernel.refused import CommandReused
from people.photos import WIDEST, NotAPhoto, keep_photo, photo, plain_jpeg

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
HERE, THERE, PHOTO = UUID(int=1), UUID(int=2), UUID(int=3)
ORIENTATION, TURNED, GPS = 0x0112, 6, 0x8825


def taken(width: int, height: int, kind: str = "JPEG") -> bytes:
    """Return a photo as a phone held upright takes it: lying on its side, with a place."""
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(GPS)[1] = "N"
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, kind, exif=exif)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_becomes_small_upright_and_nameless(kind: str) -> None:
    with Image.open(io.BytesIO(plain_jpeg(taken(4000, 3000, kind)))) as kept:
        assert kept.format == "JPEG"
        assert kept.size == (WIDEST * 3 // 4, WIDEST)
        assert not kept.getexif()


def test_a_small_photo_keeps_its_size() -> None:
    with Image.open(io.BytesIO(plain_jpeg(taken(30, 20)))) as kept:
        assert kept.size == (20, 30)


@pytest.mark.parametrize("content", [b"", b"no photo", taken(300, 200)[:400], taken(8000, 8000, "PNG")])
def test_what_is_no_photo_or_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        plain_jpeg(content)


def test_a_photo_is_kept_once_and_in_its_own_co_op(engine: Engine) -> None:
    jpeg, other = plain_jpeg(taken(30, 20)), plain_jpeg(taken(40, 20))
    with writing(engine) as connection:
        keep_photo(connection, HERE, PHOTO, jpeg, NOW)
        keep_photo(connection, HERE, PHOTO, jpeg, NOW)
        with pytest.raises(CommandReused):
            keep_photo(connection, HERE, PHOTO, other, NOW)
        assert photo(connection, HERE, PHOTO) == jpeg
        assert photo(connection, THERE, PHOTO) is None

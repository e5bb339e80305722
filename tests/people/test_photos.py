"""Photos: small, upright, without what a phone writes into them, kept once, each in its own co-op."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import Engine

from kernel.database import writing
from kernel.refused import CommandReused
from people.photos import WIDEST, NotAPhoto, keep_photo, photo, plain_jpeg
from tests.kit.races import at_once

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
HERE, THERE, PHOTO = UUID(int=1), UUID(int=2), UUID(int=3)
ORIENTATION, TURNED, GPS = 0x0112, 6, 0x8825
LAST_ROW, LAST_COLUMN = (3, 4, 6, 7), (2, 3, 7, 8)  # by EXIF's orientation, where the upper left of what was seen lies


def taken(width: int, height: int, kind: str = "JPEG", exif: bytes | None = None, **how: Any) -> bytes:
    """Return a photo as a phone held upright takes it: lying on its side, with a place."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, kind, exif=held_upright() if exif is None else exif, **how)
    return content.getvalue()


def held_upright() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(GPS)[1] = "N"
    return exif.tobytes()


def cornered(orientation: int, exif: bytes) -> bytes:
    """Return a picture that lies so that its bright corner is at the upper left once it stands as EXIF says."""
    lying = Image.new("L", (96, 64) if orientation < 5 else (64, 96))
    x = lying.width - 32 if orientation in LAST_COLUMN else 0
    y = lying.height - 32 if orientation in LAST_ROW else 0
    lying.paste(255, (x, y, x + 32, y + 32))
    content = io.BytesIO()
    lying.save(content, "JPEG", exif=exif)
    return content.getvalue()


def grey(width: int, height: int, kind: str = "JPEG", **how: Any) -> bytes:
    """Return a picture of one channel, which is soon made however large."""
    content = io.BytesIO()
    Image.new("L", (width, height), 200).save(content, kind, **how)
    return content.getvalue()


def size(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg)) as kept:
        return kept.size


def in_three_scans(jpeg: bytes) -> bytes:
    """Return a small JPEG's head rewritten so that its first scan holds one of its three components only."""
    at = jpeg.index(b"\xff\xda\x00\x0c\x03")
    return jpeg[:at] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + jpeg[at + 14 :]


def claiming_size(jpeg: bytes, width: int, height: int) -> bytes:
    """Return a JPEG whose frame says another size."""
    at = jpeg.index(b"\xff\xc0\x00\x11\x08") + 5
    return jpeg[:at] + height.to_bytes(2) + width.to_bytes(2) + jpeg[at + 4 :]


KINDS = ("JPEG", "PNG", "WEBP")


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_photo_becomes_small_upright_and_nameless(kind: str) -> None:
    with Image.open(io.BytesIO(plain_jpeg(taken(4000, 3000, kind)))) as kept:
        assert kept.format == "JPEG"
        assert kept.size == (WIDEST * 3 // 4, WIDEST)
        assert not kept.getexif()


def test_a_small_photo_keeps_its_size() -> None:
    assert size(plain_jpeg(taken(30, 20))) == (20, 30)


def test_a_comment_is_not_kept() -> None:
    assert b"Claire" not in plain_jpeg(taken(30, 20, comment="Claire, at home"))


@pytest.mark.parametrize(("width", "height"), [(8160, 6144), (12_000, 9_000)])  # as phones of 50 and 108 megapixels
def test_a_phone_s_largest_photos_are_read_at_a_fraction(width: int, height: int) -> None:
    assert size(plain_jpeg(grey(width, height))) == (WIDEST, round(WIDEST * height / width))


def test_of_other_pictures_25_megapixels_are_read_and_no_more() -> None:
    assert size(plain_jpeg(grey(5000, 5000, "PNG"))) == (WIDEST, WIDEST)
    with pytest.raises(NotAPhoto):
        plain_jpeg(grey(5000, 5001, "PNG"))


@pytest.mark.parametrize(
    "content", [grey(5000, 5001, progressive=True), claiming_size(in_three_scans(taken(30, 20)), 5000, 5001)]
)
def test_a_large_jpeg_of_several_passes_is_refused_before_it_is_read(content: bytes) -> None:
    with pytest.raises(NotAPhoto) as refused:
        plain_jpeg(content)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("content", [b"", b"no photo", b"\xff\xd8\xff", taken(300, 200)[:400]])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        plain_jpeg(content)


def broken() -> Iterator[bytes]:
    """Give a phone's EXIF cut short anywhere, and with any of its bytes another."""
    whole = held_upright()
    for at in range(len(b"Exif\0\0"), len(whole)):
        yield whole[:at]
        yield from (whole[:at] + bytes([byte]) + whole[at + 1 :] for byte in (0, 2, 7, 0xFF))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_whose_exif_is_broken_is_kept_as_it_lies(kind: str) -> None:
    sizes = {size(plain_jpeg(taken(30, 20, kind, exif))) for exif in broken()}
    assert sizes == {(30, 20), (20, 30)}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("said", [b"\0\3\0\0\0\1\0\0", b"\0\3\0\0\0\1\0\x09", b"\0\2\0\0\0\3up"])
def test_an_odd_orientation_is_none(said: bytes) -> None:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12" + said.ljust(10, b"\0") + bytes(4)  # type, count, value
    assert size(plain_jpeg(taken(30, 20, exif=exif))) == (30, 20)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_it_was_held(orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    with Image.open(io.BytesIO(plain_jpeg(cornered(orientation, exif.tobytes())))) as kept:
        assert kept.size == (96, 64)
        assert kept.convert("L").tobytes()[0] > 200


def test_a_photo_is_kept_once_and_in_its_own_co_op(engine: Engine) -> None:
    jpeg, other = plain_jpeg(taken(30, 20)), plain_jpeg(taken(40, 20))
    with writing(engine) as connection:
        keep_photo(connection, HERE, PHOTO, jpeg, NOW)
        keep_photo(connection, HERE, PHOTO, jpeg, NOW)
        with pytest.raises(CommandReused):
            keep_photo(connection, HERE, PHOTO, other, NOW)
        assert photo(connection, HERE, PHOTO) == jpeg
        assert photo(connection, THERE, PHOTO) is None


def test_a_photo_sent_twice_at_once_is_kept_once(engine: Engine) -> None:
    jpeg = plain_jpeg(taken(30, 20))

    def keep() -> None:
        with writing(engine) as connection:
            keep_photo(connection, HERE, PHOTO, jpeg, NOW)

    assert at_once(keep, keep, keep) == [None] * 3

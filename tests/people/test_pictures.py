"""Pictures: made small and upright, with nothing in them but pixels; what harms or is none is refused."""

import io
import math
import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from people import pictures
from people.pictures import (
    MOST_PIXELS,
    MOST_PIXELS_COPIED,
    MOST_SCANS,
    WIDEST,
    CutShort,
    MovingPicture,
    NotAPhoto,
    TooManyPixels,
)
from tests.kit.pictures import write
from tests.kit.scale import FUZZED_PHOTOS

ORIENTATION, TURNED, GPS = 0x0112, 6, 0x8825
LAST_ROW, LAST_COLUMN = (3, 4, 6, 7), (2, 3, 7, 8)  # by EXIF's orientation, where the upper left of what was seen lies


def taken(width: int, height: int, kind: str = "JPEG", exif: bytes | None = None, **how: Any) -> bytes:
    """Return a photo as a phone held upright takes it: lying on its side, with a place."""
    content = io.BytesIO()
    write(
        Image.new("RGB", (width, height), "teal"), content, kind, exif=held_upright() if exif is None else exif, **how
    )
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
    write(Image.new("L", (width, height), 200), content, kind, **how)
    return content.getvalue()


def plain_jpeg(content: bytes) -> bytes:
    return pictures.plain_jpeg(io.BytesIO(content))


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


KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_photo_becomes_small_upright_and_nameless(kind: str) -> None:
    with Image.open(io.BytesIO(plain_jpeg(taken(2800, 2100, kind)))) as kept:
        assert kept.format == "JPEG"
        assert kept.size == (WIDEST * 3 // 4, WIDEST)
        assert not kept.getexif()


def test_a_small_photo_keeps_its_size() -> None:
    assert size(plain_jpeg(taken(30, 20))) == (20, 30)


def told(kind: str) -> bytes:
    """Return a picture with all that may be written into one beside its pixels."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("comment", "Claire")
    texts.add_itxt("XML:com.adobe.xmp", "<x>Claire</x>")
    how: dict[str, Any] = {"comment": "Claire", "pnginfo": texts, "xmp": b"<x>Claire</x>"}
    return taken(30, 20, kind, icc_profile=b"Claire" + bytes(122), **how)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_kept_but_pixels(kind: str) -> None:
    assert b"Claire" in told(kind)
    kept = plain_jpeg(told(kind))
    assert b"Claire" not in kept
    assert markers(kept) == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # JFIF's own header, tables, a frame and its scan


def markers(jpeg: bytes) -> set[int]:
    """Return which segments stand before a JPEG's pixels."""
    found, at = set[int](), 2
    while 0xDA not in found:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


@pytest.mark.parametrize(("width", "height"), [(8160, 6144), (12_000, 9_000)])  # as phones of 50 and 108 megapixels
def test_a_phone_s_largest_photos_are_read_at_a_fraction(width: int, height: int) -> None:
    assert size(plain_jpeg(grey(width, height))) == (WIDEST, round(WIDEST * height / width))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF", "AVIF"])
def test_of_other_pictures_only_so_many_pixels_are_read(kind: str) -> None:
    side = math.isqrt(MOST_PIXELS["PNG"] if kind == "PNG" else MOST_PIXELS_COPIED)
    assert size(plain_jpeg(grey(side, side, kind))) == (WIDEST, WIDEST)
    with pytest.raises(TooManyPixels):
        plain_jpeg(grey(side, side + 1 + side // 1_000, kind))


def test_a_phone_s_largest_heic_is_read() -> None:
    assert size(plain_jpeg(taken(4032, 3024, "HEIF"))) == (WIDEST * 3 // 4, WIDEST)


@pytest.mark.parametrize(
    "content", [grey(4000, 4001, progressive=True), claiming_size(in_three_scans(taken(30, 20)), 4000, 4001)]
)
def test_a_large_jpeg_of_several_passes_is_refused_before_it_is_read(content: bytes) -> None:
    with pytest.raises(TooManyPixels):
        plain_jpeg(content)


def test_a_jpeg_that_goes_over_its_pixels_again_and_again_is_refused() -> None:
    """Each pass costs a few bytes and all of the picture's time: twelve megabytes hold a hundred thousand."""
    jpeg = taken(300, 200, progressive=True)
    last = jpeg.rindex(b"\xff\xda")
    again = jpeg[:last] + jpeg[last:-2] * MOST_SCANS + jpeg[-2:]
    assert size(plain_jpeg(jpeg)) == (200, 300)
    with pytest.raises(NotAPhoto):
        plain_jpeg(again)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_a_picture_that_moves_is_no_photo(kind: str) -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("teal", "red", "white")]
    content = io.BytesIO()
    frames[0].save(content, kind, save_all=True, append_images=frames[1:])
    with pytest.raises(MovingPicture):
        plain_jpeg(content.getvalue())


def test_a_phone_s_photo_that_holds_a_second_one_is_one() -> None:
    content, second = io.BytesIO(), Image.new("RGB", (30, 20), "red")
    Image.new("RGB", (60, 40), "teal").save(content, "MPO", save_all=True, append_images=[second])
    assert size(plain_jpeg(content.getvalue())) == (60, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_picture_may_be_of_any_colours(mode: str) -> None:
    assert size(plain_jpeg(drawn(mode))) == (30, 20)


def test_a_picture_of_more_than_one_can_see_is_no_photo() -> None:
    with pytest.raises(NotAPhoto):
        plain_jpeg(drawn("I;16"))


def drawn(mode: str) -> bytes:
    content = io.BytesIO()
    Image.new(mode, (30, 20)).save(content, "PNG")
    return content.getvalue()


def test_a_picture_packed_with_texts_is_refused_before_they_fill_the_memory() -> None:
    texts = PngImagePlugin.PngInfo()
    for number in range(3):
        texts.add_text(f"text {number}", "x" * 900_000, zip=True)
    content = io.BytesIO()
    Image.new("RGB", (30, 20)).save(content, "PNG", pnginfo=texts)
    with pytest.raises(NotAPhoto):
        plain_jpeg(content.getvalue())


@pytest.mark.parametrize("content", [b"", b"no photo", b"GIF89a", b"%PDF-1.4", b"\0\0\0\x18ftypmp42"])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto) as refused:
        plain_jpeg(content)
    assert type(refused.value) is NotAPhoto


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_photo_of_which_a_part_arrived_is_told_apart_from_what_is_none(kind: str, part: float) -> None:
    whole = taken(300, 200, kind)
    with pytest.raises(CutShort):
        plain_jpeg(whole[: int(len(whole) * part)])


def broken() -> Iterator[bytes]:
    """Give a phone's EXIF cut short anywhere, and with any of its bytes another."""
    whole = held_upright()
    for at in range(len(b"Exif\0\0"), len(whole)):
        yield whole[:at]
        yield from (whole[:at] + bytes([byte]) + whole[at + 1 :] for byte in (0, 2, 7, 0xFF))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", KINDS[:-1])  # AVIF's own writer writes none that is
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


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_became_of_a_picture_it_is_read_or_refused(kind: str) -> None:
    chance, whole = random.Random(kind), taken(300, 200, kind)
    for _ in range(FUZZED_PHOTOS):
        content = mutated(whole, chance)
        with suppress(NotAPhoto):
            assert max(size(plain_jpeg(content))) <= WIDEST


def mutated(whole: bytes, chance: random.Random) -> bytes:
    """Return a picture with some bytes changed, cut out, doubled or cut off, most of them near its beginning."""
    content = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = min(int(chance.expovariate(4 / len(whole))), len(content) - 1)
        match chance.choice(("change", "flip", "cut out", "double", "cut off")):
            case "change":
                content[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
            case "flip":
                content[at] ^= 1 << chance.randrange(8)
            case "cut out":
                del content[at : at + chance.randint(1, 16)]
            case "double":
                content[at:at] = content[at : at + chance.randint(1, 64)]
            case "cut off" if chance.random() < 0.1:
                del content[at:]
        content = content or bytearray(b"\0")
    return bytes(content)

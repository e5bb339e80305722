"""Pictures that people send: read by one decoder, made small, and stripped of all but their pixels.

What may take long or much memory to read is refused before it is: any of it may be made to harm.
"""

import ctypes
import io
import struct
import zlib
from contextlib import suppress
from typing import IO, NamedTuple

import pi_heif
from PIL import AvifImagePlugin, ExifTags, Image, ImageFile, PngImagePlugin

from kernel.refused import Refused

LARGEST_PHOTO = 12_000_000  # bytes: a phone's photo fits, a film does not

LARGEST_PDF = 3_000_000  # bytes: a letter of some pages, scanned
PDF_BEGINS, _ENDS, _LAST = b"%PDF-", b"%%EOF", 1_024  # ISO 32000-2, 7.5.2 and 7.5.5; readers look for the end that far

WIDEST = 1600  # pixels: enough to read a receipt or see a scratch
MOST_PIXELS = {"JPEG": 12_500_000, "MPO": 12_500_000, "PNG": 12_500_000, "HEIF": 12_500_000}
MOST_PIXELS_COPIED = 6_000_000
"""Held in memory at once, by the library's word for the kind: each then takes up to 120 megabytes.

Of WebP and AVIF, and of HEIC written otherwise than phones do, the decoder holds each picture several times.
"""

KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")

MOST_SCANS = 100  # of a JPEG, which goes over all of its pixels at each: cameras and programs write ten at most
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK")  # as pictures are made for people to look at
Image.MAX_IMAGE_PIXELS = None  # ours refuses; the library's own would first only warn
PngImagePlugin.MAX_TEXT_MEMORY = PngImagePlugin.MAX_TEXT_CHUNK  # bytes, however many texts are packed into a picture
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)

_MAPPED_FROM, _LARGE_BYTES = -3, 262_144  # glibc's M_MMAP_THRESHOLD
with suppress(AttributeError):  # another C library
    # Given back once a picture is read. By itself glibc takes the size of what was last freed for usual, and keeps it.
    ctypes.CDLL(None).mallopt(_MAPPED_FROM, _LARGE_BYTES)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # by EXIF 3.0's orientation, which is 1 for a picture that stands

UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the library has been seen to raise at a picture, or at EXIF, that any software may have written, and its kin."""

_MARKER, _FRAME, _SCAN = 0xFF, (0xC0, 0xC1), 0xDA  # ITU-T T.81, table B.1: of a sequential frame, and of a scan
_PART = 65_536  # bytes read at once
_MAY_MOVE = ("PNG", "WEBP", "AVIF")
_AS_PHONES_DO = ("RGB", 8, 420)  # colours, bits of each, chroma subsampling
_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_BRANDS = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"))


class Scans(NamedTuple):
    """How many scans a JPEG is written in, and whether the first of them holds all of it."""

    number: int
    first_holds_all: bool


class NotAPhoto(Refused):
    """This file is not a photo we can read: send a JPEG, PNG, WebP, HEIC or AVIF picture."""


class TooHeavy(NotAPhoto):
    """This file is heavier than 12 megabytes: send a smaller one, or a photo as your phone takes it."""


class TooManyPixels(NotAPhoto):
    """This picture has more pixels than we can read at once: send a smaller one, or a photo as your phone takes it."""


class CutShort(NotAPhoto):
    """This file arrived cut short, or is damaged: choose it again, and send it again."""


class MovingPicture(NotAPhoto):
    """This picture moves: send one that stands still."""


class NotAPaper(NotAPhoto):
    """This file is neither a photo nor a PDF: send a picture of the paper, or the PDF you were sent."""


class TooLargePdf(NotAPaper):
    """This PDF is larger than 3 megabytes: send a photo of the paper, or a smaller PDF."""


def plain_paper(sent: IO[bytes]) -> bytes:
    """Return a paper or a receipt as it is kept: a picture as `plain_jpeg` makes it, a PDF as it was sent.

    Refuses `NotAPaper` and `CutShort`. A PDF is neither read nor shown here: it is handed out as a file to keep.
    """
    sent.seek(0)
    if sent.read(len(PDF_BEGINS)) != PDF_BEGINS:
        try:
            sent.seek(0)
            return plain_jpeg(sent)
        except NotAPhoto as error:
            raise (NotAPaper if type(error) is NotAPhoto else error) from error
    sent.seek(0)
    content = sent.read(LARGEST_PDF + 1)
    if len(content) > LARGEST_PDF:
        raise TooLargePdf
    if _ENDS not in content[-_LAST:]:
        raise CutShort
    return content


def is_pdf(content: bytes) -> bool:
    """Tell whether what is kept of a paper is a PDF."""
    return content.startswith(PDF_BEGINS)


def plain_jpeg(sent: IO[bytes]) -> bytes:
    """Return a picture as a JPEG of at most 1600 pixels, and nothing but its pixels; refuses `NotAPhoto`.

    A JPEG that can be is read at a half, a quarter or an eighth of its width; of what cannot, little is too large. It
    takes a second and up to 120 megabytes: one at a time, and before a transaction is opened, which would hold others.
    """
    try:
        scans = _scans(sent)
        sent.seek(0)
        with Image.open(sent, formats=KINDS) as opened:
            _check(opened, scans)
            opened.thumbnail((WIDEST, WIDEST))
            upright = _upright(opened).convert("RGB")
    except UNREADABLE as error:
        raise (CutShort if _begins_as_picture(sent) else NotAPhoto) from error
    upright.info.clear()  # a comment or a colour profile would be kept with it
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=80, optimize=True)
    return kept.getvalue()


def _check(opened: ImageFile.ImageFile, scans: Scans) -> None:
    """Refuse, before a pixel is read, what is no picture of people's, moves, or is too large."""
    if opened.mode not in MODES or scans.number > MOST_SCANS:
        raise NotAPhoto
    if opened.format in _MAY_MOVE and getattr(opened, "is_animated", False):  # a phone's JPEG or HEIC may hold two
        raise MovingPicture
    if not scans.first_holds_all and _too_large(opened):
        raise TooManyPixels
    shrunk = WIDEST / max(opened.size)
    opened.draft(None, (int(opened.width * shrunk) + 1, int(opened.height * shrunk) + 1))
    if _too_large(opened):
        raise TooManyPixels


def _too_large(opened: ImageFile.ImageFile) -> bool:
    written = (opened.mode, opened.info.get("bit_depth"), opened.info.get("chroma"))
    copied = opened.format == "HEIF" and written != _AS_PHONES_DO
    most = MOST_PIXELS_COPIED if copied else MOST_PIXELS.get(opened.format or "", MOST_PIXELS_COPIED)
    return opened.width * opened.height > most


def _begins_as_picture(sent: IO[bytes]) -> bool:
    """Tell whether a file that cannot be read was to be a picture of a kind that is read here."""
    sent.seek(0)
    head = sent.read(12)
    return head.startswith(_HEADS) or (head[:4] == b"RIFF" and head[8:] == b"WEBP") or head[4:] in _BRANDS


def _scans(sent: IO[bytes]) -> Scans:
    """Count the scans of a JPEG, and tell whether the first holds all of it, line by line, as cameras write it.

    Only then does a fraction of it take a fraction of the memory: of any other, all is held before a line is read.
    """
    sent.seek(2)
    components, holds_all = b"", False
    while len(head := sent.read(4)) == len(b"\xff\xda\x00\x0c") and head[0] == _MARKER:
        segment = sent.read(max(int.from_bytes(head[2:]) - 2, 0))
        if head[1] == _SCAN:
            holds_all = bool(components) and segment[:1] == components
            break
        if head[1] in _FRAME:
            components = segment[5:6]
    sent.seek(0)
    number = sum(part.count(bytes((_MARKER, _SCAN))) for part in iter(lambda: sent.read(_PART), b""))
    return Scans(number, holds_all)


def _upright(opened: Image.Image) -> Image.Image:
    """Return a picture as it was held, or as it lies when its EXIF makes no sense."""
    try:
        turn = _TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except UNREADABLE:
        return opened
    return opened if turn is None else opened.transpose(turn)

"""Pictures as a phone makes them, and a file that is none."""

import io
from typing import Any

import pillow_heif
from PIL import Image

NO_PICTURE = b"Dear neighbour, this is a letter."
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
"""As little as is one."""


def write(picture: Image.Image, into: io.BytesIO, kind: str, **how: Any) -> None:
    """Write a picture as a kind of file; HEIC as its own library does, which is not the one it is read with."""
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(into, format="HEIF", **how)
    else:
        picture.save(into, kind, **how)


def picture(kind: str, colour: str = "teal") -> bytes:
    """Return a small real picture of a kind: `HEIF`, `AVIF`."""
    made = io.BytesIO()
    write(Image.new("RGB", (64, 48), colour), made, kind)
    return made.getvalue()


def jpeg(colour: str = "teal") -> bytes:
    """Return a small real photo."""
    made = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    return made.getvalue()

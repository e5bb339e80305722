"""Pictures as a phone makes them, and a file that is none."""

import io

from PIL import Image

NO_PICTURE = b"Dear neighbour, this is a letter."


def jpeg(colour: str = "teal") -> bytes:
    """Return a small real photo."""
    made = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    return made.getvalue()

"""Pictures as a phone makes them, and a file that is none."""

import io

from PIL import Image

NO_PICTURE = b"Dear neighbour, this is a letter."
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
"""As little as is one."""


def jpeg(colour: str = "teal") -> bytes:
    """Return a small real photo."""
    made = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    return made.getvalue()

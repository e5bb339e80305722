"""A petrol station's receipt and an insurer's letter, drawn: what a member's phone would have photographed."""

import io
from collections.abc import Iterable
from datetime import date

from PIL import Image, ImageDraw

from kernel.money import EURO, Money

_PAPER, _INK = (250, 249, 245), (40, 40, 40)


def draw_receipt(day: date, cents: int) -> bytes:
    """Return a receipt of that day for an amount in cents, as a PNG."""
    return _drawn(
        ("STATION DU DIOIS", "26150 DIE", "", f"{day:%d/%m/%Y}", "SP95-E10", "", f"TOTAL {Money(cents, EURO)}")
    )


def draw_letter(day: date, plate: str) -> bytes:
    """Return an insurer's letter of that day, by which it agrees to a vehicle being shared, as a PNG."""
    return _drawn(
        ("ASSURANCE DU DIOIS", f"{day:%d/%m/%Y}", "", plate, "Nous acceptons", "que ce véhicule", "soit partagé.")
    )


def _drawn(lines: Iterable[str]) -> bytes:
    picture = Image.new("RGB", (480, 640), _PAPER)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((60, 60 + 64 * number), line, fill=_INK, font_size=36)
    png = io.BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()

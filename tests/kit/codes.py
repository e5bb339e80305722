"""Reading QR codes as the camera of a phone does: those, and nothing that happens to look like another kind of code."""

import re

import zxingcpp
from PIL import Image, ImageDraw

QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
SCALE = 8  # pixels a module


def read_code(picture: Image.Image) -> str:
    """Return the text of the one QR code in a picture."""
    found = zxingcpp.read_barcodes(picture, formats=QR_CODES)
    assert len(found) == 1, "a camera would not read one code here"
    return bytes(found[0].bytes).decode()


def read_drawn_code(svg: str) -> str:
    """Return the text of a QR code drawn as one path of horizontal runs."""
    [side] = map(int, re.findall(r'viewBox="0 0 (\d+) ', svg))
    picture = Image.new("L", (side * SCALE, side * SCALE), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", svg):
        left, top = int(x) * SCALE, int(y) * SCALE
        pen.rectangle((left, top, left + int(length) * SCALE - 1, top + SCALE - 1), fill=0)
    return read_code(picture)

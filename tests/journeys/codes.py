"""Reading QR codes off a screen, as the camera of a phone does."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator


def read_code(shown: Locator) -> str:
    """Return the text of the QR code that a part of a page shows."""
    picture = Image.open(io.BytesIO(shown.screenshot()))
    found = zxingcpp.read_barcodes(picture)
    assert found, "no camera would read this code"
    return str(found[0].text)

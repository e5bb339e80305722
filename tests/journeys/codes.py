"""Reading QR codes off a screen, as the camera of a phone does."""

import io

from PIL import Image
from playwright.sync_api import Locator

from tests.kit.codes import read_code


def read_shown_code(shown: Locator) -> str:
    """Return the text of the QR code that a part of a page shows."""
    return read_code(Image.open(io.BytesIO(shown.screenshot())))

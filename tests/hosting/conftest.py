"""The village of the page tests, for letters that leave by a mail server."""

from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

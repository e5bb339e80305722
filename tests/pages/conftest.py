"""The same village as in the places."""

from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

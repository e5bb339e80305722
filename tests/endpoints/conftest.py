"""The JSON door stands in the same village as the pages."""

from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

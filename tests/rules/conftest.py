"""The village of the page tests: a whole installation in which what follows has followed when an act returns."""

from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

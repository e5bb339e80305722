"""The village of the page tests, for servers of their own."""

from tests.places.conftest import village_rows

__all__ = ["village_rows"]

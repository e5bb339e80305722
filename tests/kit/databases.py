"""Databases of tests: made as an installation makes its own."""

import pytest

from kernel.privacy import Keyring
from tests.kit.scale import EVERYWHERE
from upgrades.ready import upgrade

SECRET = bytes(range(32))

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
once = on_both if EVERYWHERE else on_sqlite
"""What asks nothing of a database that other tests do not: on SQLite, and on both in a siege."""


def prepared(database_url: str) -> str:
    """Make a database ready to be served, and return its address."""
    upgrade(database_url, Keyring(SECRET))
    return database_url

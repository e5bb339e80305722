"""Databases of tests: made as an installation makes its own."""

import pytest
from sqlalchemy import make_url

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


def read_only(database_url: str) -> str:
    """Return the address of the same database where nothing can be written."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///file:{make_url(database_url).database}?mode=ro&uri=true"
    return f"{database_url}{'&' if '?' in database_url else '?'}options=-c%20default_transaction_read_only%3Don"

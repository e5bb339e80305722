"""Databases of tests: made as an installation makes its own."""

from kernel.privacy import Keyring
from upgrades.ready import upgrade

SECRET = bytes(range(32))


def prepared(database_url: str) -> str:
    """Make a database ready to be served, and return its address."""
    upgrade(database_url, Keyring(SECRET))
    return database_url

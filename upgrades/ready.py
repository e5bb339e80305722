"""Whether a database can be served by this version under this secret, and making it so.

Each sentence names what to do.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, exc, text

from kernel.database import open_database, writing
from kernel.log.recorder import hold_log
from kernel.log.turn import turns
from kernel.privacy import Keyring
from people.limits import spent
from people.photos import photos
from people.sealed_drivers import sealed_drivers
from people.sign_in import sessions
from sending.outbox import outbox
from upgrades.refilling import PATIENCE, bring_up_to_date
from upgrades.schema import State, state_of, upgrade_tables

OF_NO_PROJECTION = (
    photos,
    sealed_drivers,
    sessions,
    spent,
    outbox,
    turns,
)  # named, so that whoever upgrades knows them and theirs
ONE_AT_A_TIME = 76011  # PostgreSQL's lock of those who upgrade

NOT_READY: dict[State, str] = {
    "empty": "There is nothing in this database yet. Run `voisiture upgrade`, then serve again.",
    "older": "This database was made by an earlier version. Run `voisiture upgrade`, then serve again.",
    "newer": "This database was upgraded by a later version of Voisiture. Install that one, or restore a backup.",
}
WRONG_SECRET = "VOISITURE_SECRET is not the one this database was sealed with. Put back the one it was made with."  # noqa: S105
READ_ONLY = "This database cannot be written to ({why}). Give the server the right to write there, then serve again."
UNREACHABLE = "The database does not answer ({why}). Start it, or mend VOISITURE_DATABASE_URL."
HELD = "This database is held by another process, which may be making it anew. Wait until it is done, then serve again."
_SAYS_HELD = "database is locked"
_SAYS_READ_ONLY = ("readonly database", "read-only transaction", "Read-only file system", "Permission denied")


class NotReadyError(Exception):
    """The database cannot be served, or upgraded; the sentence names what to do."""


def check_ready(engine: Engine, keyring: Keyring) -> None:
    """Refuse with `NotReadyError` to serve a database of another version, under another secret, or read-only."""

    def look(connection: Connection) -> None:
        check_readable(connection, keyring)
        hold_log(connection)  # a write like any other, which changes nothing

    _said(engine, look)


def check_readable(connection: Connection, keyring: Keyring) -> None:
    """Refuse with `NotReadyError` to read a database of another version, or sealed with another secret."""
    if sentence := NOT_READY.get(state_of(connection)):
        raise NotReadyError(sentence)
    if not keyring.fits(connection):
        raise NotReadyError(WRONG_SECRET)


def upgrade(url: str, keyring: Keyring, progress: Callable[[int], object] = lambda _: None) -> int:
    """Make a database what this version needs, empty or of any earlier one; return how many events were replayed.

    It may be asked again, and by several processes at once: what is done is done. Refuses with `NotReadyError` a
    database of a later version, another secret, or a disk that cannot be written to.
    """

    def work(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        if state_of(connection) == "newer":
            raise NotReadyError(NOT_READY["newer"])
        upgrade_tables(connection, keyring)
        if not keyring.fits(connection):
            raise NotReadyError(WRONG_SECRET)
        keyring.keep_check(connection)

    engine = open_database(url, waits_seconds=PATIENCE)
    try:
        _said(engine, work)
    finally:
        engine.dispose()
    return bring_up_to_date(url, progress)


def _said(engine: Engine, work: Callable[[Connection], Any]) -> None:
    """Do something in a transaction that writes; what the database itself refuses is told in a sentence."""
    with telling_why(), writing(engine) as connection:
        work(connection)


@contextmanager
def telling_why() -> Iterator[None]:
    """Tell in the sentence of a `NotReadyError` why the database itself refuses what is asked of it meanwhile."""
    try:
        yield
    except (
        exc.DBAPIError,
        sqlite3.OperationalError,
    ) as error:  # SQLite's transactions begin on the driver's own cursor
        why = str(getattr(error, "orig", error)).splitlines()[0]
        refused = any(said in why for said in _SAYS_READ_ONLY)
        sentence = READ_ONLY if refused else HELD if _SAYS_HELD in why else UNREACHABLE
        raise NotReadyError(sentence.format(why=why)) from error

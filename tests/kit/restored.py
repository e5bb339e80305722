"""Databases as an earlier version left them, kept as SQL in `dumps/` beside the life that was lived in them."""

import gzip
import sqlite3
from pathlib import Path

import psycopg
from sqlalchemy import make_url

DUMPS = Path(__file__).parent / "dumps"


def restore(version: str, database_url: str) -> None:
    """Put back into an empty database, without any table, what a version left on that kind of database."""
    url = make_url(database_url)
    kind = url.get_backend_name()
    dumped = gzip.decompress((DUMPS / f"{version}.{kind}.sql.gz").read_bytes()).decode()
    if kind == "sqlite":
        with sqlite3.connect(url.database or "") as connection:
            connection.executescript(dumped)
        connection.close()
    else:
        plain = url.set(drivername=kind).render_as_string(hide_password=False)
        with psycopg.connect(plain) as connected:
            connected.execute(dumped)
